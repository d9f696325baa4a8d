// The fingerprint of a strategy outside the house: its module and every file it imports by a relative path. Packages it
// uses are not in it; their versions are the user's to pin.

import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { sha256OfText } from "../node-hasher.ts";

const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** SHA-256 over the files' paths from the module's folder and their bytes, in order of path. */
export function moduleSha256(file: string): string {
  const texts = new Map<string, string>();
  const visit = (path: string): void => {
    if (texts.has(path) || !existsSync(path)) return;
    const text = readFileSync(path, "utf8");
    texts.set(path, text);
    for (const [, specifier] of text.matchAll(RELATIVE_IMPORT)) {
      visit(resolve(dirname(path), specifier as string));
    }
  };
  visit(file);
  const name = (path: string): string => relative(dirname(file), path).replaceAll("\\", "/");
  const lines = [...texts].map(([path, text]) => `${name(path)} ${sha256OfText(text)}`);
  return sha256OfText(lines.sort().join("\n"));
}
