// The kinds of value a config file is made of. One convention each: sizes, prices, money and rates are decimal
// strings, as venues write them; lengths of time are strings with their unit; times are ISO 8601 in UTC.

import { z } from "zod";

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DURATION = /^(\d+(?:\.\d+)?)(us|ms|s|m|h|d)$/;
const UNIT_US: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};
const DURATION_SENTENCE = 'a length of time with its unit (us, ms, s, m, h, d), like "250ms"';
const ISO_UTC = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z)?$/;

/** `example` is what an editor or `rehearse init` proposes. */
function text(sentence: string, pattern: RegExp, example: string): z.ZodString {
  return z
    .string({ error: (issue) => `expected ${sentence}, was ${JSON.stringify(issue.input)}` })
    .regex(pattern, {
      error: (issue) => `expected ${sentence}, was ${JSON.stringify(issue.input)}`,
    })
    .meta({ examples: [example] });
}

/** Any decimal string. */
export const decimal = (): z.ZodString => text('a decimal string, like "0.25"', DECIMAL, "0.25");

/** A decimal string above zero. */
export const positiveDecimal = (): z.ZodString =>
  text('a decimal string above zero, like "0.25"', /^(?=.*[1-9])(?:0|[1-9]\d*)(?:\.\d+)?$/, "0.25");

/** A decimal string, zero or above. */
export const unsignedDecimal = (): z.ZodString =>
  text('a decimal string, zero or above, like "0.25"', /^(?:0|[1-9]\d*)(?:\.\d+)?$/, "0.25");

/** A whole number of at least `min`. */
export const count = (min: number, max = 1_000_000): z.ZodNumber => {
  const error = (issue: { input?: unknown }): string =>
    `expected a whole number from ${min} to ${max}, was ${JSON.stringify(issue.input)}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

/** A length of time, "5ms"; `durationUsOf` reads it. */
export const duration = (): z.ZodString => text(DURATION_SENTENCE, DURATION, "250ms");

/** A time, "2026-01-31T12:00:00Z" or a whole day; `timeUsOf` reads it. */
export const time = (): z.ZodString =>
  text('a UTC time, like "2026-01-31T12:00:00Z" or "2026-01-31"', ISO_UTC, "2026-01-31T12:00:00Z");

/** A name we give: venues, instruments. */
export const name = (): z.ZodString =>
  text('a name of letters, digits, ".", "_", "-" or "/"', /^[A-Za-z0-9][A-Za-z0-9._/-]*$/, "alpha");

/** µs of a duration string that the schema has passed; undefined when it is not a whole number of µs. */
export function durationUsOf(value: string): number | undefined {
  const [, digits, unit] = DURATION.exec(value) ?? [];
  const us = Number(digits) * (UNIT_US[unit ?? ""] ?? Number.NaN);
  const whole = Math.round(us);
  return Number.isSafeInteger(whole) && Math.abs(us - whole) < 1e-6 ? whole : undefined;
}

/** µs since the epoch of a time string; undefined when there is no such day or hour. */
export function timeUsOf(value: string): number | undefined {
  if (!ISO_UTC.test(value)) return undefined;
  const [head = "", fraction = ""] = value.replace("Z", "").split(".");
  const ms = Date.parse(head.includes("T") ? `${head}Z` : `${head}T00:00:00Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(head)) return undefined;
  return ms * 1_000 + Number(fraction.padEnd(6, "0"));
}
