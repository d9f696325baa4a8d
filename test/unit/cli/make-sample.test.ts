import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { syntheticTapes } from "../../../sim/market/synthetic-tape.ts";
import { makeSample, sampleMarket } from "../../../src/cli/make-sample.ts";
import { openTape } from "../../../src/data/tapes/tape-reader.ts";
import { rowsOf } from "../../support/tape-rows.ts";

const shipped = resolve(import.meta.dirname, "../../../datasets");
const files = ["manifest.json", "sample/alpha.arrow", "sample/beta.arrow"];

describe("the sample", () => {
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "rehearse-sample-"));
    makeSample(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(files)("made again is the shipped %s, byte for byte", (file) => {
    const made = readFileSync(join(folder, file));
    expect(made.equals(readFileSync(join(shipped, file)))).toBe(true);
  });

  test("says in the manifest that it is synthetic", () => {
    const manifest = JSON.parse(readFileSync(join(shipped, "manifest.json"), "utf8"));
    expect(manifest.datasets).toMatchObject([
      { name: "sample-alpha", synthetic: true, command: "npm run sample" },
      { name: "sample-beta", synthetic: true, command: "npm run sample" },
    ]);
  });

  test("reads back as the rows the market made, in both views", () => {
    for (const [index, expected] of syntheticTapes(sampleMarket).entries()) {
      const tape = openTape(join(shipped, files[index + 1] ?? ""));
      const want = rowsOf(expected);
      for (const row of rowsOf(tape)) expect(row).toEqual(want.next().value);
      expect(want.next().done).toBe(true);
      tape.close();
    }
  });
});
