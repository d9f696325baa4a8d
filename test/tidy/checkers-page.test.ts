// docs/CHECKERS.md, the list of checkers, their files and their tests are in step: each number of the page once and
// without holes, each checker on its own line with its own sentence, each with a test of its name.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checkers } from "../../sim/checkers/checkers.ts";
import { root } from "./source-text.ts";

/** How many invariants each part of the reference has; none may be silently missing. */
const COUNTS = { E: 18, B: 15, L: 7, X: 8, H: 7 } as const;

type Row = Readonly<{ id: string; sentence: string; files: readonly string[] }>;

const page = readFileSync(resolve(root, "docs/CHECKERS.md"), "utf8");
const rows: readonly Row[] = page.split("\n").flatMap((line) => {
  const [, id, sentence] = /^\| ([A-Z]\d+) \| ([^|]+) \|/.exec(line) ?? [];
  if (id === undefined || sentence === undefined) return [];
  const files = [...line.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path]) => path as string);
  return [{ id, sentence, files }];
});

describe("the page of invariants", () => {
  test("has each number of the reference once, in order", () => {
    const expected = Object.entries(COUNTS).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    expect(rows.map(({ id }) => id)).toEqual(expected);
  });

  test("says of each where it lives", () => {
    for (const { id, files } of rows) {
      expect(files.length, id).toBeGreaterThan(0);
      for (const file of files) expect(existsSync(resolve(root, file)), file).toBe(true);
    }
  });

  test("gives every checker its own line, sentence and file, in the order they are asked", () => {
    const atRun = rows.filter(({ files }) => files[0]?.startsWith("sim/checkers/"));
    expect(atRun.map(({ id, sentence }) => [id, sentence])).toEqual(
      checkers.map(({ id, sentence }) => [id, sentence]),
    );
  });
});

describe("the files of the checkers", () => {
  const making = readdirSync(resolve(root, "sim/checkers")).filter((file) =>
    /: CheckerMaker = \{/.test(readFileSync(resolve(root, "sim/checkers", file), "utf8")),
  );

  test("are each on the page, once, and say their number first", () => {
    const listed = rows.flatMap(({ files }) => files).filter((file) => /^sim\/checkers/.test(file));
    expect([...listed].sort()).toEqual(making.map((file) => `sim/checkers/${file}`).sort());
    for (const { id, files } of rows) {
      const file = files.find((each) => each.startsWith("sim/checkers/"));
      if (file === undefined) continue;
      const text = readFileSync(resolve(root, file), "utf8");
      expect(text.startsWith(`// ${id} (simulation-testing.md`), file).toBe(true);
    }
  });

  test("have each a test of its name", () => {
    for (const file of making) {
      const path = `test/unit/sim/checkers/${file.replace(/\.ts$/, ".test.ts")}`;
      expect(existsSync(resolve(root, path)), path).toBe(true);
    }
  });
});
