// Files to one timeline: every line accounted for, duplicates dropped, secrets kept nowhere, bad input refused once.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { LOG_FORMATS } from "../../../src/incident/formats.ts";
import { importLogs } from "../../../src/incident/import-logs.ts";
import { SECRET_NAMES } from "../../../src/incident/redact.ts";
import { incidentSchema } from "../../../src/incident/timeline.ts";
import { SAMPLES } from "../../support/incident-samples.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-incident-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function imported(
  format: string,
  texts: Readonly<Record<string, string>>,
  zone?: string,
): ReturnType<typeof importLogs> {
  const found = LOG_FORMATS.find(({ name }) => name === format);
  if (found === undefined) throw new Error(`there is a format ${format}`);
  const files = Object.entries(texts).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return { name, path };
  });
  return importLogs({ format: found, files, zone });
}

const ext = (time: string, message: string): string =>
  `2025-10-23 ${time} - hedge_bot_SOL - INFO - ${message}\n`;

describe.each(LOG_FORMATS)("$name", ({ name }) => {
  const lines = (SAMPLES[name] ?? []).map(([line]) => line);

  test("whatever stands between its lines, every line is accounted for", async () => {
    const garbage = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json());
    const line = fc.oneof(garbage, fc.constantFrom(...lines));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (told) => {
        const text = `${[lines[0], ...told].join("\n")}\n`;
        const { files, incident } = await imported(name, { "any.log": text });
        const [file] = files;
        if (file === undefined) throw new Error("a file is accounted for");
        expect(file.recognised + file.unknown + file.continuation).toBe(file.lines);
        expect(file.lines).toBe(text.split("\n").length - 1);
        expect(incidentSchema.parse(incident)).toEqual(incident);
      }),
      { numRuns: 40 },
    );
  });

  test("no planted secret is in what is kept or shown", async () => {
    const secret = (index: number): string => `planted-${index}-${"k".repeat(20)}`;
    const planted = SECRET_NAMES.flatMap((each, index) => [
      `${each}=${secret(index)}`,
      `${lines[0]} ${each}: "${secret(index)}"`,
      `failed with ${secret(index)}`,
    ]);
    const text = [...lines, ...planted].join("\n");
    const { secrets, ...rest } = await imported(name, { "secret.log": text });
    expect(secrets).toBeGreaterThanOrEqual(3 * SECRET_NAMES.length);
    expect(JSON.stringify(rest)).not.toContain("planted-");
  });
});

describe("lines", () => {
  test("tracebacks and empty lines belong to the record before them", async () => {
    const text = `${ext("12:00:00,000", "🔄 Trading loop iteration 1")}Traceback:\n\n  File "x"\n`;
    const { files } = await imported("hedge-ext", { "multi.log": text });
    expect(files[0]).toMatchObject({ lines: 4, recognised: 1, continuation: 3, unknown: 0 });
  });

  test("forms nobody knows are counted by their shape, with their first lines", async () => {
    const odd = [1, 22, 333, 4444].map((n) => ext("12:00:00,000", `Odd order ${n} at 190.${n}`));
    const text = `${ext("12:00:00,000", "🔄 Trading loop iteration 1")}${odd.join("")}`;
    const { shapes } = await imported("hedge-ext", { "odd.log": text });
    expect(shapes).toHaveLength(1);
    expect(shapes[0]?.shape).toContain("Odd order # at #");
    expect([shapes[0]?.count, shapes[0]?.lines]).toEqual([
      4,
      ["odd.log:2", "odd.log:3", "odd.log:4"],
    ]);
  });

  test("a line that an earlier file has is told once", async () => {
    const line =
      "2025-11-08 10:00:00 - bot - ERROR - run:1 - Circuit breaker opened after 5 failures\n";
    const { incident, files } = await imported("macd", { "bot.log": line, "bot_errors.log": line });
    expect(incident.events).toHaveLength(1);
    expect(files.map(({ duplicates }) => duplicates)).toEqual([0, 1]);
  });

  test("the grid's fill that is written twice is told once; the same numbers a second later are another", async () => {
    const fill = (ts: number, extra: object): string =>
      JSON.stringify({
        ts,
        msg: JSON.stringify({ event: "fill", side: "buy", px: 1, sz: 2, oid: 3, ...extra }),
      });
    const text = [fill(10.2, {}), fill(10.9, { legacy: true }), fill(11, {})].join("\n");
    const { incident } = await imported("grid-jsonl", { "grid.log": text });
    expect(incident.events.map(({ at }) => at)).toEqual([10_200_000, 11_000_000]);
  });

  test("an entry of the write-ahead log with a wrong checksum is not believed", async () => {
    const entry = (csum: string): string =>
      `{"csum":"${csum}","data":{"position":1.5},"seq":3,"ts":1765432100250,"type":"checkpoint"}`;
    // md5 of the entry with "csum":null, as Python's hashlib has it.
    const { incident } = await imported("grid-wal", {
      "wal.log": `${entry("85ffd5dd")}\n${entry("deadbeef")}`,
    });
    expect(incident.events.map(({ what }) => what)).toEqual(["belief", "alert"]);
  });
});

describe("times", () => {
  const log = ext("12:00:01,000", "📊 Trade logged to CSV: Lighter LONG 5 @ 190.1");
  const table =
    "exchange,timestamp,side,price,quantity\nLighter,2025-10-23T04:00:01.004000+00:00,LONG,190.10,5.0\n";

  test("a table in UTC says what zone the log is in, and its rows count once", async () => {
    const { incident } = await imported("hedge-ext", { "a.txt": log, "a.csv": table });
    expect(incident.zone).toBe("+08:00");
    expect(incident.events.map(({ at, what }) => [what, at])).toEqual([
      ["booked", Date.UTC(2025, 9, 23, 4, 0, 1) * 1_000],
    ]);
  });

  test("a zone that is told is believed over the table", async () => {
    const { incident } = await imported("hedge-ext", { "a.txt": log, "a.csv": table }, "UTC");
    expect(incident.events[0]?.at).toBe(Date.UTC(2025, 9, 23, 12, 0, 1) * 1_000);
  });

  test("without either they are read as UTC, and that is said", async () => {
    const { zoneCause, incident } = await imported("hedge-ext", { "a.txt": log });
    expect([incident.zone, zoneCause]).toEqual([
      "UTC",
      "nobody said: name the bot's zone with --zone, or add its table of trades",
    ]);
  });
});

test("a file of another format is refused, with its first line's shape", async () => {
  await expect(imported("grid-jsonl", { "x.log": "hello world\n" })).rejects.toThrow(
    /x\.log: expected lines of the format grid-jsonl, was hello world; name the format/,
  );
});
