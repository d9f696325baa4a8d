// Reads TypeScript the way the tidy tests need it: code apart from comments and strings, and the
// imports. A small scanner, not a parser: the native compiler has no API, and a tool that wants one
// reports nothing without it.

import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A source file: its path from the repository's root, with forward slashes, and its text. */
export type SourceFile = Readonly<{ path: string; text: string }>;

/** One import or re-export; `line` counts from 1. A type-only one is gone when the code runs. */
export type ImportOf = Readonly<{ specifier: string; line: number; typeOnly: boolean }>;

/** The repository's root. */
export const root = resolve(import.meta.dirname, "../..");

/**
 * Every TypeScript file under the given folders of the repository, in order of path; absent folders
 * have none.
 */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  const paths = folders.flatMap((folder) => typescriptUnder(folder));
  return paths.sort().map((path) => ({ path, text: readFileSync(resolve(root, path), "utf8") }));
}

function typescriptUnder(folder: string): readonly string[] {
  try {
    return readdirSync(resolve(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
  } catch {
    return []; // a folder that is still to come
  }
}

/** What stands before a regular expression, as opposed to before a division. */
const BEFORE_REGEX = /([(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void))$/;

/**
 * The text with comments and the insides of strings, templates and regular expressions blanked out;
 * every character keeps its place. What stands in `${…}` is code and is kept.
 */
export function codeOf(text: string): string {
  const code = text.split("");
  const braces: number[] = []; // for each template we are inside the ${…} of: braces open in it
  let index = 0;
  const blankTo = (end: number): void => {
    for (; index < Math.min(end, code.length); index += 1) {
      if (code[index] !== "\n") code[index] = " ";
    }
  };
  while (index < text.length) {
    const two = text.slice(index, index + 2);
    const one = text[index] as string;
    if (two === "//") blankTo(endOf(text, "\n", index));
    else if (two === "/*") blankTo(endOf(text, "*/", index + 2) + 2);
    else if (one === '"' || one === "'") {
      index += 1;
      blankTo(closing(text, index, one));
      index += 1;
    } else if (one === "`" || (one === "}" && braces.at(-1) === 0)) {
      if (one === "}") braces.pop();
      index += 1;
      blankTo(templateStop(text, index));
      if (text[index] === "`") index += 1;
      else {
        braces.push(0);
        index += 2;
      }
    } else if (one === "/" && startsRegex(code, index)) {
      index += 1;
      blankTo(regexEnd(text, index));
      index += 1;
    } else {
      const open = braces.length - 1;
      if (open >= 0 && one === "{") braces[open] = (braces[open] as number) + 1;
      if (open >= 0 && one === "}") braces[open] = (braces[open] as number) - 1;
      index += 1;
    }
  }
  return code.join("");
}

/** Does the slash at `index` open a regular expression? Judged by what the code says before it. */
function startsRegex(code: readonly string[], index: number): boolean {
  let end = index;
  while (end > 0 && /\s/.test(code[end - 1] as string)) end -= 1;
  return end === 0 || BEFORE_REGEX.test(code.slice(Math.max(0, end - 10), end).join(""));
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at;
}

function closing(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote) at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** Where the text part of a template stops: at its closing backtick, or at "${". */
function templateStop(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "`" && text.slice(at, at + 2) !== "${") {
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}

function regexEnd(text: string, from: number): number {
  let at = from;
  let inClass = false;
  while (at < text.length && (inClass || text[at] !== "/") && text[at] !== "\n") {
    if (text[at] === "[") inClass = true;
    if (text[at] === "]") inClass = false;
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}

/**
 * `from "x"`, `import "x"`, `import("x")`: the keyword and the opening quote, in text whose strings
 * are blank.
 */
const IMPORT = /(?<![.\w$])(?:from\s*|import\s*\(?\s*)(["'])/g;

/** Every module a file imports, re-exports or loads, in order. */
export function importsOf(text: string): readonly ImportOf[] {
  const code = codeOf(text);
  return [...code.matchAll(IMPORT)].map((match) => {
    const start = match.index + match[0].length;
    const specifier = text.slice(start, code.indexOf(match[1] as string, start));
    const before = code.slice(0, match.index);
    const statement = before.slice(Math.max(before.lastIndexOf(";"), 0));
    const typeOnly = /\b(?:import|export)\s+type\b[^;]*$/.test(statement);
    return { specifier, line: lineOf(text, match.index), typeOnly };
  });
}

/** The line of a place in the text, from 1. */
function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) {
    line += 1;
  }
  return line;
}
