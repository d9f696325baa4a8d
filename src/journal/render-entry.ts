// One entry of a journal as one line of text, for people: times and amounts as the integers they are, no rounding,
// no locale. The same entry is the same text everywhere.

import type { JournalEntry } from "../ports/journal.ts";

/** "12 event 1700000000000000 BookChanged instrument=0 bid=100 ask=101"; absent values are "-". */
export function renderEntry(entry: JournalEntry): string {
  const { seq, kind } = entry;
  switch (kind) {
    case "event": {
      const { kind: name, at, venueAt, ...rest } = entry.event;
      return `${seq} event ${at} ${name}${fields({ venueAt, ...rest })}`;
    }
    case "command": {
      const { kind: name, ...rest } = entry.command;
      return `${seq} command ${entry.at} ${name} cause=${entry.cause}${fields(rest)}`;
    }
    case "refusal": {
      const { kind: name, ...rest } = entry.command;
      const why = fields({ rule: entry.rule, reason: entry.reason });
      return `${seq} refusal ${entry.at} ${name} cause=${entry.cause}${why}${fields(rest)}`;
    }
    case "note":
      return `${seq} note ${entry.at} ${text(entry.text)}`;
  }
}

function fields(values: object): string {
  let line = "";
  for (const [name, value] of Object.entries(values)) line += ` ${name}=${text(value)}`;
  return line;
}

/** Words stand bare; what has a space in it, or is a list, stands as JSON. */
function text(value: unknown): string {
  if (value === undefined) return "-";
  if (typeof value === "string" && /^[\w.-]+$/.test(value)) return value;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
