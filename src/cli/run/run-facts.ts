// What a run is, for its journal's header: code, config, recordings. Where they lie and what their files are called is not
// among it, so the same run has the same digest anywhere.

import type { BacktestConfig } from "../../config/backtest-config.ts";
import type { OutsideKit } from "../../config/strategy-settings.ts";
import { sha256OfText } from "../node-hasher.ts";
import { codeVersion } from "../package-root.ts";

/** The files behind one instrument, by their hashes. */
type UsedRecordings = Readonly<{
  recording: Readonly<{ sha256: string }>;
  funding: Readonly<{ table: Readonly<{ sha256: string }> }> | undefined;
}>;

/** What a run's digest depends on besides its events. Paths and names of files are not among it. */
export function runFacts(
  config: BacktestConfig,
  outside: OutsideKit | undefined,
  instruments: readonly UsedRecordings[],
): Readonly<Record<string, string>> {
  const { $schema: _schema, instruments: places, ...asTold } = config;
  // Of the user's own strategy its content counts, not where it lies.
  const rest =
    outside === undefined ? asTold : { ...asTold, strategy: withoutModule(config.strategy) };
  const told = places.map(({ dataset: _dataset, tape: _tape, funding: _funding, ...each }) => each);
  const recordings = instruments.map(({ recording }) => recording.sha256);
  const tables = instruments.map(({ funding }) => funding?.table.sha256 ?? "none");
  return {
    code: codeVersion(),
    configHash: sha256OfText(JSON.stringify({ ...rest, instruments: told })),
    recordings: recordings.join(" "),
    // Absent where there is none: the digests of such runs stay what they were.
    ...(tables.every((each) => each === "none") ? {} : { funding: tables.join(" ") }),
    ...(outside === undefined ? {} : { strategyModule: outside.sha256 }),
  };
}

function withoutModule({ module: _module, ...settings }: BacktestConfig["strategy"]): object {
  return settings;
}
