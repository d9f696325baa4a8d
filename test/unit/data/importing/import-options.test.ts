// A recording is never overwritten, whatever the format and however the output is named.

import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importFormats } from "../../../../src/cli/import/formats.ts";
import { DataError } from "../../../../src/data/data-error.ts";
import { refuseOverwriting } from "../../../../src/data/importing/import-options.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "overwrite-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What each format must be told before it looks at its files. */
const TOLD: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  csv: [["mapping", "standx"]],
  funding: [["interval", "8h"]],
  lobster: [["utc-offset", "-240"]],
};
const instrument = {
  venueName: "test",
  symbol: "ABC",
  contract: "linear",
  base: "A",
  quote: "USD",
  tickSize: "0.1",
  lotSize: "1",
  contractSize: "1",
} as const;

describe("every format of `rehearse import`", () => {
  test.each(importFormats.map(({ name }) => name))(
    "%s never writes over its input",
    async (name) => {
      const format = importFormats.find((each) => each.name === name);
      const file = join(folder, "ABC_2024-03-01_message.csv");
      writeFileSync(file, "a recording");
      const running = format?.run({
        files: [file],
        out: file,
        instrument,
        more: new Map(TOLD[name] ?? []),
        folder,
        onProgress: () => undefined,
        shouldStop: () => false,
      });
      await expect(running).rejects.toThrow(DataError);
      expect(readFileSync(file, "utf8")).toBe("a recording");
      expect(readdirSync(folder)).toHaveLength(1);
    },
  );
});

test("names the output, be it an input by another path, a link to one, or its book file", () => {
  const file = join(folder, "a.csv");
  const [soft, hard, other] = ["soft.csv", "hard.csv", "other.csv"].map((name) =>
    join(folder, name),
  );
  writeFileSync(file, "a recording");
  symlinkSync(file, soft as string);
  linkSync(file, hard as string);
  for (const out of [file, `${folder}/../${folder.split("/").at(-1)}/a.csv`, soft, hard]) {
    expect(() => refuseOverwriting(["b.csv", file], out as string)).toThrow(
      `${out}: expected an output that is not an input`,
    );
  }
  expect(() => refuseOverwriting([file], other as string)).not.toThrow();
  expect(existsSync(other as string)).toBe(false);
});
