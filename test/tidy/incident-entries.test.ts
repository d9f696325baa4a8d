import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import {
  entryNumbers,
  incidentBreaches,
  incidentRows,
  referenceEntries,
} from "./incident-entries.ts";
import { root, sourceFiles } from "./source-text.ts";

const FOLDER = "test/scenario/incident-entries/";
const rows = incidentRows(readFileSync(resolve(root, "docs/INCIDENT-SCENARIOS.md"), "utf8"));
const sources = new Map(sourceFiles("test").map(({ path, text }) => [path, text]));
const reference = resolve(root, "../shared/reference/incident-logs.md");

describe("the page of incidents", () => {
  test("has every entry once, in order", () => {
    expect(rows.map(({ number }) => number)).toEqual(entryNumbers());
    expect(rows).toHaveLength(167);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(167);
  });

  test("names for each a test that there is, or why there is none, and every test of an entry", () => {
    expect(incidentBreaches(rows, sources, FOLDER)).toEqual([]);
  });

  test("names only components that there are", () => {
    const paths = rows.flatMap(({ answeredBy }) =>
      [...answeredBy.matchAll(/`((?:src|sim|strategies)\/[^`]+)`/g)].map((match) => match[1] ?? ""),
    );
    expect(paths.length).toBeGreaterThan(150);
    expect(paths.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  });

  test.skipIf(!existsSync(reference))("has the names of the reference beside the checkout", () => {
    const named = rows.map(({ number, name }) => `${number} ${name}`);
    expect(named).toEqual(referenceEntries(readFileSync(reference, "utf8")));
  });

  test("sees a row without a test, a title that is gone, and a test without a row", () => {
    const page = [
      "| H01 | `a-b` | what | somewhere | `src` |",
      '| H02 | `c` | what | `test/x.test.ts`, "gone" | `src` |',
      "| H03 | `d` | what | `test/e/y.test.ts` | `src` |",
      "| H04 | `e` | what | not here: no wire | later |",
    ].join("\n");
    const files = new Map([
      ["test/x.test.ts", 'test("there", f);'],
      ["test/e/y.test.ts", 'test("H05 f: it is", f);'],
    ]);
    expect(incidentBreaches(incidentRows(page), files, "test/e/")).toEqual([
      "H01 names no test and no reason",
      'H02: no "gone" in test/x.test.ts',
      'H03: no test of test/e/y.test.ts begins with "H03 d: "',
      "H05 f of test/e/y.test.ts is not on the page",
    ]);
  });
});
