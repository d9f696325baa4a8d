// The life of an order as a table: its state and what was learned give the next state.
// What the table does not list leaves the state as it is; the terminal states list nothing, so nothing leaves them.

import type { OrderRefused } from "../domain/event.ts";
import type { OrderState } from "../ports/view.ts";

/**
 * What can happen to an order. `cancel-missed`: the venue refused a cancel or amend because it does not know the
 * order, so its end is on its way to us or lost. `copy-refused`: the venue has seen the order's id before, so that the
 * order has been there, and what became of it is not known. `filled`: every lot of it is filled.
 */
const INPUTS = [
  "accepted",
  "amend-accepted",
  "refused",
  "copy-refused",
  "cancel-refused",
  "amend-refused",
  "cancel-missed",
  "fill",
  "filled",
  "closed",
  "closed-filled",
  "unknown",
  "cancel-sent",
  "amend-sent",
] as const;

export type OrderInput = (typeof INPUTS)[number];

type Row = Readonly<Partial<Record<OrderInput, OrderState>>>;

/** The venue's last word ends an order from every state that is not terminal. */
const ENDS: Row = { closed: "cancelled", "closed-filled": "filled" };

const TRANSITIONS: Readonly<Record<OrderState, Row>> = {
  sent: {
    ...ENDS,
    accepted: "live",
    refused: "refused",
    "copy-refused": "unknown",
    fill: "live", // a fill that overtook the acceptance
    filled: "filled",
    unknown: "unknown",
  },
  live: {
    ...ENDS,
    filled: "filled",
    unknown: "unknown",
    "cancel-sent": "cancelling",
    "amend-sent": "amending",
  },
  cancelling: {
    ...ENDS,
    filled: "filled",
    "cancel-refused": "live",
    "cancel-missed": "unknown",
    unknown: "unknown",
  },
  // A fill of all its lots does not end an order whose amend may have made it larger.
  amending: {
    ...ENDS,
    "amend-accepted": "live",
    "amend-refused": "live",
    "cancel-missed": "unknown",
    unknown: "unknown",
  },
  unknown: {
    ...ENDS,
    accepted: "live",
    "amend-accepted": "live",
    refused: "refused",
    fill: "live",
    filled: "filled",
    "cancel-refused": "live",
    "amend-refused": "live",
    "cancel-sent": "cancelling",
  },
  filled: {},
  cancelled: {},
  refused: {},
};

type FullRow = Readonly<Record<OrderInput, OrderState>>;

/** The same with every cell filled in: rows of one shape, and no search for what is not there. */
const FILLED_IN = Object.fromEntries(
  Object.entries(TRANSITIONS).map(([state, row]) => [
    state,
    Object.fromEntries(INPUTS.map((input) => [input, row[input] ?? state])),
  ]),
) as Readonly<Record<OrderState, FullRow>>;

/** The state after `input`. */
export function nextState(state: OrderState, input: OrderInput): OrderState {
  return FILLED_IN[state][input];
}

/** Is the order over? */
export function isTerminal(state: OrderState): boolean {
  return state === "filled" || state === "cancelled" || state === "refused";
}

/** Is a request about the order waiting for its answer? */
export function isInFlight(state: OrderState): boolean {
  return state === "sent" || state === "cancelling" || state === "amending";
}

/** What a refusal means for the life of its order. */
export function refusalInput(event: OrderRefused): OrderInput {
  if (event.reason === "duplicate-order-id") return "copy-refused";
  if (event.request === "place") return "refused";
  if (event.reason === "unknown-order") return "cancel-missed";
  return event.request === "cancel" ? "cancel-refused" : "amend-refused";
}
