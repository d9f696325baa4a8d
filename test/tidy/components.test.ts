// docs/COMPONENTS.md is an index, and an index is true or it is nothing: its paths are there, the tests it names exist under
// the titles it gives them, and no name of the design documents is left out.

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { designDocuments } from "../support/design-documents.ts";
import { namesIn, namesMissing, pathsNamedIn, testsNamedIn } from "./components.ts";
import { root } from "./source-text.ts";

const read = (path: string): string => readFileSync(resolve(root, path), "utf8");
const page = read("docs/COMPONENTS.md");
const documents = designDocuments();

describe("the page of components", () => {
  test("names files and folders that are there", () => {
    const paths = pathsNamedIn(page);
    expect(paths.length).toBeGreaterThan(200);
    expect(paths.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  });

  test("names tests that exist under the titles it gives them", () => {
    const named = testsNamedIn(page);
    expect(named.length).toBeGreaterThan(50);
    const missing = named.filter(({ file, title }) => !read(file).includes(title));
    expect(missing).toEqual([]);
  });

  test("names all eleven sentences of what must always and never be, each with its test", () => {
    const titles = testsNamedIn(page).map(({ title }) => title);
    const sentences = titles.filter((title) => /^(?:always [1-6]|never [1-5]): /.test(title));
    expect(new Set(sentences).size).toBe(11);
  });

  test.skipIf(documents.length === 0)(
    `leaves out no name of the design documents${documents.length === 0 ? " (skipped: set REHEARSE_DESIGN)" : ""}`,
    () => {
      expect(documents).toHaveLength(5);
      for (const { name, text } of documents) {
        expect({ name, missing: namesMissing(text, page) }).toEqual({ name, missing: [] });
      }
    },
  );
});

describe("what counts as a name", () => {
  test("is a class, a function, a field or a file, without its folder, lines and brackets", () => {
    const text =
      "### HedgePricer\n`src/risk.py`, `exchanges/extended.py:10-12`, `place_order()`, `symbol`; retry_count, 5 SOL";
    expect(namesIn(text)).toEqual([
      "HedgePricer",
      "extended.py",
      "place_order",
      "retry_count",
      "risk.py",
      "symbol",
    ]);
  });

  test("is missed when the page says only a part of it", () => {
    expect(namesMissing("`hedge_pricer.py` and HedgePricer", "HedgePricers, hedge_pricer")).toEqual(
      ["HedgePricer", "hedge_pricer.py"],
    );
    expect(namesMissing("`run_cycle()`", "| `run_cycle` | here |")).toEqual([]);
  });

  test("a test is named by its file and its title", () => {
    expect(testsNamedIn('| x | `test/a/b.test.ts`: "does it", `test/c.test.ts` |')).toEqual([
      { file: "test/a/b.test.ts", title: "does it" },
    ]);
  });
});
