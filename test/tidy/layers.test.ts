import { describe, expect, test } from "vitest";
import { importCycles, layerOf, layers, layerViolations } from "./layers.ts";
import { sourceFiles } from "./source-text.ts";

const house = sourceFiles("src", "sim", "strategies");

/** A file that imports each specifier, in several of the forms an import can take. */
function importing(path: string, ...specifiers: readonly string[]) {
  const forms = [
    (from: string) => `import { a } from "${from}";`,
    (from: string) => `import type {\n  A,\n} from "${from}";`,
    (from: string) => `export { b } from '${from}';`,
    (from: string) => `import "${from}";`,
    (from: string) => `const c = await import("${from}");`,
  ];
  const text = specifiers.map((each, index) => (forms[index % forms.length] ?? String)(each));
  return { path, text: text.join("\n") };
}

describe("the layers", () => {
  test("hold in every file", () => {
    expect(house.length).toBeGreaterThan(20);
    expect(layerViolations(house)).toEqual([]);
  });

  test("have no import cycle, neither among files nor in the table itself", () => {
    expect(importCycles(house)).toEqual([]);
    const asFiles = Object.entries(layers).map(([name, { folders }]) => ({
      path: `${name}/x.ts`,
      text: folders
        .filter((folder) => folder !== "*")
        .map((folder) => `import "${"../".repeat(name.split("/").length)}${folder}/x.ts";`)
        .join("\n"),
    }));
    expect(importCycles(asFiles)).toEqual([]);
  });

  test.each([
    ["src/domain/a.ts", "../ports/clock.ts"],
    ["src/ports/a.ts", "../state/ledger.ts"],
    ["src/risk/rules/a.ts", "../../execution/order-tracker.ts"],
    ["src/state/a.ts", "../journal/journal.ts"],
    ["src/journal/a.ts", "node:fs"],
    ["src/report/a.ts", "../state/state-store.ts"],
    ["src/config/a.ts", "../data/tape.ts"],
    ["src/data/a.ts", "../../sim/kernel/event-queue.ts"],
    ["src/bot/a.ts", "../../strategies/grid/grid.ts"],
    ["src/live/a.ts", "../../sim/exchange/venue.ts"],
    ["strategies/grid/a.ts", "../../src/state/ledger.ts"],
    ["strategies/grid/a.ts", "../../sim/kernel/keyed-rng.ts"],
    ["strategies/grid/a.ts", "../macd/macd.ts"],
    ["strategies/grid/a.ts", "decimal.js"],
    ["strategies/grid/a.ts", "zod"],
    ["strategies/grid/a.ts", "./kit.ts"],
    ["strategies/grid/a.ts", "../../src/config/fields.ts"],
    ["strategies/grid/kit.ts", "../macd/macd.ts"],
    ["strategies/grid/kit.ts", "../macd/kit.ts"],
    ["strategies/grid/kit.ts", "node:fs"],
    ["strategies/grid/kit.ts", "../../src/risk/risk-engine.ts"],
    ["src/config/a.ts", "../../strategies/grid/grid.ts"],
    ["sim/scenario/a.ts", "../../strategies/grid/kit.ts"],
    ["sim/kernel/a.ts", "../exchange/venue.ts"],
    ["sim/market/a.ts", "../exchange/venue.ts"],
    ["sim/exchange/a.ts", "../../src/data/tape.ts"],
    ["sim/exchange/profiles/a.ts", "../../network/link.ts"],
    ["sim/scenario/a.ts", "../../src/live/hyperliquid/client.ts"],
    ["sim/scenario/a.ts", "../../src/data/tape.ts"],
    ["sim/scenario/a.ts", "apache-arrow"],
    ["src/cli/a.ts", "../../test/support/recordings.ts"],
    ["src/utils/a.ts", "../domain/units.ts"],
  ])("are seen to break when %s imports %s", (path, specifier) => {
    expect(layerViolations([importing(path, specifier)])).toHaveLength(1);
  });

  test("are seen to break in every form of import, each with its line", () => {
    const bad = "../../sim/a.ts";
    expect(layerViolations([importing("src/domain/a.ts", bad, bad, bad, bad, bad)])).toHaveLength(
      5,
    );
    const [first] = layerViolations([{ path: "src/domain/a.ts", text: `\n\nimport "${bad}";` }]);
    expect(first).toContain("src/domain/a.ts:3");
  });

  test.each([
    ["src/domain/a.ts", "decimal.js"],
    ["src/bot/a.ts", "../execution/order-tracker.ts"],
    ["src/report/a.ts", "../journal/reader.ts"],
    ["src/data/importers/a.ts", "../../domain/tape.ts"],
    ["src/cli/a.ts", "../../sim/scenario/run.ts"],
    ["src/cli/a.ts", "../../strategies/grid/grid.ts"],
    ["strategies/grid/a.ts", "./ladder.ts"],
    ["strategies/grid/kit.ts", "./grid.ts"],
    ["strategies/grid/kit.ts", "./kit-schema.ts"],
    ["strategies/grid/kit.ts", "../../src/config/fields.ts"],
    ["strategies/grid/kit.ts", "zod"],
    ["strategies/grid/a.ts", "../../src/indicators/ema.ts"],
    ["sim/scenario/a.ts", "../../strategies/grid/grid.ts"],
    ["sim/exchange/order-book/a.ts", "../market.ts"],
  ])("let %s import %s", (path, specifier) => {
    expect(layerViolations([importing(path, specifier)])).toEqual([]);
  });

  test("let a schema be held against a type of the simulator, and load nothing of it", () => {
    const path = "src/config/a.ts";
    const typed = 'import type { FillModel } from "../../sim/exchange/fill-model.ts";';
    expect(layerViolations([{ path, text: typed }])).toEqual([]);
    const loaded = 'import { type A, b } from "../../sim/exchange/fill-model.ts";';
    expect(layerViolations([{ path, text: loaded }])[0]).toContain("types alone");
    expect(layerViolations([{ path, text: `${typed}\n${loaded}` }])[0]).toContain("a.ts:2");
  });

  test("take no import from a comment or a string", () => {
    const text = `// import "../../sim/a.ts";\n/* from "../../sim/a.ts" */\nconst a = 'from "../../sim/a.ts"', b = Array.from("ab");`;
    expect(layerViolations([{ path: "src/domain/a.ts", text }])).toEqual([]);
  });

  test("name the cycle that closes", () => {
    const types = { path: "src/risk/rules/e.ts", text: 'import type { E } from "../e.ts";' };
    const cycle = [
      types,
      importing("src/risk/e.ts", "./rules/e.ts"),
      importing("src/risk/a.ts", "./rules/b.ts"),
      importing("src/risk/rules/b.ts", "../c.ts"),
      importing("src/risk/c.ts", "./a.ts"),
      importing("src/risk/d.ts", "./a.ts", "./c.ts"),
    ];
    expect(importCycles(cycle)).toEqual([
      "src/risk/a.ts → src/risk/rules/b.ts → src/risk/c.ts → src/risk/a.ts",
    ]);
  });

  test("give each strategy a layer of its own", () => {
    expect(layerOf("strategies/grid/sizing/a.ts")).toBe("strategies/grid");
    expect(layerOf("strategies/macd/a.ts")).toBe("strategies/macd");
    expect(layerOf("strategies/macd/kit.ts")).toBe("strategies/macd/kit");
    expect(layerOf("strategies/macd/kit-schema.ts")).toBe("strategies/macd/kit");
    expect(layerOf("strategies/macd/kitchen.ts")).toBe("strategies/macd");
  });
});
