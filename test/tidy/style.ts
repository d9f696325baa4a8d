// The rules of the house that biome has no rule for: length of files and lines, header comments,
// TODOs, test titles.

import type { SourceFile } from "./source-text.ts";
import { codeOf } from "./source-text.ts";

/** Past this a file wants to be two. */
export const FILE_LINES_MAX = 300;

/**
 * The formatter keeps code to 100 columns and leaves comments alone: those end here, in an editor's
 * half screen.
 */
export const LINE_COLUMNS_MAX = 128;

/** One sentence for each breach of the house's style in a source file. */
export function styleBreaches(
  files: readonly SourceFile[],
  longFiles: Readonly<Record<string, string>>,
): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split("\n");
    const breaches: string[] = [];
    if (lines.length > FILE_LINES_MAX && longFiles[path] === undefined) {
      breaches.push(`${path} has ${lines.length} lines, at most ${FILE_LINES_MAX}`);
    }
    if (lines.length <= FILE_LINES_MAX && longFiles[path] !== undefined) {
      breaches.push(`${path} is short enough to need no exception`);
    }
    if (!/^(?:#!.*\n)?\/\/ \S/.test(text)) breaches.push(`${path} begins without a header comment`);
    return [...breaches, ...lineBreaches(path, lines)];
  });
}

function lineBreaches(path: string, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, index) => {
    const place = `${path}:${index + 1}`;
    const columns = [...line].length;
    const breaches: string[] = [];
    if (columns > LINE_COLUMNS_MAX) breaches.push(`${place} is ${columns} columns wide`);
    if (/\b(?:TODO|FIXME)\b(?!\(#\d+\))/.test(line))
      breaches.push(`${place} has a TODO of no issue`);
    return breaches;
  });
}

/** Calls that name a test, in code whose strings are blank. */
const TITLED = /(?<![.\w])(?:test|describe|it)\b[^"'`\n]*?(["'`])/g;

/** One sentence for each test whose title is not a present-tense sentence: it says "should". */
export function titleBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const code = codeOf(text);
    return [...code.matchAll(TITLED)].flatMap((match) => {
      const start = match.index + match[0].length;
      const title = text.slice(start, code.indexOf(match[1] as string, start));
      return /\bshould\b/i.test(title) ? [`${path}: "${title}" says should`] : [];
    });
  });
}
