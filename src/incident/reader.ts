// What a format is: something that reads one line after another and says what each one told. It keeps what a line needs
// of the lines before it, and nothing more; it never throws, whatever it is shown.

import type { LogZone } from "./log-time.ts";
import type { Told } from "./timeline.ts";
import { sideOf } from "./timeline.ts";

/**
 * - record: a line of a known form, with what it told (nothing, for those nobody needs)
 * - more: belongs to the record before it: a traceback, a block, an empty line
 * - unknown: neither
 */
export type LineReading =
  | Readonly<{ kind: "record"; at: number; told: readonly Told[]; key?: string }>
  | Readonly<{ kind: "more" }>
  | Readonly<{ kind: "unknown"; at?: number }>;

export interface LogReader {
  /** A record with a `key` that a file had already is dropped as a duplicate. */
  line(text: string): LineReading;
}

export type LogFormat = Readonly<{
  name: string;
  told: string;
  /** The zone local times are in where nobody says; undefined where every time carries its own. */
  zone: string | undefined;
  reader: (zone: LogZone) => LogReader;
}>;

export const MORE: LineReading = { kind: "more" };
export const UNKNOWN: LineReading = { kind: "unknown" };

/** A form of a message: what matches it, and what that tells. */
export type MessageForm = readonly [RegExp, ((found: readonly string[]) => readonly Told[])?];

/** Reads records of one line each that begin with a time and end in a message: `line` groups (time, message). */
export class MessageReader implements LogReader {
  readonly #zone: LogZone;
  readonly #line: RegExp;
  readonly #forms: readonly MessageForm[];
  #begun = false;

  constructor(zone: LogZone, line: RegExp, forms: () => readonly MessageForm[]) {
    this.#zone = zone;
    this.#line = line;
    this.#forms = forms();
  }

  line(text: string): LineReading {
    const [, stamp = "", message = ""] = this.#line.exec(withoutColour(text)) ?? [];
    const at = this.#zone.timeUs(stamp);
    if (at === undefined) return this.#begun || text.trim() === "" ? MORE : UNKNOWN;
    this.#begun = true;
    const told = this.message(message);
    return told === undefined ? { kind: "unknown", at } : { kind: "record", at, told };
  }

  /** What a message tells; undefined when it is of no known form. */
  message(text: string): readonly Told[] | undefined {
    const clean = withoutMark(text);
    return clean === "" ? [] : readMessage(this.#forms, clean);
  }
}

/** What the first form that fits makes of a message; undefined when none does. */
function readMessage(forms: readonly MessageForm[], message: string): readonly Told[] | undefined {
  for (const [pattern, read] of forms) {
    const found = pattern.exec(message);
    if (found !== null) return read === undefined ? [] : read(found);
  }
  return undefined;
}

/** A decimal inside a pattern: one group. */
export const NUM = "([+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d{1,2})?)";

const ESCAPE = String.fromCharCode(27);
const ANSI = new RegExp(`${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]`, "g");

/** A line without the colours of a terminal. */
function withoutColour(text: string): string {
  return text.includes(ESCAPE) ? text.replace(ANSI, "") : text;
}

/** The emoji and marks that lines begin with, and the spaces around them: they differ between versions. */
function withoutMark(message: string): string {
  return message.replace(/^[^\p{L}\p{N}[(\-=]+/u, "").trimEnd();
}

/** A side, in whatever word, as a field. */
export function sided(word: string | undefined): Pick<Told, "side"> {
  const side = sideOf(word ?? "");
  return side === undefined ? {} : { side };
}

/** Texts a person wrote, short enough to keep. */
export function textOf(message: string): string {
  return message.length <= 200 ? message : `${message.slice(0, 199)}…`;
}
