// What may not be written below the edge, because two runs of it could differ: clocks, timers,
// ambient chance, the platform, the locale, promises, and arithmetic whose last digit differs
// between engines. A line that must say so anyway ends in "// ambient-ok: reason"; an excuse that
// excuses nothing is refused too.

import type { SourceFile } from "./source-text.ts";
import { codeOf, importsOf } from "./source-text.ts";

/** A banned source: its name, and the code that gives it away. */
type Ban = readonly [name: string, code: RegExp];

/**
 * Functions of Math that engines are free to round as they like; they agree on Node, and on Bun
 * they do not.
 */
const TRANSCENDENTAL =
  /\bMath\s*\.\s*(?:a?(?:sin|cos|tan)h?|atan2|cbrt|expm?1?|hypot|log(?:2|10|1p)?)\b/;

const BANS: readonly Ban[] = [
  ["the wall clock", /\bDate\b/],
  ["the wall clock", /\bperformance\b/],
  ["a timer", /\b(?:set|clear)(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/],
  ["ambient chance", /\bMath\s*\.\s*random\b/],
  ["ambient chance", /\bcrypto\b|\brandomUUID\b|\bgetRandomValues\b/],
  ["Math taken apart, which hides what is used of it", /\bMath\b(?!\s*\.)/],
  ["the platform", /\bprocess\s*[.[]|\bglobalThis\b|\brequire\s*\(/],
  ["the locale", /\bIntl\b|\btoLocale\w*|\blocaleCompare\b/],
  ["a power, which differs between Node 22 and 24", /\*\*|\bMath\s*\.\s*pow\b/],
  ["a transcendental function, which differs between engines", TRANSCENDENTAL],
  ["a promise", /\basync\b|\bawait\b|\bPromise\b/],
  ["the garbage collector's moment", /\bWeakRef\b|\bFinalizationRegistry\b/],
  ["shared memory", /\bAtomics\b|\bSharedArrayBuffer\b/],
];

const EXCUSE = /\/\/ ambient-ok: \S/;

/** One sentence for each ambient source a file uses, and for each excuse that is not needed. */
export function ambientUses(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const platform = new Set(
      importsOf(text)
        .filter(({ specifier }) => specifier.startsWith("node:"))
        .map(({ line }) => line),
    );
    const raw = text.split("\n");
    return codeOf(text)
      .split("\n")
      .flatMap((code, index) => {
        const names = BANS.filter(([, ban]) => ban.test(code)).map(([name]) => name);
        if (platform.has(index + 1)) names.push("the platform");
        const excuseAt = (raw[index] as string).search(EXCUSE);
        const excused = excuseAt !== -1 && code.slice(excuseAt).trim() === "";
        const place = `${path}:${index + 1}`;
        if (excused) return names.length > 0 ? [] : [`${place} excuses nothing`];
        return [...new Set(names)].map((name) => `${place} uses ${name}`);
      });
  });
}
