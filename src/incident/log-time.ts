// Times of logs: local times without a zone are read in a named zone, or at a fixed offset. The tables of zones are the
// platform's; a time that happens twice when clocks go back is the first of the two.

import { DataError } from "../data/data-error.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const OFFSET = /^([+-])(\d{2}):?(\d{2})$/;
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?/;

/** From local times to µs since the epoch. */
export class LogZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat | undefined;
  readonly #fixedMs: number;
  /** By the hour of local time: zones change on whole hours, or are asked again. */
  readonly #offsets = new Map<number, number>();

  /** @throws {DataError} when there is no such zone. */
  constructor(name: string) {
    this.name = name;
    const [, sign, hours, minutes] = OFFSET.exec(name) ?? [];
    this.#fixedMs =
      sign === undefined
        ? 0
        : (sign === "-" ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
    if (sign !== undefined || /^(?:utc|z)$/i.test(name)) return;
    try {
      this.#format = new Intl.DateTimeFormat("en-US", {
        ...{ timeZone: name, hourCycle: "h23", year: "numeric", month: "2-digit" },
        ...{ day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
      });
    } catch {
      const expected = "a time zone such as Asia/Shanghai, UTC or +08:00";
      const advice = "name the zone the bot's machine kept its clock in";
      throw new DataError({ file: "--zone", expected, was: name, advice });
    }
  }

  /** "2025-10-23 12:01:07,114" → µs; undefined when it is no such time. */
  timeUs(text: string): number | undefined {
    const [, year, month, day, hour, minute, second, fraction = "0"] = LOCAL.exec(text) ?? [];
    if (year === undefined) return undefined;
    const parts = [year, month, day, hour, minute, second].map(Number);
    const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0] = parts;
    if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 60) return undefined;
    const localMs = Date.UTC(y, mo - 1, d, h, mi, s);
    const us = Number(fraction.padEnd(6, "0").slice(0, 6));
    return (localMs - this.#offsetMs(localMs)) * 1_000 + us;
  }

  #offsetMs(localMs: number): number {
    if (this.#format === undefined) return this.#fixedMs;
    const hour = Math.floor(localMs / HOUR_MS);
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    const first = this.#offsetAt(localMs);
    const offset = this.#offsetAt(localMs - first);
    this.#offsets.set(hour, offset);
    return offset;
  }

  /** What the zone is ahead of UTC at an instant. */
  #offsetAt(instantMs: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format?.formatToParts(instantMs) ?? []) {
      part[type] = Number(value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instantMs;
  }
}

/** An ISO time with its zone, or without one in UTC → µs. */
export function isoTimeUs(text: string): number | undefined {
  const us = new LogZone("UTC").timeUs(text);
  if (us === undefined) return undefined;
  const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})$/.exec(text.slice(19)) ?? [];
  if (sign === undefined) return us;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS * 1_000;
  return sign === "-" ? us + offset : us - offset;
}
