import { expect, test } from "vitest";
import type { OrderInput } from "../../../src/execution/order-transitions.ts";
import { isTerminal, nextState } from "../../../src/execution/order-transitions.ts";
import type { OrderState } from "../../../src/ports/view.ts";

/** The whole table, written out a second time: state, then what each input makes of it ("." leaves it). */
const INPUTS: readonly OrderInput[] = [
  "accepted",
  "refused",
  "copy-refused",
  "fill",
  "filled",
  "closed",
  "closed-filled",
  "unknown",
  "cancel-sent",
  "cancel-refused",
  "cancel-missed",
  "amend-sent",
  "amend-accepted",
  "amend-refused",
];

const TABLE: Readonly<Record<OrderState, string>> = {
  sent: "live refused unknown live filled cancelled filled unknown . . . . . .",
  live: ". . . . filled cancelled filled unknown cancelling . . amending . .",
  cancelling: ". . . . filled cancelled filled unknown . live unknown . . .",
  amending: ". . . . . cancelled filled unknown . . unknown . live live",
  unknown: "live refused . live filled cancelled filled . cancelling live . . live live",
  filled: ". . . . . . . . . . . . . .",
  cancelled: ". . . . . . . . . . . . . .",
  refused: ". . . . . . . . . . . . . .",
};

const rows = Object.entries(TABLE).flatMap(([state, cells]) =>
  cells.split(" ").map((cell, index) => [state, INPUTS[index], cell === "." ? state : cell]),
) as readonly (readonly [OrderState, OrderInput, OrderState])[];

test.each(rows)("%s, %s → %s", (state, input, expected) => {
  expect(nextState(state, input)).toBe(expected);
});

test("nothing leaves a terminal state, and every other can end", () => {
  for (const state of Object.keys(TABLE) as OrderState[]) {
    const next = INPUTS.map((input) => nextState(state, input));
    if (isTerminal(state)) expect(new Set(next)).toEqual(new Set([state]));
    else expect(next.some(isTerminal)).toBe(true);
  }
});
