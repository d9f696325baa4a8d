// From log files to one timeline: each line cleaned of secrets, read by its format and accounted for; local times put in
// their zone, or aligned to the UTC times of a table of trades; in the order of time.

import { DataError } from "../data/data-error.ts";
import { readLines } from "../data/file-lines.ts";
import { alignedShift } from "./align-zone.ts";
import type { FileAccount, Shape } from "./log-account.ts";
import { Shapes } from "./log-account.ts";
import { LogZone } from "./log-time.ts";
import type { LogFormat, LogReader } from "./reader.ts";
import { Redactor } from "./redact.ts";
import { largestOrder } from "./script-from.ts";
import type { Incident, TimelineEvent } from "./timeline.ts";
import { toldSchema } from "./timeline.ts";
import { bookedCsv, tradesCsv } from "./trades-csv.ts";

export type ImportAsked = Readonly<{
  format: LogFormat;
  /** As they are to be named, and where they are. */
  files: readonly Readonly<{ name: string; path: string }>[];
  zone?: string | undefined;
  /** µs: what happened before or after is left out. */
  from?: number | undefined;
  until?: number | undefined;
}>;

export type Imported = Readonly<{
  incident: Incident;
  files: readonly FileAccount[];
  shapes: readonly Shape[];
  /** Values taken out. */
  secrets: number;
  /** Why times were read as they were. */
  zoneCause: string;
}>;

/** A day's log of a busy bot has some ten thousand; more than this is another sort of file. */
const EVENTS_MAX = 1_000_000;

/** @throws {DataError} when a file cannot be read, the zone is none, or no line was recognised. */
export async function importLogs(asked: ImportAsked): Promise<Imported> {
  const zoneName = asked.zone ?? asked.format.zone ?? "UTC";
  const parts = {
    zone: new LogZone(zoneName),
    redactor: new Redactor(),
    shapes: new Shapes(),
    seen: new Set<string>(),
  };
  const files: FileAccount[] = [];
  const logs: TimelineEvent[] = [];
  const tables: TimelineEvent[] = [];
  for (const file of asked.files) {
    const beside = isTable(file.name) && asked.format.name !== tradesCsv.name;
    const format = beside ? bookedCsv : asked.format;
    files.push(await new FileImport(file, format, parts, beside ? tables : logs).read());
  }
  if (!files.some(({ recognised }) => recognised > 0)) {
    throw new DataError({
      file: asked.files[0]?.name ?? "",
      expected: `lines of the format ${asked.format.name}`,
      was: parts.shapes.list()[0]?.shape ?? "nothing",
      advice: "name the format that wrote it with --format",
    });
  }
  const isFree = asked.zone === undefined && asked.format.zone !== undefined;
  const aligned = alignedShift(logs, tables, isFree);
  const shifted = logs.map((event) => ({ ...event, at: event.at + aligned.shiftUs }));
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = asked;
  const events = [...shifted, ...aligned.rest]
    .filter(({ at }) => at >= from && at <= until)
    .sort((a, b) => a.at - b.at);
  const orderSize = largestOrder(events);
  return {
    incident: {
      version: 1,
      format: asked.format.name,
      zone: aligned.zone ?? (asked.format.zone === undefined ? "UTC" : zoneName),
      files: files.map(({ name, sha256, lines }) => ({ name, sha256, lines })),
      ...(orderSize === undefined ? {} : { orderSize }),
      events,
    },
    files,
    shapes: parts.shapes.list(),
    secrets: parts.redactor.count,
    zoneCause: aligned.zone === undefined ? zoneCause(asked) : "aligned to the table's fills",
  };
}

function zoneCause({ zone, format }: ImportAsked): string {
  if (zone !== undefined) return "as told";
  if (format.zone === undefined) return "its times carry their zone";
  return "nobody said: name the bot's zone with --zone, or add its table of trades";
}

function isTable(name: string): boolean {
  return /\.csv(?:\.gz)?$/i.test(name);
}

type Shared = Readonly<{ zone: LogZone; redactor: Redactor; shapes: Shapes; seen: Set<string> }>;

/** Reads one file. */
class FileImport {
  readonly #file: Readonly<{ name: string; path: string }>;
  readonly #reader: LogReader;
  readonly #shared: Shared;
  readonly #into: TimelineEvent[];
  /** Lines of this file, of which another file may hold copies. */
  readonly #own = new Set<string>();
  readonly #count = { recognised: 0, continuation: 0, unknown: 0, duplicates: 0 };

  constructor(
    file: Readonly<{ name: string; path: string }>,
    format: LogFormat,
    shared: Shared,
    into: TimelineEvent[],
  ) {
    this.#file = file;
    this.#shared = shared;
    this.#into = into;
    this.#reader = format.reader(shared.zone);
  }

  async read(): Promise<FileAccount> {
    const { name, path } = this.#file;
    const { lines, sha256 } = await readLines(path, (bytes, from, to, line) => {
      this.#take(bytes.toString("utf8", from, to), line);
    });
    for (const text of this.#own) this.#shared.seen.add(text);
    const { recognised, unknown } = this.#count;
    // Empty lines are never shown: they belong to whatever stands before them.
    return { name, sha256, lines, ...this.#count, continuation: lines - recognised - unknown };
  }

  #take(raw: string, line: number): void {
    const text = this.#shared.redactor.line(raw);
    const reading = this.#reader.line(text);
    const source = `${this.#file.name}:${line}`;
    switch (reading.kind) {
      case "more":
        this.#count.continuation += 1;
        return;
      case "unknown":
        this.#count.unknown += 1;
        this.#shared.shapes.add(text, source);
        return;
      case "record": {
        // A field longer than any name or number of these bots: it only looks like one of their lines.
        if (!reading.told.every((told) => toldSchema.safeParse(told).success)) {
          this.#count.unknown += 1;
          this.#shared.shapes.add(text, source);
          return;
        }
        this.#count.recognised += 1;
        if (reading.told.length === 0) return;
        if (this.#isDuplicate(text, reading.key)) {
          this.#count.duplicates += 1;
          return;
        }
        for (const told of reading.told) this.#into.push({ at: reading.at, source, ...told });
        if (this.#into.length > EVENTS_MAX) throw this.#tooMany();
      }
    }
  }

  /** A copy of a line of another file, or a record whose key was there before. */
  #isDuplicate(text: string, key: string | undefined): boolean {
    const { seen } = this.#shared;
    if (seen.has(text)) return true;
    this.#own.add(text);
    if (key === undefined) return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  }

  #tooMany(): DataError {
    return new DataError({
      file: this.#file.name,
      expected: `at most ${EVENTS_MAX} events`,
      advice: "cut the log to the hours around the incident",
    });
  }
}
