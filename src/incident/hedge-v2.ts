// Console logs of the GRVT + Lighter hedge bot V2. It writes no fills: what a venue holds is known only from the positions
// it fetched (up to 5 s old), and a Lighter order counts for it as filled once it is sent.

import type { LogFormat, MessageForm } from "./reader.ts";
import { MessageReader, NUM, sided, textOf } from "./reader.ts";
import type { Told } from "./timeline.ts";

const LINE =
  /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}[,.]\d{3}) - hedge_bot_v2\S* - (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) - (.*)$/;
const MAKER = "grvt";
const TAKER = "lighter";
const form = (pattern: string): RegExp => new RegExp(`^${pattern}$`);

const alert = ([text = ""]: readonly string[]): Told[] => [{ what: "alert", text: textOf(text) }];
const phase = ([text = ""]: readonly string[]): Told[] => [{ what: "phase", text: textOf(text) }];

function bothLegs(what: "belief" | "position") {
  return ([, maker, taker]: readonly string[]): Told[] => [
    { what, leg: MAKER, position: maker },
    { what, leg: TAKER, position: taker },
  ];
}

const PAIR = `GRVT ?[=:] ?${NUM} \\| Lighter ?[=:] ?${NUM}`;
const FORMS: readonly MessageForm[] = [
  [/^Initializing Hedge Bot V2\.\.\.$/, phase],
  [/^GRVT Contract: .*$/],
  [/^CONFIGURATION$/],
  [
    /^(?:Ticker|Order Size|Max Position(?: Diff)?|Cycles|Build Iterations|Hold Time|Direction): .*$/,
  ],
  [/^CYCLE \d+\/\d+ STARTING$/, phase],
  [/^Random direction selected: \w+$/, phase],
  [/^(?:BUILD|HOLD|WINDDOWN) PHASE.*$/, phase],
  [/^Building position: .*$/],
  [form(`Current: ${PAIR}`), bothLegs("belief")],
  [form(`Positions fetched \\| ${PAIR} \\| Imbalance: ${NUM}`), bothLegs("position")],
  [
    form(`GRVT (\\w+) order placed: ${NUM} @ ${NUM}`),
    ([, word, size, price]) => [{ what: "placed", leg: MAKER, ...sided(word), size, price }],
  ],
  [
    form(
      `Lighter (\\w+) order sent: ${NUM} @ ~?${NUM}(?: \\| tx_hash: .*?)?(?: \\| order_id: (\\S+))?`,
    ),
    ([text = "", word, size, price, order]) => [
      {
        ...{ what: "placed", leg: TAKER, ...sided(word), size, price },
        ...(order === undefined ? {} : { order }),
      },
      { what: "assumed-filled", leg: TAKER, ...sided(word), size, text: textOf(text) },
    ],
  ],
  [
    /^GRVT order not filled, skipping hedge$/,
    ([text]) => [{ what: "timed-out", leg: MAKER, text }],
  ],
  [
    /^Order (\S+) fill timeout after .*$/,
    ([text, order]) => [{ what: "timed-out", leg: MAKER, order, text }],
  ],
  [/^Position imbalance detected: .*$/, alert],
  [
    form(`CRITICAL POSITION IMBALANCE: ${NUM} \\| ${PAIR}`),
    ([text = "", , maker, taker]) => [
      ...bothLegs("position")(["", maker ?? "", taker ?? ""]),
      { what: "alert", text: textOf(text) },
    ],
  ],
  [/^Safety check failed:.*$/, alert],
  [/^(?:ERROR|WARNING): .*$/, alert],
  [/^Waiting for position imbalance to recover\.\.\.$/, phase],
  [/^Holding\.\.\. .*$/],
  [/^Position closed after \d+ iterations$/, phase],
  [/^Using stale cached positions due to error$/, alert],
  [/^EMERGENCY STOP TRIGGERED$/, alert],
  [form(`Final positions: ${PAIR} \\| Imbalance=${NUM}`), bothLegs("position")],
  [/^Fatal error.*$/, alert],
  [/^[-=]+$/],
];

export const hedgeV2: LogFormat = {
  name: "hedge-v2",
  told: "console log of the GRVT + Lighter hedge bot V2",
  zone: "UTC",
  reader: (zone) => new MessageReader(zone, LINE, () => FORMS),
};
