// docs/YOUR-FIRST-STRATEGY.md does what it says: its files, put into a copy of the house and nowhere else, compile, keep the
// rules, pass their test, run from the command line, and print the rows the page shows; inside the house and outside of it.

import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ambientUses } from "../tidy/ambient.ts";
import { layerViolations } from "../tidy/layers.ts";
import { root } from "../tidy/source-text.ts";

const page = readFileSync(join(root, "docs/YOUR-FIRST-STRATEGY.md"), "utf8");
const files = [...page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, path, text]) => ({
  path: path as string,
  text: text as string,
}));
const [rows = ""] = [...page.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
const strategy = files.filter(({ path }) => path.startsWith("strategies/"));
const house = mkdtempSync(join(tmpdir(), "rehearse-first-"));
const outside = join(house, "elsewhere");
afterAll(() => rmSync(house, { recursive: true, force: true }));

const run = (cwd: string, ...words: string[]): string =>
  execFileSync(process.execPath, words, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
const rehearse = (cwd: string, ...words: string[]): string =>
  run(cwd, join(house, "dist/src/cli/main.js"), ...words);
/** Compiles the folder. Errors elsewhere are for the house's own check to report; the compiler writes all the same. */
function compile(cwd: string): void {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const words = [tsc, "-p", "tsconfig.build.json"];
  const { stdout } = spawnSync(process.execPath, words, { cwd, encoding: "utf8" });
  expect(stdout.split("\n").filter((line) => line.includes("fade"))).toEqual([]);
}

beforeAll(() => {
  for (const name of ["src", "sim", "strategies", "test/support", "package.json"]) {
    cpSync(join(root, name), join(house, name), { recursive: true });
  }
  for (const name of ["tsconfig.json", "tsconfig.build.json"]) {
    cpSync(join(root, name), join(house, name));
  }
  for (const name of ["node_modules", "datasets"]) symlinkSync(join(root, name), join(house, name));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  writeFileSync(join(house, "vitest.config.mjs"), "export default {};");
  compile(house);
}, 120_000);

describe("the strategy of the page", () => {
  test("is one folder of less than sixty lines of code", () => {
    expect(new Set(strategy.map(({ path }) => dirname(path)))).toEqual(
      new Set(["strategies/fade"]),
    );
    const lines = strategy.flatMap(({ text }) => text.split("\n"));
    expect(lines.filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length).toBeLessThan(60);
  });

  test("keeps the rules of the house", () => {
    expect(layerViolations(strategy)).toEqual([]);
    expect(ambientUses(strategy)).toEqual([]);
  });

  test("is known everywhere by its folder alone, and runs", () => {
    expect(rehearse(house, "init")).toMatch(/^fade +takes the other side/m);
    expect(rehearse(house, "config", "schema")).toContain('"const": "fade"');
    expect(rehearse(house, "init", "fade")).toContain("next: rehearse backtest fade.jsonc");
    const printed = rehearse(house, "backtest", "fade.jsonc", "--out", "result.json");
    expect(rows.trimEnd().split("\n")).toHaveLength(3);
    for (const row of rows.trimEnd().split("\n")) expect(printed.split("\n")).toContain(row);
    expect(rehearse(house, "verify", "result.json")).toMatch(/^equal /);
  });

  test("passes the test of the page", () => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    expect(run(house, vitest, "run", "test/unit/strategies/fade")).toContain("1 passed");
  });

  test("works from a folder outside as a module that the config names", () => {
    mkdirSync(join(outside, "node_modules"), { recursive: true });
    symlinkSync(house, join(outside, "node_modules/rehearse"));
    symlinkSync(join(root, "node_modules/zod"), join(outside, "node_modules/zod"));
    mkdirSync(join(outside, "fade"));
    for (const { path, text } of strategy) {
      // As one would write it there: the package's name for the house, and a name of its own.
      const own = text.replaceAll(/"..\/..\/src\/(\S+).ts"/g, '"rehearse/src/$1.js"');
      writeFileSync(
        join(outside, path.slice("strategies/".length)),
        own.replaceAll('"fade"', '"my-fade"'),
      );
    }
    const options = { outDir: ".", rootDir: ".", lib: ["es2023"], types: [], skipLibCheck: true };
    const module = { module: "nodenext", target: "es2023", rewriteRelativeImportExtensions: true };
    const told = {
      compilerOptions: { ...options, ...module, strict: true },
      include: ["fade"],
      exclude: [],
    };
    writeFileSync(join(outside, "tsconfig.build.json"), JSON.stringify(told));
    writeFileSync(join(outside, "package.json"), '{ "type": "module" }');
    compile(outside);
    expect(rehearse(outside, "init", "./fade/kit.js")).toContain("wrote fade.jsonc");
    const printed = rehearse(outside, "backtest", "fade.jsonc", "--out", "result.json");
    for (const row of rows.trimEnd().split("\n")) expect(printed.split("\n")).toContain(row);
    expect(rehearse(outside, "verify", "result.json")).toMatch(/^equal /);
  });
});
