// `rehearse incident` as a person uses it: import, show, shrink, keep, replay; and what it says when it cannot.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { LOG_FORMATS } from "../../../src/incident/formats.ts";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";
import { SAMPLES } from "../../support/incident-samples.ts";

const logs = join(import.meta.dirname, "../../support/incident-logs");
const folder = mkdtempSync(join(tmpdir(), "rehearse-incident-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = (...words: string[]) => runCaptured(["incident", ...words], new CapturedIo(folder));
const LOG = "extended_SOL_hedge_mode_log.txt";
const TABLE = "extended_SOL_hedge_mode_trades.csv";
for (const name of [LOG, TABLE]) copyFileSync(join(logs, name), join(folder, name));
const INCIDENT = "extended_SOL_hedge_mode_log.incident.json";

describe("from a log to a scenario", () => {
  test("import says what became of the lines, of times and secrets, and what is broken", async () => {
    const { code, stdout, stderr } = await cli("import", LOG, TABLE, "--format", "hedge-ext");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("times: +08:00 (aligned to the table's fills)");
    expect(stdout).toContain("secrets: 2 values taken out, kept nowhere");
    expect(stdout).toContain("EXTENDED_API_KEY=[redacted]");
    expect(stdout).toMatch(/2\. B1 belief-against-fills on extended, 2025-10-23T04:01:24\.414000Z/);
    expect(stdout).toContain(`57 events in ${INCIDENT}`);
    expect(readFileSync(join(folder, INCIDENT), "utf8")).not.toContain("4f1bd2aa90c7e5");
  });

  test("show prints the timeline, and what is broken below the line that broke it", async () => {
    const { code, stdout } = await cli("show", INCIDENT);
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    const at = lines.findIndex((line) => line.includes("▲ B1 belief-against-fills"));
    expect(lines[at - 1]).toContain("belief");
    expect(lines[at - 1]).toContain(`${LOG}:56`);
    const json = await cli("show", INCIDENT, "--json");
    expect(JSON.parse(json.stdout).broken).toHaveLength(5);
  });

  test("shrink cuts it to three events", async () => {
    const { code, stdout } = await cli("shrink", INCIDENT, "--broken", "2", "--out", "small.json");
    expect(code).toBe(0);
    expect(stdout).toMatch(/57 events cut to 3 in \d+ tries: small\.json/);
  });

  test("keep writes a scenario of less than 4 KiB, and nothing over another", async () => {
    const { code, stdout } = await cli("keep", "small.json", "partial-not-booked");
    expect(code).toBe(0);
    expect(stdout).toContain("wrote incidents/partial-not-booked.json");
    expect(statSync(join(folder, "incidents/partial-not-booked.json")).size).toBeLessThan(4_096);
    const again = await cli("keep", "small.json", "partial-not-booked");
    expect([again.code, again.stderr]).toEqual([
      2,
      "error: incidents/partial-not-booked.json is there already, and is left as it is; choose another name\n",
    ]);
  });

  test("replay plays it against the bot of a config, whose promises it keeps", async () => {
    const words = ["replay", "incidents/partial-not-booked.json", "--bot"];
    const bot = join(import.meta.dirname, "../../../examples/fuzz/hedge.json");
    const { code, stdout, stderr } = await cli(...words, bot);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^kept {2}partial-not-booked: \d+ orders/);
    expect(code).toBe(0);
    const json = await cli(...words, bot, "--json");
    expect(JSON.parse(json.stdout)[0].broken).toEqual([]);
  });
});

test.each(["grid", "macd", "market-maker"])(
  "a %s bot plays a scenario of one leg",
  async (name) => {
    const bot = join(import.meta.dirname, `../../../examples/fuzz/${name}.json`);
    const words = ["replay", "incidents/partial-not-booked.json", "--json", "--bot", bot];
    const { code, stdout, stderr } = await cli(...words);
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)[0]).toMatchObject({ broken: [], events: expect.any(Number) });
  },
);

describe.each(LOG_FORMATS.map(({ name }) => name))("--format %s", (format) => {
  test("imports a log of its own forms, every line recognised, and shows it", async () => {
    const lines = (SAMPLES[format] ?? []).map(([line]) => line);
    writeFileSync(join(folder, `${format}.log`), `${lines.join("\n")}\n`);
    const words = ["--format", format, "--json", "--zone", "UTC"];
    const { code, stdout } = await cli("import", `${format}.log`, ...words);
    const told = JSON.parse(stdout);
    expect([code, told.files[0].recognised, told.files[0].unknown]).toEqual([0, lines.length, 0]);
    const shown = await cli("show", `${format}.incident.json`);
    expect([shown.code, shown.stderr]).toEqual([0, ""]);
  });
});

describe("says so in one sentence", () => {
  test.each([
    [["import", "nothing.log", "--format", "macd"], 3, /nothing\.log: expected a readable file/],
    [["import", LOG, "--format", "hedge-exd"], 2, /no format "hedge-exd".*hedge-ext/],
    [["import", LOG, "--format", "grid-wal"], 3, /expected lines of the format grid-wal/],
    [["import", LOG, "--format", "hedge-ext", "--zone", "Mars"], 3, /expected a time zone/],
    [["show", LOG], 3, /expected what `rehearse incident import` writes, and it is no JSON/],
    [["show", "incidents/partial-not-booked.json"], 3, /expected what `rehearse incident import`/],
    [["shrink", INCIDENT, "--broken", "9"], 2, /--broken: expected a number from 1 to 5, was "9"/],
    [["keep", INCIDENT, "Not A Name"], 2, /expected a name of small letters/],
    [["keep", INCIDENT, "x", "--tick", "0"], 2, /--tick: expected a decimal above 0/],
    [["replay", INCIDENT, "--bot", "none.json"], 2, /cannot read none\.json/],
  ])("%j", async (words, code, message) => {
    const run = await cli(...words);
    expect([run.code, run.stdout]).toEqual([code, ""]);
    expect(run.stderr).toMatch(message);
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
  });
});
