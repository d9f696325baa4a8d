// Logs of the Extended + Lighter hedge mode and its siblings (Backpack, GRVT, Apex, EdgeX, Nado, StandX), in the forms of
// both published versions, and the runbot's activity log. The maker's rows print an order's size while it is OPEN and what
// is filled in all after that; statuses other than OPEN, PARTIALLY_FILLED, FILLED and CANCELED were never written.

import type { LogFormat, MessageForm } from "./reader.ts";
import { MessageReader, NUM, sided, textOf } from "./reader.ts";
import type { Told } from "./timeline.ts";
import { legOf, statusOf } from "./timeline.ts";

const LINE =
  /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}[,.]\d{3}) - (?:\S+ - )?(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) - (.*)$/;
const TAKER = "lighter";
const form = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

function alert(found: readonly string[]): readonly Told[] {
  return [{ what: "alert", text: textOf(found[0] as string) }];
}

function phase(found: readonly string[]): readonly Told[] {
  return [{ what: "phase", text: textOf(found[0] as string) }];
}

function bothLegs(what: "belief" | "position") {
  return ([, one = "", first = "", other = "", second = ""]: readonly string[]): Told[] => [
    { what, leg: legOf(one), position: first },
    { what, leg: legOf(other), position: second },
  ];
}

function orderRow([
  ,
  order = "",
  step,
  leg = "",
  word = "",
  size = "",
  price = "",
]: readonly string[]) {
  const status = statusOf(word);
  const row: Told = {
    ...{ what: "status", leg: legOf(leg), order, side: step === "OPEN" ? "buy" : "sell", status },
    ...(status === "OPEN" ? { size } : { filled: size }),
    price,
  };
  return [row];
}

const FORMS: readonly MessageForm[] = [
  [form(`\\[([^\\]]+)\\] \\[(OPEN|CLOSE)\\] \\[(\\w+)\\] \\[(\\w+)\\]: ${NUM} @ ${NUM}`), orderRow],
  [
    // The runbot's: which side OPEN is, its config said.
    form(`\\[(\\w+?)_\\w+\\] \\[\\w+\\] \\[([^\\]]+)\\] (\\w+) ${NUM} @ ${NUM}`),
    ([, leg = "", order, word = "", size = "", price]) => {
      const status = statusOf(word);
      const amount = status === "OPEN" ? { size } : { filled: size };
      return [{ what: "status", leg: legOf(leg), order, status, ...amount, price }];
    },
  ],
  [
    form(`Lighter order filled: (\\w+) ${NUM} @ ${NUM}`),
    ([, word, size, price]) => [{ what: "fill", leg: TAKER, ...sided(word), size, price }],
  ],
  [
    form(`Trade logged to CSV: (\\w+) (\\w+) ${NUM} @ ${NUM}`),
    ([, leg = "", word, size, price]) => [
      { what: "booked", leg: legOf(leg), ...sided(word), size, price },
    ],
  ],
  [
    form(`\\[(?:OPEN|CLOSE|RETRY)\\] \\[(\\w+)\\] \\[(\\w+)\\] Placing .*?(?:quantity: ${NUM})?`),
    ([, leg = "", word, size]) => [
      {
        what: "intended",
        leg: legOf(leg),
        ...sided(word),
        ...(size === undefined ? {} : { size }),
      },
    ],
  ],
  [/^Order (\S+) was canceled, placing new order$/, ([, order]) => [{ what: "replacing", order }]],
  [
    /^Canceling order (\S+) due to timeout\/price mismatch$/,
    ([, order]) => [{ what: "cancel-asked", order }],
  ],
  [/^cancel_result: .*$/],
  [/^Waiting for \w+ order to be filled.*$/],
  [/^Order \S+ filled successfully$/],
  [
    form(`Ready to place Lighter order: (\\w+) ${NUM} @ ${NUM}(?: \\(net ${NUM}\\))?`),
    ([, word, size, price]) => [{ what: "intended", leg: TAKER, ...sided(word), size, price }],
  ],
  [/^Placing Lighter market order(?: \(attempt \d+\/\d+\))?: .*$/],
  [
    form(`Lighter limit order sent: (\\w+) ${NUM}(?: \\(tx: .*\\))?`),
    ([, word, size]) => [{ what: "placed", leg: TAKER, ...sided(word), size }],
  ],
  [/^Starting to monitor Lighter order - Order ID: .*$/],
  [/^Hedge (?:send|fill|total) latency.*$/],
  [
    /^Timeout waiting for Lighter order fill after .*$/,
    ([text]) => [{ what: "timed-out", leg: TAKER, text }],
  ],
  [/^Order state - Filled: .*$/],
  [
    /^Using fallback - marking order as filled to continue trading$/,
    ([text]) => [{ what: "assumed-filled", leg: TAKER, text }],
  ],
  [/^Attempting to modify order - .*$/],
  [form(`Lighter order modified successfully: (\\w+) ${NUM} @ ${NUM}`)],
  [
    form(`Reconciled positions \\(.*?\\) \\| (\\w+): ${NUM} \\| (\\w+): ${NUM}`),
    bothLegs("position"),
  ],
  [/^-+$/],
  [/^Trading loop iteration \d+$/, phase],
  [/^iteration_start \d+.*$/],
  [form(`\\[STEP \\d\\] (\\w+) position: ${NUM} \\| (\\w+) position: ${NUM}`), bothLegs("belief")],
  [/^Position imbalance detected \(.*$/, alert],
  [/^Position diff is too large: .*$/, alert],
  [/^Hedge failure detected .*$/, alert],
  [/^Lighter flatten order submitted.*$/, alert],
  [/^Exposure neutralised after hedge failure.*$/, alert],
  [/^Residual exposure remains after auto-flatten.*$/, alert],
  [/^Out-of-order update: .*$/, alert],
  [/^Order book integrity check failed.*$/, alert],
  [/^Lighter order book (?:snapshot loaded|stale).*$/],
  [/^No message from Lighter websocket for .*$/, alert],
  [
    form(`(\\w+) rejected size ${NUM} \\((.*)\\); reducing by 20% and retrying`),
    ([text = "", leg = "", size]) => [
      { what: "refused", leg: legOf(leg), size, text: textOf(text) },
    ],
  ],
  [
    form(
      `Received decreasing filled size for order (\\S+): ${NUM} < ${NUM}\\. Resetting tracker\\.`,
    ),
    ([, order, filled, size]) => [{ what: "decreasing", order, filled, size }],
  ],
  [/^Holding exposure for .*$/, phase],
  [/^Hold complete.*$/, phase],
  [/^Timeout waiting for trade completion$/, alert],
  [/^Step \d (?:residual )?order size(?: selected)?: .*$/],
  [/^(?:Random delay before|Skipping random delay before) .*$/],
  [/^Net exposure within tolerance; no Lighter order required$/],
  [/^Lighter quantity rounded below tolerance; residual deferred$/],
  [/^No remaining quantity after cancellation; skipping new order placement$/],
  [/^Stopping\.\.\.$/, phase],
];

export const hedgeExt: LogFormat = {
  name: "hedge-ext",
  told: "text log of the Extended + Lighter hedge mode and its siblings",
  zone: "UTC",
  reader: (zone) => new MessageReader(zone, LINE, () => FORMS),
};
