// The moment belief left truth: which parting a reader is shown first, and in words.

import { stepsToDecimal } from "../../domain/decimal.ts";
import type { Film, FilmMessage, Parting } from "../player/film.ts";
import { timeText } from "../time-text.ts";

/** The parting to show first: the one that was on when the first promise broke, else the first. */
export function firstParting({ partings, violations, steps }: Film): Parting | undefined {
  const at = violations[0]?.at;
  if (at === undefined) return partings[0];
  const on = partings.find(({ from, until }) => {
    const ends = until === undefined ? Number.POSITIVE_INFINITY : (steps[until]?.at ?? 0);
    return (steps[from]?.at ?? 0) <= at && at <= ends;
  });
  return on ?? partings[0];
}

/** "extended: the bot believes 0.00, the venue holds 1.33, and nothing on its way makes the difference; …" */
export function partingText(film: Film, parting: Parting): string {
  const { lotSize, symbol, venueName } = film.instruments[parting.instrument] ?? {
    ...{ lotSize: "1", symbol: "?", venueName: "?" },
  };
  const name = venueName === symbol ? symbol : `${venueName} ${symbol}`;
  const [believed, held] = [parting.believed, parting.true].map((lots) =>
    stepsToDecimal(lots, lotSize),
  );
  const says = film.isStated === true ? "says it holds" : "believes";
  const head =
    `${name}: the bot ${says} ${believed}, the venue holds ${held}` +
    (film.isStated === true ? "" : ", and nothing on its way makes the difference");
  const message = parting.message === undefined ? undefined : film.messages[parting.message];
  if (message === undefined) return head;
  const size = stepsToDecimal(message.size ?? 0, lotSize);
  const fate =
    message.gotAt === undefined
      ? "was never heard"
      : message.isCopy
        ? `was heard twice, the second time at ${timeText(message.gotAt)}`
        : `was heard at ${timeText(message.gotAt)}${isMissing(parting, message) ? " and is not counted" : ""}`;
  const faults = message.faults.length === 0 ? "" : ` (${message.faults.join(", ")})`;
  return `${head}; the last fill, ${size} of order ${message.order} at ${timeText(message.sentAt)}, ${fate}${faults}`;
}

/** Is this fill what belief lacks? */
function isMissing(parting: Parting, { side, size = 0 }: FilmMessage): boolean {
  return parting.believed + (side === "bid" ? size : -size) === parting.true;
}
