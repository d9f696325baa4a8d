// Logs of the Hyperliquid MACD bot: its text log, its watchdog's, and its JSON log. Errors stand in two files, which is why
// a line an earlier file had is not counted again. "orderId: None" is a rejection the bot took for a success.

import { fieldsOf, textIn } from "./json-text.ts";
import type { LogZone } from "./log-time.ts";
import { isoTimeUs } from "./log-time.ts";
import type { LineReading, LogFormat, LogReader, MessageForm } from "./reader.ts";
import { MessageReader, NUM, sided, textOf } from "./reader.ts";
import type { Told } from "./timeline.ts";
import { statusOf } from "./timeline.ts";

const LEVEL = "(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)";
const LINE = new RegExp(
  `^(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(?:,\\d{3})?) - (?:\\S+ - ${LEVEL} - \\S+:\\d+|WATCHDOG - ${LEVEL}) - (.*)$`,
);
const LEG = "hyperliquid";
const form = (pattern: string): RegExp => new RegExp(`^${pattern}$`);
const alert = ([text = ""]: readonly string[]): Told[] => [{ what: "alert", text: textOf(text) }];
const phase = ([text = ""]: readonly string[]): Told[] => [{ what: "phase", text: textOf(text) }];

/** Forms that need nothing of the lines before them. */
const TELLING: readonly MessageForm[] = [
  [
    form(`Position quantity changed significantly: ${NUM} → ${NUM} \\(.*`),
    ([text = "", before, after]) => [
      { what: "belief", leg: LEG, position: before },
      { what: "position", leg: LEG, position: after },
      { what: "alert", text: textOf(text) },
    ],
  ],
  [/^Position initialized from exchange\..*$/, alert],
  [/^Circuit breaker opened after .*$/, alert],
  [/^Entering (?:degraded|critical|emergency) mode: .*$/, alert],
  [/^EMERGENCY SHUTDOWN: .*$/, alert],
  [/^[-=]+$/],
  [/^Position preserved.*$/, phase],
];

function formsOf(): readonly MessageForm[] {
  /** Of the last signal: the lines after it say how much and at what price. */
  let side = "";
  let price: string | undefined;
  const intended = ([, size]: readonly string[]): Told[] => [
    {
      ...{ what: "intended", leg: LEG, ...sided(side), size },
      ...(price === undefined ? {} : { price }),
    },
  ];
  const placed = ([text = "", order = ""]: readonly string[]): Told[] =>
    order === "None"
      ? [{ what: "assumed-filled", leg: LEG, status: "REJECTED", text: textOf(text) }]
      : [{ what: "placed", leg: LEG, order, ...sided(side) }];
  return [
    [
      /^(LONG|SHORT) ENTRY SIGNAL.*$/,
      ([text = "", word = ""]) => {
        side = word;
        price = undefined;
        return [{ what: "phase", text }];
      },
    ],
    [
      form(`Entry Price: \\$${NUM}`),
      ([, at]) => {
        price = at;
        return [];
      },
    ],
    [/^(?:Stop Loss|Take Profit|Risk): .*$/],
    [form(`Quantity:\\s+${NUM}.*`), intended],
    [
      /^Tracking order: (\S+) \((\w+)\)$/,
      ([, order = "", word = ""]) => [
        { what: "status", leg: LEG, order, ...sided(side), status: statusOf(word) },
      ],
    ],
    [/^Order placed successfully \(orderId: (\S+)\)$/, placed],
    [/^Position close order placed successfully \(orderId: (\S+)\)$/, placed],
    [
      /^Order placement failed \(attempt .*$/,
      ([text = ""]) => [{ what: "refused", leg: LEG, text: textOf(text) }],
    ],
    [/^Retrying order in .*$/],
    [
      form(`Partial fill detected: ${NUM}/${NUM} for order (\\S+)`),
      ([, filled, size, order]) => [
        {
          what: "status",
          leg: LEG,
          order,
          ...sided(side),
          status: "PARTIALLY_FILLED",
          filled,
          size,
        },
      ],
    ],
    [
      /^Order (\S+) status: \S+ → (\S+)$/,
      ([, order, word = ""]) => [
        { what: "status", leg: LEG, order, ...sided(side), status: statusOf(word) },
      ],
    ],
    [
      /^CLOSING (LONG|SHORT) POSITION.*$/,
      ([text = "", word]) => {
        side = word === "LONG" ? "SHORT" : "LONG";
        return [{ what: "phase", text }];
      },
    ],
    [/^(?:Reason|P&L): .*$/],
    ...TELLING,
  ];
}

/** A JSON line is the text line it was made beside. */
class MacdReader implements LogReader {
  readonly #text: MessageReader;

  constructor(zone: LogZone) {
    this.#text = new MessageReader(zone, LINE, formsOf);
  }

  line(text: string): LineReading {
    const fields = fieldsOf(text);
    if (fields === undefined) return this.#text.line(text);
    const at = isoTimeUs(textIn(fields, "timestamp") ?? "");
    if (at === undefined) return { kind: "unknown" };
    const type = textIn(fields, "event_type") ?? textIn(fields, "type");
    if (type !== undefined) {
      return { kind: "record", at, told: [{ what: "phase", leg: LEG, text: textOf(type) }] };
    }
    const told = this.#text.message(textIn(fields, "message") ?? "");
    return told === undefined ? { kind: "unknown", at } : { kind: "record", at, told };
  }
}

export const macd: LogFormat = {
  name: "macd",
  told: "text or JSON log of the Hyperliquid MACD bot",
  zone: "UTC",
  reader: (zone) => new MacdReader(zone),
};
