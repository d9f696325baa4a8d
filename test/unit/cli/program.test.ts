import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearse-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));

describe("the command line", () => {
  test("prints its help on stdout and ends with 0", async () => {
    const { code, stdout, stderr } = await cli("--help");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const command of ["backtest", "verify", "import", "data", "config", "bench"]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
    }
    expect(stdout).toContain("Exit codes: 0 ok");
  });

  test("prints its version", async () => {
    expect((await cli("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    [["backtst"], "unknown command 'backtst'"],
    [["backtest"], "missing required argument 'config'"],
    [["backtest", "a.json", "--bnd"], "unknown option '--bnd'"],
  ])("refuses %j with 2, saying why on stderr alone", async (words, why) => {
    const { code, stdout, stderr } = await cli(...words);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(why);
  });

  test("names the nearest command to a mistyped one", async () => {
    expect((await cli("backtst")).stderr).toContain("Did you mean backtest?");
  });

  test("a missing config is one line and no trace", async () => {
    const { code, stderr } = await cli("backtest", "nowhere.json");
    expect(code).toBe(2);
    expect(stderr).toBe("error: cannot read nowhere.json: there is no such file\n");
  });

  test("--debug adds the trace", async () => {
    const { stderr } = await cli("--debug", "backtest", "nowhere.json");
    expect(stderr).toContain("    at ");
  });

  test("a config with problems lists them all and ends with 2", async () => {
    writeFileSync(join(folder, "bad.json"), '{\n  "version": 1,\n  "venus": []\n}\n');
    const { code, stderr } = await cli("config", "show", "bad.json");
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.json has 4 problems\n/);
    expect(stderr).toContain(
      '  3:3  venus: unknown key "venus" at the top, did you mean "venues"?\n',
    );
    expect(stderr).not.toContain("    at ");
  });

  test("colour is for terminals, and NO_COLOR wins over FORCE_COLOR", async () => {
    const run = async (env: Record<string, string>) =>
      (await runCaptured(["backtest", "nowhere.json"], new CapturedIo(folder, env))).stderr;
    expect(await run({})).not.toContain("\u001b[");
    expect(await run({ FORCE_COLOR: "1" })).toContain("\u001b[");
    expect(await run({ FORCE_COLOR: "1", NO_COLOR: "1" })).not.toContain("\u001b[");
  });
});

describe("config", () => {
  test("schema is JSON Schema that names every strategy and default", async () => {
    const { code, stdout } = await cli("config", "schema");
    expect(code).toBe(0);
    const schema = JSON.parse(stdout);
    expect(schema.$schema).toContain("json-schema.org");
    expect(schema.required).toEqual(["version", "venues", "instruments", "strategy"]);
    expect(schema.additionalProperties).toBe(false);
    const names = schema.properties.strategy.anyOf.map(
      (each: { properties: { name?: { const: string } } }) => each.properties.name?.const,
    );
    // The last is a module outside, whose settings an editor cannot know.
    expect(names).toEqual(["grid", "hedge", "macd", "market-maker", undefined]);
    expect(schema.properties.strategy.anyOf.at(-1).required).toEqual(["module"]);
    expect(schema.properties.fillModel.default).toBe("power-3:3");
  });

  test("show prints a config that is read back as itself", async () => {
    const text = JSON.stringify({
      version: 1,
      venues: [{ name: "a", profile: "generic" }],
      instruments: [{ dataset: "sample-alpha" }],
      strategy: { name: "market-maker", orderSize: "0.01", positionLimit: "1" },
    });
    writeFileSync(join(folder, "good.json"), text);
    const shown = (await cli("config", "show", "good.json")).stdout;
    expect(JSON.parse(shown).strategy.interval).toBe("100ms");
    writeFileSync(join(folder, "shown.json"), shown);
    expect((await cli("config", "show", "shown.json")).stdout).toBe(shown);
  });
});

describe("a file that cannot be used", () => {
  test.each([
    [["backtest", "."], 2, "error: cannot read .: it is a folder\n"],
    [["data", "show", "."], 3, "expected a tape, was a folder; name a file in it"],
    [["import", "candles", "none.csv", "--symbol", "X", "--out", "x"], 3, "there is no such file"],
    [
      ["import", "candles", ".", "--symbol", "X", "--out", "x"],
      3,
      "it is a folder; name the files",
    ],
    [["import", "candles", "a.csv", "--symbol", "X", "--out", "no/x"], 2, "there is no folder "],
    [["verify", "config.json"], 2, "config.json is no result: give a file written by"],
  ])("%j ends with %i and says why", async (words, code, message) => {
    writeFileSync(join(folder, "a.csv"), "");
    writeFileSync(join(folder, "config.json"), '{ "version": 1 }');
    const run = await cli(...words);
    expect(run.stderr).toContain(message);
    expect(run).toMatchObject({ code, stdout: "" });
    expect(run.stderr).not.toContain("fault of rehearse");
  });

  test("a usage error says where the help is, and no more", async () => {
    const { stderr } = await cli("import");
    expect(stderr).toContain("(rehearse import --help says how it is used; ");
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });
});
