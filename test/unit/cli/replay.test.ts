// `rehearse replay` as a user meets it: a kept journal done again, a config that is another one, and files that are no journal.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

const root = resolve(import.meta.dirname, "../../..");
const example = join(root, "examples/grid-sample.json");
const folder = mkdtempSync(join(tmpdir(), "rehearse-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...words: string[]) => runCaptured(words, new CapturedIo(root));
const at = (name: string): string => join(folder, name);
await run(
  ...["backtest", example, "--no-band", "--quiet"],
  ...["--out", at("r.json"), "--journal", at("r.journal")],
);

test("a result with its journal is done again, to the last event", async () => {
  const { code, stdout } = await run("replay", at("r.json"), "--json");
  expect(code).toBe(0);
  const told = JSON.parse(stdout);
  const { events } = JSON.parse(readFileSync(at("r.json"), "utf8"));
  // The result counts what came from outside; so does the replay.
  expect(told).toMatchObject({ equal: true, events });
});

test("stopped at a time or an entry, it tells what was believed there", async () => {
  const { stdout } = await run("replay", at("r.json"), "--until", "2024-01-01T07:50:00Z");
  expect(stdout).toMatch(/stopped before entry \d+, 2024-01-01T07:50/);
  expect(stdout).toMatch(/position -?\d+\.\d+, book \d+\.\d \/ \d+\.\d, \d+ open/);
  const { code, stderr } = await run("replay", at("r.json"), "--until", "noon");
  expect(code).toBe(2);
  expect(stderr).toContain("--until: expected an entry's number or a time");
});

test("step by step, it prints the journal's own entries", async () => {
  const { stdout } = await run("replay", at("r.json"), "--step", "--until", "6");
  const lines = stdout.split("\n").filter((line) => /^\s*\d+ (event|command|note)/.test(line));
  const numbers = lines.map((line) => Number(line.trim().split(" ")[0]));
  // What followed from the last event before the sixth entry is shown with it.
  expect(numbers).toEqual(numbers.map((_, index) => index));
  expect(numbers.length).toBeGreaterThanOrEqual(6);
});

test("with another config the first difference has both sides, its cause and the belief around it", async () => {
  const changed = readFileSync(example, "utf8").replace(
    '"levelSize": "0.01"',
    '"levelSize": "0.02"',
  );
  writeFileSync(at("changed.json"), changed);
  const words = ["replay", at("r.journal"), "--config", at("changed.json"), "--json"];
  const { code, stdout } = await run(...words);
  expect(code).toBe(4);
  const { divergence } = JSON.parse(stdout);
  expect(divergence.recorded).toContain("PlaceOrder");
  expect(divergence.recorded).toContain("size=10");
  expect(divergence.replayed).toContain("size=20");
  expect(divergence.chain.at(-1)).toContain("BookChanged");
  expect(divergence.before.length).toBeGreaterThan(2);
});

test.each([
  ["a journal without its config", ["r.journal"], "--config <file>", 2],
  ["a file that is none", ["changed.json"], "is no result", 2],
  ["a file that is not there", ["gone"], "cannot read", 2],
])("%s is one line that says what to do", async (_, [file = ""], text, code) => {
  writeFileSync(at("changed.json"), "{}");
  const ended = await run("replay", at(file));
  expect(ended.stderr).toContain(text);
  expect(ended.code).toBe(code);
});

test("a journal changed on disk is refused with the place", async () => {
  const bytes = readFileSync(at("r.journal"));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
  writeFileSync(at("bad.journal"), bytes);
  const { code, stderr } = await run("replay", at("bad.journal"), "--config", example);
  expect(code).toBe(3);
  expect(stderr).toMatch(/cannot be read: .*at byte \d+/);
});
