import { describe, expect, test } from "vitest";
import { sourceFiles } from "./source-text.ts";
import { FILE_LINES_MAX, LINE_COLUMNS_MAX, styleBreaches, titleBreaches } from "./style.ts";

/** Files that may be longer, and why each is better whole. */
const LONG_FILES: Readonly<Record<string, string>> = {};

const HEADER = "// Does one thing.\n";
const breaches = (text: string, long = {}) => styleBreaches([{ path: "src/a.ts", text }], long);

describe("the style of the house", () => {
  test("holds in every source file", () => {
    expect(styleBreaches(sourceFiles("src", "sim", "strategies"), LONG_FILES)).toEqual([]);
  });

  test("holds in the titles of all tests", () => {
    expect(titleBreaches(sourceFiles("test"))).toEqual([]);
  });

  test("sees a file that is too long, and an exception that is no longer needed", () => {
    const long = HEADER + "f();\n".repeat(FILE_LINES_MAX);
    expect(breaches(long)).toEqual(["src/a.ts has 301 lines, at most 300"]);
    expect(breaches(long, { "src/a.ts": "a table" })).toEqual([]);
    expect(breaches(HEADER, { "src/a.ts": "a table" })).toHaveLength(1);
  });

  test("sees a missing header", () => {
    expect(breaches("export const a = 1;\n")).toEqual(["src/a.ts begins without a header comment"]);
    expect(breaches(`#!/usr/bin/env node\n${HEADER}f();\n`)).toEqual([]);
  });

  test("sees a line that is too wide, counting characters and not bytes", () => {
    const wide = "µ".repeat(LINE_COLUMNS_MAX - 3);
    expect(breaches(`${HEADER}// ${wide}\n`)).toEqual([]);
    expect(breaches(`${HEADER}// ${wide}µ\n`)).toEqual(["src/a.ts:2 is 129 columns wide"]);
  });

  test("sees a to-do that names no issue", () => {
    const todo = ["TO", "DO"].join("");
    expect(breaches(`${HEADER}// ${todo}: later\n`)).toHaveLength(1);
    expect(breaches(`${HEADER}// ${todo}(#12): inverse contracts\n`)).toEqual([]);
  });

  test("sees a title that says what ought to be instead of what is", () => {
    const titled = (title: string) => [{ path: "test/a.test.ts", text: `test("${title}", f);` }];
    expect(titleBreaches(titled(["it should", "work"].join(" ")))).toHaveLength(1);
    expect(titleBreaches(titled("keeps the remainder when a cancel races a fill"))).toEqual([]);
  });
});
