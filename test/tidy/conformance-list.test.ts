import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { conformanceBreaches, conformanceList, numbersOfTests } from "./conformance-list.ts";
import { root, sourceFiles } from "./source-text.ts";

const list = conformanceList(readFileSync(resolve(root, "docs/FILLS.md"), "utf8"));

describe("the conformance list", () => {
  test("has one test for every line, and one line for every numbered test", () => {
    const tests = sourceFiles("test/contract").flatMap(({ text }) => numbersOfTests(text));
    expect(list.lines.length).toBeGreaterThan(90);
    expect(conformanceBreaches(list, tests)).toEqual([]);
  });

  test("cites only files that exist", () => {
    expect(list.paths.length).toBeGreaterThan(5);
    expect(list.paths.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  });

  test("sees a line without a test, a test without a line, and what stands twice", () => {
    const page = conformanceList("- **F1** One.\n- **F2** Two.\n- **F2** Again.\n");
    expect(conformanceBreaches(page, ["F1", "F1", "F3"])).toEqual([
      "F2 is two lines of the page",
      "F1 is the number of two tests",
      "F2 has no test",
      "F2 has no test",
      "F3 is a test of no line",
      "F2 stands where F3 is expected",
    ]);
  });

  test("sees a hole in the numbers and a citation of nothing", () => {
    const page = conformanceList("- **V1** One.\n- **V3** Three.\n\n| #7 | a fault | V1, X9 |\n");
    expect(conformanceBreaches(page, ["V1", "V3"])).toEqual([
      "V3 stands where V2 is expected",
      "X9 is cited and no line",
    ]);
  });

  test("reads the number of a test however the test is written", () => {
    const text = `test("F1 a", f);\ntest.each(rows)(\`no\`, f);\n  test.skip(\n    'R2 b', f);`;
    expect(numbersOfTests(text)).toEqual(["F1", "R2"]);
  });
});
