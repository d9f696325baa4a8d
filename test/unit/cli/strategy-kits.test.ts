// Strategies are found, not listed: those of the house by their folders, one outside by the path in a config.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { moduleSha256 } from "../../../src/cli/run/module-hash.ts";
import { houseKits } from "../../../src/cli/run/strategy-kits.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";
import { root } from "../../tidy/source-text.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-kits-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

/** A kit in plain JavaScript that does nothing, with some of its source changed. */
function kitText(change: readonly [string, string] = ["", ""]): string {
  return `import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
import { quiet } from "./quiet.js";
export const kit = {
  name: "quiet", summary: "does nothing",
  schema: z.strictObject({ level: z.int().describe("of quiet").default(3) }),
  toConfig: (told) => told,
  create: (config) => quiet(config.level),
  sample: { instruments: [{ name: "rhs", venue: "alpha", dataset: "sample-alpha" }], settings: {} },
};`.replace(...change);
}
write("package.json", '{ "type": "module" }');
write(
  "quiet.js",
  `export const quiet = () => ({
  name: "quiet", wants: [], decide: () => [], save: () => null, restore: () => undefined,
});`,
);

const config = (strategy: object): string =>
  JSON.stringify({
    version: 1,
    until: "2024-01-01T07:46:00Z",
    venues: [{ name: "alpha", profile: "generic" }],
    instruments: [{ dataset: "sample-alpha" }],
    strategy,
  });

test("every folder of strategies has a kit of its name, and is found", async () => {
  expect((await houseKits()).map(({ name }) => name)).toEqual(
    readdirSync(join(root, "strategies")),
  );
});

describe("a strategy outside", () => {
  test("runs, is checked against its own schema, and is written a config for", async () => {
    write("good.js", kitText());
    write("run.json", config({ module: "./good.js", level: 5 }));
    expect(JSON.parse((await cli("config", "show", "run.json")).stdout).strategy).toEqual({
      module: "./good.js",
      level: 5,
    });
    expect((await cli("backtest", "run.json", "--quiet", "--no-band")).code).toBe(0);
    write("bad.json", config({ module: "./good.js", levle: 5 }));
    expect((await cli("config", "show", "bad.json")).stderr).toContain(
      'strategy.levle: unknown key "levle" at strategy, did you mean "level"?',
    );
    const { stdout } = await cli("init", "./good.js", "--out", "-");
    expect(stdout).toContain('"module": "./good.js"');
    expect(stdout).toContain("// of quiet; default 3");
  });

  test.each<[string, readonly [string, string], string]>([
    ["exports no kit", ["const kit", "const kid"], 'expected an export named "kit", found none'],
    ["exports something else", ["kit = {", "kit = 7; const x = {"], "to be an object, was number"],
    ["lacks a part", ["create:", "make:"], "expected kit.create to be a function, was undefined"],
    ["has an odd name", ['"quiet"', '"Quiet Bot"'], 'and "-", was "Quiet Bot"'],
    ["has a taken name", ['"quiet"', '"grid"'], 'calls itself "grid", and there is a strategy'],
    ["has no schema", ["z.strictObject(", "Object("], "expected kit.schema to be an object schema"],
    ["has a setting of ours", ["level:", "module:"], 'has a setting "module", which is the config'],
    ["judges settings together", ["default(3) })", "default(3) }).refine(() => true)"], "toConfig"],
    [
      "throws",
      ["export", "throw new RangeError('no'); export"],
      "cannot be loaded: RangeError: no",
    ],
  ])("that %s is refused where it is named", async (what, change, message) => {
    const name = write(`${what.replaceAll(" ", "-")}.js`, kitText(change));
    write("odd.json", config({ module: `./${name}` }));
    const { code, stderr } = await cli("backtest", "odd.json");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*odd.json has 1 problem\n {2}1:\d+ {2}strategy.module: /);
    expect(stderr).toContain(message);
  });

  test("that is not there is said so", async () => {
    write("none.json", config({ module: "./none.js" }));
    expect((await cli("backtest", "none.json")).stderr).toContain("there is no file ");
    expect((await cli("init", "./none.js")).code).toBe(2);
  });

  test("is part of the digest: by its text and what it imports, not by where it lies", async () => {
    const digest = async (module: string) => {
      write("digest.json", config({ module }));
      return (await cli("backtest", "digest.json", "--quiet", "--no-band")).stdout;
    };
    write("same.js", kitText());
    const first = await digest("./same.js");
    expect(first).toMatch(/^[0-9a-f]{64}\n$/);
    expect(await digest(join(folder, "same.js"))).toBe(first);
    const was = moduleSha256(join(folder, "same.js"));
    write("quiet.js", `${readFileSync(join(folder, "quiet.js"), "utf8")}\n// changed`);
    expect(moduleSha256(join(folder, "same.js"))).not.toBe(was);
    expect(await digest("./same.js")).not.toBe(first);
  });

  test("that was changed is named by verify", async () => {
    write("then.js", kitText());
    write("then.json", config({ module: "./then.js" }));
    await cli("backtest", "then.json", "--quiet", "--no-band", "--out", "then-result.json");
    expect((await cli("verify", "then-result.json")).stdout).toMatch(/^equal /);
    write("then.js", `${kitText()}\n// changed`);
    const { code, stdout } = await cli("verify", "then-result.json");
    expect(code).toBe(4);
    expect(stdout).toContain("the strategy's module was changed");
  });
});
