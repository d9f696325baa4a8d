// A line of a log as a message of a film, where it is one, else as a note.

import { Decimal } from "decimal.js";
import type { Instrument } from "../../domain/instrument.ts";
import type { TimelineEvent } from "../../incident/timeline.ts";
import type { FilmMessage, StepKind } from "../../report/player/film.ts";

export type LogMessage = Pick<
  FilmMessage,
  "kind" | "toBot" | "venue" | "instrument" | "side" | "price" | "size" | "filled" | "text"
>;

/** undefined: nobody was told anything. */
export function logMessage(event: TimelineEvent, instrument: Instrument): LogMessage | undefined {
  const kind = kindOf(event);
  if (kind === undefined) return undefined;
  const { tickSize, lotSize, id, venue } = instrument;
  const { side, price, size, filled, order, text, status } = event;
  const words = [kind === "closed" ? closeWord(status) : text, order && `#${order}`];
  return {
    kind,
    toBot: !["place", "cancel"].includes(kind),
    venue,
    instrument: id,
    side: side === undefined ? undefined : side === "buy" ? "bid" : "ask",
    price: stepsOf(price, tickSize),
    size: stepsOf(kind === "filled" ? (size ?? filled) : size, lotSize),
    filled: stepsOf(filled, lotSize),
    text: words.filter((each) => each !== undefined && each !== "").join(" "),
  };
}

function kindOf({ what, status, filled, position }: TimelineEvent): StepKind | undefined {
  switch (what) {
    case "placed":
      return "place";
    case "cancel-asked":
      return "cancel";
    case "fill":
      return "filled";
    case "refused":
      return "refused";
    case "timed-out":
      return "unknown";
    case "position":
      return position === undefined ? undefined : "report";
    case "status":
      if (status === "OPEN") return "accepted";
      if (status === "REJECTED") return "refused";
      if (status === "PARTIALLY_FILLED") return "filled";
      return filled === undefined && status === undefined ? undefined : "closed";
    default:
      return undefined;
  }
}

function closeWord(status: string | undefined): string {
  return status === "CANCELED" ? "cancelled" : (status ?? "over").toLowerCase();
}

/** What the bot says to itself, or to whoever reads its log. */
export function logNote(event: TimelineEvent): Readonly<{ kind: StepKind; text: string }> {
  const { what, side, size, price, position, order, text, source } = event;
  const words = [
    what === "belief" ? `says it holds ${position}` : what.replace("-", " "),
    ...[side, size, price === undefined ? undefined : `at ${price}`],
    ...[order === undefined ? undefined : `#${order}`, text, `(${source})`],
  ];
  return {
    kind: what === "alert" ? "alert" : "note",
    text: words.filter((each) => each !== undefined && each !== "").join(" "),
  };
}

function stepsOf(text: string | undefined, grid: string): number | undefined {
  return text === undefined ? undefined : new Decimal(text).dividedBy(grid).round().toNumber();
}
