// `rehearse compare` on runs whose difference is known: by construction, and by the identity that the parts are the whole.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Decimal } from "decimal.js";
import { afterAll, describe, expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

const root = resolve(import.meta.dirname, "../../..");
const example = join(root, "examples/grid-sample.json");
const folder = mkdtempSync(join(tmpdir(), "rehearse-compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...words: string[]) => runCaptured(words, new CapturedIo(root));
const at = (name: string): string => join(folder, name);

/** Runs the example with some keys changed; the result is in `name`. */
async function resultOf(name: string, change: (config: Config) => void): Promise<string> {
  const config = JSON.parse(readFileSync(example, "utf8")) as Config;
  change(config);
  writeFileSync(at(`${name}.config`), JSON.stringify(config));
  const words = ["backtest", at(`${name}.config`), "--no-band", "--quiet", "--out", at(name)];
  expect((await run(...words)).code).toBe(0);
  return at(name);
}
type Config = {
  venues: Record<string, unknown>[];
  strategy: Record<string, unknown>;
  fillModel?: string;
  seed?: string;
};

const plain = await resultOf("plain.json", () => undefined);
const dear = await resultOf("dear.json", ({ venues }) => {
  for (const venue of venues) venue.fees = { makerBps: "1", takerBps: "4.5" };
});
const much = await resultOf("much.json", (config) => {
  config.fillModel = "pessimistic";
  config.strategy.levelSize = "0.012";
  for (const venue of config.venues) {
    const slow = { place: "40ms", cancel: "40ms", amend: "40ms", response: "25ms" };
    Object.assign(venue, { latency: slow, fees: { makerBps: "1", takerBps: "4.5" } });
  }
});

async function compared(left: string, right: string) {
  const { code, stdout } = await run("compare", left, right, "--json", "--quiet");
  expect(code).toBe(0);
  return JSON.parse(stdout) as {
    net: [string, string];
    difference: string;
    steps: { aspect: string; gain: string | null }[];
    orders: { equal: number; otherwise: unknown[]; leftOnly: string[]; rightOnly: string[] };
    first?: { where: string };
  };
}

describe("two results", () => {
  test("that are one run differ in nothing", async () => {
    const { difference, steps, orders, first } = await compared(plain, plain);
    expect({ difference, steps, first }).toEqual({ difference: "0", steps: [], first: undefined });
    expect(orders).toMatchObject({ otherwise: [], leftOnly: [], rightOnly: [] });
    expect(orders.equal).toBeGreaterThan(400);
  });

  test("that differ in fees alone trade alike, and differ by one basis point of the turnover", async () => {
    const { difference, steps, orders } = await compared(plain, dear);
    expect(steps.map(({ aspect }) => aspect)).toEqual(["fees"]);
    expect(steps[0]?.gain).toBe(difference);
    const { summary } = JSON.parse(readFileSync(plain, "utf8"));
    // All fills of this run are a maker's.
    expect(Number(difference)).toBeCloseTo(-Number(summary.turnover) / 10_000, 4);
    expect(orders).toMatchObject({ otherwise: [], leftOnly: [], rightOnly: [] });
  });

  test("that differ in much: the parts are the whole, each once and in order", async () => {
    const { net, difference, steps } = await compared(plain, much);
    expect(steps.map(({ aspect }) => aspect)).toEqual(["latency", "queue", "fees", "parameters"]);
    const sum = steps.reduce((total, { gain }) => total + Number(gain), 0);
    expect(sum).toBeCloseTo(Number(difference), 6);
    expect(Number(difference)).toBeCloseTo(Number(net[1]) - Number(net[0]), 6);
  });

  test("the other way round differ by the same, the other way", async () => {
    const there = await compared(plain, dear);
    const back = await compared(dear, plain);
    expect(Number(back.difference)).toBeCloseTo(-Number(there.difference), 9);
  });

  test("stand on one page, with the text of both", async () => {
    const page = at("page.html");
    const { code } = await run("compare", plain, much, "--quiet", "--report", page);
    expect(code).toBe(0);
    const text = readFileSync(page, "utf8");
    for (const part of ["plain.json", "much.json", "Where they part first", "latency"]) {
      expect(text).toContain(part);
    }
  });
});

/** Runs the changed example and keeps nothing of it but its journal, as a live session leaves it. */
async function journalOf(name: string, change: (config: Config) => void): Promise<string> {
  const config = JSON.parse(readFileSync(example, "utf8")) as Config;
  change(config);
  writeFileSync(at(`${name}.config`), JSON.stringify(config));
  const words = ["backtest", at(`${name}.config`), "--no-band", "--quiet", "--journal", at(name)];
  expect((await run(...words)).code).toBe(0);
  rmSync(at(`${name}.config`));
  return at(name);
}

type Told = {
  difference: string;
  sameBot: { same: boolean };
  steps: { cause: string; gain: string }[];
  orders: { byId: number; equal: number; otherwise: string[] };
};

async function toldOf(left: string, right: string): Promise<Told> {
  const { code, stdout } = await run("compare", left, right, "--json", "--quiet");
  expect(code).toBe(0);
  const told = JSON.parse(stdout) as Told;
  const sum = Decimal.sum(...told.steps.map(({ gain }) => gain));
  expect(sum.toFixed()).toBe(told.difference);
  return told;
}

describe("a result and a journal that stands alone", () => {
  const costs = journalOf("costs.journal", ({ venues }) => {
    for (const venue of venues) venue.fees = { makerBps: "1", takerBps: "4.5" };
  });
  const jittered = journalOf("jittered.journal", (config) => {
    config.fillModel = "pessimistic";
    for (const venue of config.venues) {
      const spread = { min: "8ms", max: "60ms" };
      Object.assign(venue, { latency: { place: spread, cancel: spread, response: spread } });
      venue.fees = { makerBps: "0.2", takerBps: "4.5" };
    }
  });

  test("that differ in fees alone: every order is matched by its id, and all money is in the fees", async () => {
    const { difference, sameBot, steps, orders } = await toldOf(plain, await costs);
    expect(sameBot.same).toBe(true);
    const { summary } = JSON.parse(readFileSync(plain, "utf8"));
    expect(orders).toMatchObject({ byId: summary.orders.placed, otherwise: [] });
    const moved = steps.filter(({ gain }) => gain !== "0");
    expect(moved).toEqual([{ cause: "fees", gain: difference }]);
  });

  test("of a venue that was slow, dear and hard to fill at: the causes sum to the gap, to the last digit", async () => {
    const { sameBot, steps, orders } = await toldOf(plain, await jittered);
    expect(sameBot.same).toBe(true);
    const gain = (cause: string): number =>
      Number(steps.find((step) => step.cause === cause)?.gain);
    for (const cause of ["queue", "fees"]) expect(gain(cause), cause).toBeLessThan(0);
    for (const cause of ["data", "rounding", "parameters", "residual"]) {
      expect(gain(cause), cause).toBe(0);
    }
    expect(orders.equal).toBeGreaterThan(100);
  });

  test("of another mind: the result's bot, hearing the same, does otherwise", async () => {
    const bold = await journalOf("bold.journal", ({ strategy }) => {
      strategy.levelSize = "0.012";
    });
    const { sameBot, steps } = await toldOf(plain, bold);
    expect(sameBot.same).toBe(false);
    expect(steps.find(({ cause }) => cause === "parameters")?.gain).not.toBe("0");
  });

  test("stand on one page, and two journals do without any result", async () => {
    const page = at("journal.html");
    const words = ["compare", await costs, await jittered, "--quiet", "--report", page];
    const { code, stdout } = await run(...words);
    expect(code).toBe(0);
    expect(stdout).toContain("the journals name two configs");
    expect(readFileSync(page, "utf8")).toContain("How the venue was met");
  });

  test("of other instruments is one line", async () => {
    const other = join(root, "examples/hedge-sample.json");
    const words = ["backtest", other, "--no-band", "--quiet", "--journal", at("hedge.journal")];
    expect((await run(...words)).code).toBe(0);
    const { code, stderr } = await run("compare", plain, at("hedge.journal"), "--quiet");
    expect(code).toBe(2);
    expect(stderr).toContain("expected two runs of the same instruments");
  });
});

test("a file that is no result is one line", async () => {
  const { code, stderr } = await run("compare", plain, example);
  expect(code).toBe(2);
  expect(stderr).toContain("is no result");
});
