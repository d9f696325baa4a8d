// Times and messages of a film in words.

import type { FilmReader, Message } from "./film-reader.ts";

const SECOND_US = 1_000_000;

/** "2024-01-01T00:00:11.144000Z", always to the microsecond. */
export function isoText(us: number): string {
  const whole = Math.floor(us / SECOND_US);
  const digits = String(us - whole * SECOND_US).padStart(6, "0");
  return `${new Date(whole * 1_000).toISOString().slice(0, 19)}.${digits}Z`;
}

/** µs of what `isoText` writes, with fewer digits too; undefined when it is no time. */
export function usOfText(text: string): number | undefined {
  const [, head = "", digits = ""] = /^([\d-]{10}T[\d:]{8})(?:\.(\d{1,6}))?Z?$/.exec(text) ?? [];
  const ms = Date.parse(`${head}Z`);
  return Number.isNaN(ms) ? undefined : ms * 1_000 + Number(digits.padEnd(6, "0"));
}

/** "00:00:11.144", with µs where there are any. */
export function clockText(us: number): string {
  const text = isoText(us).slice(11, 26);
  return text.endsWith("000") ? text.slice(0, 12) : text;
}

/** "30 ms", "1.2 s" */
export function spanText(us: number): string {
  if (us < 1_000) return `${us} µs`;
  return us < SECOND_US
    ? `${Number((us / 1_000).toFixed(1))} ms`
    : `${Number((us / SECOND_US).toFixed(2))} s`;
}

/** A message in a line: "buy 5.00 at 190.11 POST_ONLY #1" */
export function messageText(message: Message): string {
  const { instrument, order, price, size, filled, text } = message;
  const priced = price === undefined ? undefined : instrument?.price(price);
  const sized = size === undefined ? undefined : instrument?.size(size);
  const number = order === undefined ? "" : ` #${order}`;
  const side = message.side === undefined ? "" : message.side === 0 ? "buy " : "sell ";
  switch (message.kind) {
    case "place":
      return `${side}${sized} ${priced === undefined ? "at market" : `at ${priced}`} ${text}${number}`;
    case "amend":
      return `amend to ${sized} at ${priced}${number}`;
    case "cancel":
      return `cancel ${text}${number}`.replace("  ", " ");
    case "ask":
      return `ask: ${text}`;
    case "accepted":
      return `accepted ${sized} at ${priced} ${text}${number}`.replace("  ", " ");
    case "filled": {
      const all = filled === undefined ? "" : `, ${instrument?.size(filled)} in all`;
      return `FILLED ${side}${sized} at ${priced}${all}${number}`;
    }
    case "closed": {
      const all = filled === undefined ? "" : `, ${instrument?.size(filled)} filled`;
      return `closed: ${text}${all}${number}`;
    }
    case "refused":
      return `refused ${text}${number}`;
    case "unknown":
      return `outcome unknown: ${text}${number}`;
    case "report":
      return `account: ${text}`;
    default:
      return `${message.kind} ${text}${number}`;
  }
}

/** How a message fared: what is drawn of it beyond its line. */
export function fateText(message: Message): string {
  const { sentAt, gotAt, isCopy, faults } = message;
  const fate = gotAt === undefined ? "lost" : isCopy ? "arrived again" : "";
  return [fate, faults, gotAt === undefined || gotAt === sentAt ? "" : spanText(gotAt - sentAt)]
    .filter((part) => part !== "")
    .join(", ");
}

/** A step in a line. */
export function stepText(film: FilmReader, step: number): string {
  const index = film.messageAt(step);
  if (index !== undefined) {
    const source = film.text(step);
    return `${endText(film, film.actor(step), film.message(index))}${source === "" ? "" : ` (${source})`}`;
  }
  const name = film.instrument(step)?.told.name;
  const kind = film.kind(step);
  const words = kind === "moved" ? "something changed without a message" : WORDS[kind];
  return [words ?? kind, film.text(step), name === undefined ? "" : `(${name})`]
    .filter((part) => part !== "")
    .join(" ");
}

/** One end of a message, and whose it is. */
function endText(film: FilmReader, actor: string, message: Message): string {
  const venue = film.told.venues[message.venue] ?? "";
  const what = messageText(message);
  switch (actor) {
    case "bot sends":
      return `bot sends to ${venue}: ${what}`;
    case "bot hears":
      return `bot hears from ${venue}: ${what}`;
    default:
      return `${actor.replace("venue", venue)}: ${what}`;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  book: "the book changed",
  print: "a print",
  bar: "a bar closed",
  timer: "",
  link: "",
  queue: "the queue moved:",
  rule: "risk:",
  note: "note:",
  alert: "ALERT:",
  halt: "HALT:",
  fault: "fault:",
  crash: "the process dies",
  restart: "a process begins:",
  broken: "promise broken:",
};
