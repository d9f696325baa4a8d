// Logs of the hedge manager: its history file, and its console with the colours of a terminal. The venue's rows name no
// order, so rows of a venue are those of the order last placed there. Another logger's lines stand in between.

import type { LogFormat, MessageForm } from "./reader.ts";
import { MessageReader, NUM, sided, textOf } from "./reader.ts";
import type { Told } from "./timeline.ts";
import { legOf, statusOf } from "./timeline.ts";

/** Its own lines, and the foreign logger's. */
const LINE =
  /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{3})?) (?:\| \w+\s*\| .*? *\||- \w+ -) (.*)$/;

const alert = ([text = ""]: readonly string[]): Told[] => [{ what: "alert", text: textOf(text) }];
const phase = ([text = ""]: readonly string[]): Told[] => [{ what: "phase", text: textOf(text) }];
const form = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

/** The order last placed at each venue, which its rows are about. */
class OrderNames {
  readonly #counts = new Map<string, number>();
  readonly #sides = new Map<string, string>();

  next(leg: string, side: string): string {
    this.#counts.set(leg, (this.#counts.get(leg) ?? 0) + 1);
    this.#sides.set(leg, side);
    return this.current(leg);
  }

  current(leg: string): string {
    return `${leg}-${this.#counts.get(leg) ?? 0}`;
  }

  side(leg: string): string {
    return this.#sides.get(leg) ?? "";
  }
}

function formsOf(names: OrderNames): readonly MessageForm[] {
  const row = ([, venue = "", word = "", size = "", price = ""]: readonly string[]): Told[] => {
    const leg = legOf(venue);
    const status = statusOf(word);
    const amount = status === "OPEN" ? { size } : { filled: size };
    const order = names.current(leg);
    return [{ what: "status", leg, order, ...sided(names.side(leg)), status, ...amount, price }];
  };
  const booked = ([, venue = "", size = "", price]: readonly string[]): Told[] => {
    const leg = legOf(venue);
    const paid = price === undefined ? {} : { price };
    return [{ what: "booked", leg, ...sided(names.side(leg)), size, ...paid }];
  };
  const placed = ([, venue = "", side = "", size = "", price = ""]: readonly string[]): Told[] => {
    const leg = legOf(venue);
    const order = names.next(leg, side);
    return [{ what: "placed", leg, order, ...sided(side), size, price }];
  };
  return [
    [/^Placing all orders simultaneously\.\.\.$/, phase],
    [/^\[\w+\] Executing (?:buy|sell) .*$/],
    [/^\[\w+\] BBO: .*$/],
    [form(`\\[(\\w+)\\] Placing limit (buy|sell) .*?: ${NUM} @ \\$${NUM}.*`), placed],
    [/^\[\w+\] Submitting order: .*$/],
    [form(`\\[WEBSOCKET\\] \\[(\\w+)\\] (\\w+) ${NUM} @ \\$?${NUM}.*`), row],
    [form(`\\[(\\w+)\\] Limit order filled: ${NUM} @ \\$?${NUM}.*`), booked],
    [/^\w+ \S+ fully filled \(.*$/, phase],
    [/^Hedging \S+ on \w+: .*$/, phase],
    [form(`\\[(\\w+)\\] Partial fill (?:detected|before cancellation).*?: \\+?${NUM}.*`), booked],
    [form(`\\[(\\w+)\\] Final reconciliation: Found ${NUM} additional fills.*`), booked],
    [/^\[\w+\] Partial fill before cancellation.*$/, phase],
    [
      /^\[(\w+)\] Post-only violation on attempt .*$/,
      ([text = "", venue = ""]) => [{ what: "refused", leg: legOf(venue), text: textOf(text) }],
    ],
    [/^\[\w+\] Order \S+ filled via websocket: .*$/],
    [
      /^\[(\w+)\] Order (\S+) timed out after .*$/,
      ([text = "", venue = "", order]) => [
        { what: "timed-out", leg: legOf(venue), order, text: textOf(text) },
      ],
    ],
    [/^AGGRESSIVE LIMIT HEDGE (?:PARTIAL|FAILED).*$/, alert],
    [/^EMERGENCY ROLLBACK .*$/, alert],
    [/^Step \d\/4.*$/, phase],
  ];
}

export const hedgeManager: LogFormat = {
  name: "hedge-manager",
  told: "history file or console of the hedge manager",
  zone: "UTC",
  reader: (zone) => new MessageReader(zone, LINE, () => formsOf(new OrderNames())),
};
