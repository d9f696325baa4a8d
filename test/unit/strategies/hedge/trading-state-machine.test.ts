// Every phase against everything it can come to, as one table. Source: Hedge Bot V2, "State Machine Flow".

import { expect, test } from "vitest";
import {
  PHASE_INPUTS,
  PHASES,
  phaseAfter,
  TradingStateMachine,
} from "../../../../strategies/hedge/trading-state-machine.ts";

const LEGAL = [
  "IDLE begin BUILDING",
  "IDLE fail EMERGENCY",
  "BUILDING built HOLDING",
  "BUILDING fail EMERGENCY",
  "HOLDING hold-over WINDING_DOWN",
  "HOLDING fail EMERGENCY",
  "WINDING_DOWN flat IDLE",
  "WINDING_DOWN fail EMERGENCY",
  "EMERGENCY fail EMERGENCY",
];

test("leads from each phase by its own inputs and by no other (V01)", () => {
  const found = PHASES.flatMap((phase) =>
    PHASE_INPUTS.flatMap((input) => {
      const next = phaseAfter(phase, input);
      return next === undefined ? [] : [`${phase} ${input} ${next}`];
    }),
  );
  expect(found).toEqual(LEGAL);
});

test("breaks its promise when it is asked for a step the table does not have", () => {
  const machine = new TradingStateMachine();
  expect(() => machine.take("built", 1)).toThrow('"built" leads somewhere from IDLE');
  machine.take("fail", 2);
  for (const input of PHASE_INPUTS) {
    if (input !== "fail") expect(() => machine.take(input, 3)).toThrow();
  }
  expect(machine.phase).toBe("EMERGENCY");
});

test("remembers since when it is in a phase, through a restart", () => {
  const machine = new TradingStateMachine();
  machine.take("begin", 42);
  const other = new TradingStateMachine();
  other.restore(machine.save());
  expect([other.phase, other.since]).toEqual(["BUILDING", 42]);
});
