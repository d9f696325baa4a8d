import { describe, expect, test } from "vitest";
import { codeOf, importsOf, sourceFiles } from "./source-text.ts";

/** The code with runs of blanks drawn together, to compare by eye. */
const code = (text: string): string => codeOf(text).replace(/ +/g, " ").trim();

describe("codeOf", () => {
  test.each([
    ["a; // Date.now()", "a;"],
    ["a; /* Date\n.now() */ b", "a; \n b"],
    ['f("Date // not a comment"); g', 'f(" "); g'],
    ["f('it\\'s Date'); g", "f(' '); g"],
    ['f("\\\\"); g', 'f(" "); g'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test is a template
    ["`a ${b.c} d ${e}`; g", "` ${b.c} ${e}`; g"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test is a template
    ["`x ${{ y: `in ${z} ner` }.y} // Date`; g", "` ${{ y: ` ${z} ` }.y} `; g"],
    ["if (/[/'\"]Date/.test(a)) b", "if (/ /.test(a)) b"],
    ["a / b; // c / d", "a / b;"],
    ["(a) / 2 / c", "(a) / 2 / c"],
    ["return /Date/;", "return / /;"],
    ["f('🙂 Date', now)", "f(' ', now)"],
  ])("keeps the code of %s", (text, expected) => {
    expect(code(text)).toBe(expected);
    expect(codeOf(text)).toHaveLength(text.length);
  });

  test("keeps every line of every file of ours in its place", () => {
    for (const { text } of sourceFiles("src", "sim", "strategies", "test/tidy")) {
      const stripped = codeOf(text);
      expect(stripped).toHaveLength(text.length);
      expect(stripped.split("\n")).toHaveLength(text.split("\n").length);
      // Code that lost its place ends in the middle of a string: every file of ours ends with a
      // line of code.
      expect(stripped.trimEnd()).toMatch(/[;}]$/);
    }
  });
});

describe("importsOf", () => {
  test("reads imports of every form, their lines, and which are gone at run time", () => {
    const text = [
      'import { a } from "./a.ts";',
      "import type {",
      "  B,",
      '} from "./b.ts";',
      'import "./c.ts"',
      "export { d } from './d.ts';",
      'export type { E } from "./e.ts";',
      'const f = await import("./f.ts");',
      'const g = Array.from("./g.ts"); // import "./h.ts"',
    ].join("\n");
    expect(importsOf(text)).toEqual([
      { specifier: "./a.ts", line: 1, typeOnly: false },
      { specifier: "./b.ts", line: 4, typeOnly: true },
      { specifier: "./c.ts", line: 5, typeOnly: false },
      { specifier: "./d.ts", line: 6, typeOnly: false },
      { specifier: "./e.ts", line: 7, typeOnly: true },
      { specifier: "./f.ts", line: 8, typeOnly: false },
    ]);
  });
});
