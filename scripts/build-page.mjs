// Bundles the script of each page into dist/page, with the chart library and its style sheet beside it: what a page
// carries inside itself. Run by the build, and once before the tests.

import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "dist/page");
const pages = ["tear-sheet", "player"];

/** Builds every page. The test runner calls it by this name. */
export async function setup() {
  mkdirSync(out, { recursive: true });
  for (const page of pages) {
    await build({
      input: join(root, `src/report/page/browser/${page}.ts`),
      output: { file: join(out, `${page}.js`), format: "iife", minify: true },
      logLevel: "warn",
    });
  }
  const library = createRequire(import.meta.url).resolve("uplot");
  copyFileSync(join(dirname(library), "uPlot.min.css"), join(out, "chart.css"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup();
