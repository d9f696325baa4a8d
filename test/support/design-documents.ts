// Where the bots' design documents are, if this machine has them. They are not part of the repository; a test of them skips
// without.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const beside = resolve(import.meta.dirname, "../../../shared/design-documents");
const folder = process.env.REHEARSE_DESIGN ?? beside;

/** The documents' texts by file name; empty when they are not there. */
export function designDocuments(): readonly Readonly<{ name: string; text: string }>[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".md"));
  return names.sort().map((name) => ({ name, text: readFileSync(resolve(folder, name), "utf8") }));
}
