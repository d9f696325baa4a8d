// Which strategy each life of a trial's bot begins with: the same one, until a fault has it begin with other settings.

import type { Instrument } from "../../src/domain/instrument.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { Doom } from "./process-faults.ts";
import type { Trial } from "./trial.ts";

export type Minds = Readonly<{
  /** For the life that begins. */
  next: (instruments: readonly Instrument[]) => Strategy;
  died: (doom: Doom) => void;
}>;

export function mindsOf({ scenario, restarted }: Trial): Minds {
  let { strategy } = scenario;
  return {
    next: (instruments) => strategy(instruments),
    died: ({ settings }) => {
      if (settings !== undefined) strategy = restarted?.(settings) ?? strategy;
    },
  };
}
