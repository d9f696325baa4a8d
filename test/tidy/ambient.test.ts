import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ambientUses } from "./ambient.ts";
import { root, sourceFiles } from "./source-text.ts";

/** The folders below the edge are those that compile without the platform's types. */
const core = JSON.parse(readFileSync(resolve(root, "tsconfig.core.json"), "utf8")) as {
  include: readonly string[];
};

const uses = (text: string) => ambientUses([{ path: "sim/a.ts", text }]);

describe("below the edge", () => {
  test("is everything that decides, and it compiles without the platform's types", () => {
    const decides = [
      "domain",
      "ports",
      "indicators",
      "journal",
      "state",
      "risk",
      "execution",
      "bot",
    ];
    const expected = [...decides.map((folder) => `src/${folder}`), "sim", "strategies"].sort();
    expect([...core.include].sort()).toEqual(expected);
  });

  test("no file uses an ambient source", () => {
    const files = sourceFiles(...core.include);
    expect(files.length).toBeGreaterThan(20);
    expect(ambientUses(files)).toEqual([]);
  });

  test.each([
    "const now = Date.now();",
    "const now = new Date();",
    "let when: Date;",
    "const t = performance.now();",
    "setTimeout(f, 0);",
    "clearInterval(t);",
    "queueMicrotask(f);",
    "const x = Math.random();",
    "const x = Math\u0020.random();",
    "const { random } = Math;",
    'const x = Math["random"]();',
    "const id = crypto.randomUUID();",
    "if (process.env.DEBUG) f();",
    "const hidden = globalThis;",
    "new Intl.NumberFormat();",
    "x.toLocaleString();",
    "a.localeCompare(b);",
    "const tick = 10 ** -5;",
    "x **= 2;",
    "const tick = Math.pow(10, -5);",
    "const y = Math.exp(x);",
    "const y = Math.log1p(x);",
    "const y = Math.sinh(x);",
    "const y = Math.hypot(a, b);",
    "async function f() {}",
    "await f();",
    "let p: Promise<void>;",
    'import { readFileSync } from "node:fs";',
    'import type { Hash } from "node:crypto";',
    "const w = new WeakRef(x);",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test is a template
    "const text = `at ${Date.now()}`;",
    "const half = a / b; const t = Date.now(); // a / b",
  ])("sees %s", (text) => {
    expect(uses(`const before = 1;\n${text}\n`)).toHaveLength(1);
    expect(uses(`const before = 1;\n${text}\n`)[0]).toContain("sim/a.ts:2");
  });

  test.each([
    "// Date.now() is banned",
    "/** `**` and Math.pow differ */",
    'const why = "no Date, no await, no 2 ** 3";',
    "const at = `Date`;",
    "const isDate = /Date|process\\.env/.test(name);",
    "const update = updated; const asyncIsh = 1;",
    "const y = Math.sqrt(x) + Math.imul(a, b) + Math.floor(c);",
    "const processed = process(event);",
    "const expected = Math.abs(Math.max(a, b));",
    "export function* steps() { yield* others; }",
  ])("leaves alone %s", (text) => {
    expect(uses(text)).toEqual([]);
  });

  test("lets a line explain itself, and only that line", () => {
    const excused = "const p = Math.log(x); // ambient-ok: published formula, same on every Node\n";
    expect(uses(excused)).toEqual([]);
    expect(uses(`${excused}const q = Math.log(x);`)).toHaveLength(1);
  });

  test("takes no excuse without a reason, none in a string, and none that excuses nothing", () => {
    expect(uses("const p = Math.log(x); // ambient-ok:")).toHaveLength(1);
    expect(uses('const p = f(Math.log(x), "// ambient-ok: so");')).toHaveLength(1);
    expect(uses("const p = x; // ambient-ok: left behind")).toEqual(["sim/a.ts:1 excuses nothing"]);
  });
});
