import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { FAULT_CATALOGUE } from "../../sim/faults/catalogue.ts";
import { kindRows, kindsOfFailure } from "./faults-page.ts";
import { root } from "./source-text.ts";

const lines = readFileSync(resolve(root, "docs/FAULTS.md"), "utf8").split("\n");

describe("the page of faults", () => {
  test("has a row for every kind of the catalogue, as the catalogue says it, and no other", () => {
    const rows = lines.filter((line) => /^\| `[a-z-]+` \|/.test(line));
    expect(rows).toEqual(kindRows());
  });

  test("names for each known failure the kinds that provoke it, or says why there is none", () => {
    const rows = lines.filter((line) => /^\| F\d+ \|/.test(line));
    expect(rows.map((row) => row.split("|")[1]?.trim())).toEqual(
      Array.from({ length: 50 }, (_, index) => `F${index + 1}`),
    );
    for (const [index, row] of rows.entries()) {
      const told = row.split("|")[3]?.trim() ?? "";
      const kinds = kindsOfFailure(index + 1);
      if (kinds === "") expect(told).toMatch(/^no kind: \S/);
      else expect(told).toBe(kinds);
    }
  });

  test("covers at least forty kinds, no name twice", () => {
    const names = FAULT_CATALOGUE.map(({ kind }) => kind);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });
});
