// A config written by `rehearse init` is what a new user begins with: it runs as it is, says everything, spoils nothing.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { houseKits } from "../../../src/cli/run/strategy-kits.ts";
import { parseJsonText } from "../../../src/config/json-text.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-init-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

describe.each(await houseKits())("init $name", ({ name, schema }) => {
  const file = `${name}.jsonc`;

  test("writes a config that runs on the embedded sample, and trades", async () => {
    const { code, stdout } = await cli("init", name);
    expect(code).toBe(0);
    expect(stdout).toBe(`wrote ${file}\nnext: rehearse backtest ${file}\n`);
    const run = await cli("backtest", file, "--json", "--no-band");
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).summary.orders.placed).toBeGreaterThan(0);
  });

  test("says every setting of the strategy, set or not", () => {
    const text = read(file);
    for (const key of Object.keys(schema.shape)) expect(text).toContain(`"${key}": `);
    for (const line of text.split("\n")) expect(line).not.toMatch(/undefined|\s$/);
  });

  test("leaves what is there as it is", async () => {
    writeFileSync(join(folder, file), "mine");
    const { code, stderr } = await cli("init", name);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: ${file} is there already, and is left as it is; name another with --out\n`,
    );
    expect(read(file)).toBe("mine");
  });
});

test("uncommenting a line sets it, first, middle or last", async () => {
  const { stdout } = await cli("init", "grid", "--out", "-");
  const keys = ["seed", "from", "until", "cancel", "instrument", "staleAfter", "drawdownMax"];
  const text = stdout.replace(
    new RegExp(`^( *)// ("(?:${keys.join("|")})": .*)$`, "gm"),
    (_line, indent: string, setting: string) => `${indent}${setting}`,
  );
  const { value } = parseJsonText(text) as { value: Record<string, Record<string, unknown>> };
  expect(value.until).toBe("2026-01-31T12:00:00Z");
  expect(value.strategy?.instrument).toBe("alpha");
  expect(value.risk).toEqual({ staleAfter: "250ms", drawdownMax: "0.25" });
});

test("standard output takes the config alone", async () => {
  const { stdout, stderr } = await cli("init", "market-maker", "--out", "-");
  expect(stderr).toBe("");
  expect(stdout.startsWith("// market-maker: ")).toBe(true);
  expect(existsSync(join(folder, "-"))).toBe(false);
});

test("another data set takes the sample's place, and what does not fit it is told", async () => {
  const { code } = await cli("init", "grid", "--dataset", "sample-beta", "--out", "beta.jsonc");
  expect(code).toBe(0);
  expect(read("beta.jsonc")).toContain('"dataset": "sample-beta"');
  const { stderr } = await cli("init", "hedge", "--dataset", "sample-beta", "--out", "x.jsonc");
  expect(stderr).toContain("hedge trades 2 instruments (rhs-alpha, rhs-beta)");
  expect((await cli("init", "grid", "--dataset", "nowhere", "--out", "x.jsonc")).code).toBe(3);
  expect(existsSync(join(folder, "x.jsonc"))).toBe(false);
});

test("no name lists the strategies; a wrong one is told the nearest", async () => {
  const { stdout } = await cli("init");
  for (const { name, summary } of await houseKits()) {
    expect(stdout).toMatch(new RegExp(`^${name} +${summary.slice(0, 20)}`, "m"));
  }
  const { code, stderr } = await cli("init", "gird");
  expect(code).toBe(2);
  expect(stderr).toContain('there is no strategy "gird", did you mean "grid"?');
});
