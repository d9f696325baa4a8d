// An instrument as a config completes it: what a recording does not say of it, and its venue has a rule about.

import type { InstrumentConfig } from "../../config/backtest-config.ts";
import type { UnitReader } from "../../config/unit-reader.ts";
import type { InstrumentSpec } from "../../domain/instrument.ts";

/** The recording's own spec, with the config's least size. Problems go to `units`. */
export function instrumentSpecOf(
  recorded: InstrumentSpec,
  configs: readonly InstrumentConfig[],
  index: number,
  units: UnitReader,
): InstrumentSpec {
  const minSize = configs[index]?.minSize;
  if (minSize === undefined) return recorded;
  const lots = units.lots(`instruments.${index}.minSize`, minSize, recorded);
  return lots === 0 ? recorded : { ...recorded, minSize };
}
