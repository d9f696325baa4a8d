// The neutral account itself, an event a line: what a bot of any other make is brought to. `at` is a time with its zone,
// or µs since the epoch; the rest is as docs/INCIDENTS.md has it.

import { fieldsOf } from "./json-text.ts";
import { isoTimeUs } from "./log-time.ts";
import type { LineReading, LogFormat, LogReader } from "./reader.ts";
import { MORE, UNKNOWN } from "./reader.ts";
import { toldSchema } from "./timeline.ts";

class JsonlReader implements LogReader {
  line(text: string): LineReading {
    if (text.trim() === "") return MORE;
    const { at: time, source: _, ...rest } = fieldsOf(text) ?? {};
    const at = typeof time === "string" ? isoTimeUs(time) : time;
    if (typeof at !== "number" || !Number.isSafeInteger(at)) return UNKNOWN;
    const told = toldSchema.safeParse(rest);
    return told.success ? { kind: "record", at, told: [told.data] } : { kind: "unknown", at };
  }
}

export const jsonl: LogFormat = {
  name: "jsonl",
  told: "the neutral account, an event a line: for bots of any other make",
  zone: undefined,
  reader: () => new JsonlReader(),
};
