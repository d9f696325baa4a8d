// How a strategy's config names the instrument it trades, and what it needs to know of it to read its own sizes.

import type { InstrumentSpec } from "../domain/instrument.ts";
import { suggestion } from "./nearest-name.ts";
import type { UnitReader } from "./unit-reader.ts";

/** The run's instruments by the names the config gives them, in order. */
export type NamedInstrument = Readonly<{ name: string; spec: InstrumentSpec }>;

/** Index and spec of the named instrument, the first when no name is given; undefined when there is none. */
export function instrumentOfName(
  name: string | undefined,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
  path = "instrument",
): Readonly<{ index: number; spec: InstrumentSpec }> | undefined {
  const index = name === undefined ? 0 : instruments.findIndex((each) => each.name === name);
  const found = instruments[index];
  if (found !== undefined) return { index, spec: found.spec };
  const names = instruments.map((each) => each.name);
  const hint = suggestion(name ?? "", names);
  units.problem(path, `there is no instrument "${name}"${hint}`);
  return undefined;
}
