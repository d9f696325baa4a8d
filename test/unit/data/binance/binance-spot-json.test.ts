// Hand-written JSON documents of Binance messages: where the snapshot falls, how documents merge, what is refused.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importBinanceSpotJson } from "../../../../src/data/binance/binance-spot-json.ts";
import { DataError } from "../../../../src/data/data-error.ts";
import type { ImportResult } from "../../../../src/data/importing/import-options.ts";
import { openTape } from "../../../../src/data/tapes/tape-reader.ts";
import type { InstrumentSpec } from "../../../../src/domain/instrument.ts";
import { META_KIND, META_LOCAL_ONLY } from "../../../../src/domain/tape.ts";

const instrument: InstrumentSpec = {
  venueName: "binance-spot",
  symbol: "ABCXYZ",
  contract: "spot",
  base: "ABC",
  quote: "XYZ",
  tickSize: "0.000001",
  lotSize: "0.001",
  contractSize: "1",
};
const MS = 1_604_221_200_000;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spot-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Written as Python does it, with a space after each colon and comma. */
function document(name: string, value: unknown): string {
  const path = join(folder, name);
  const text = JSON.stringify(value, null, 1).replaceAll(/\n */g, " ");
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}

const update = (at: number, U: number, u: number, b: readonly (readonly string[])[] = []) => ({
  ...{ e: "depthUpdate", E: MS + at, s: "ABCXYZ", U, u, b, a: [] },
});
const print = (at: number, id: number) => ({
  ...{ e: "aggTrade", E: MS + at, s: "ABCXYZ", a: id, p: "0.02818200", q: "2.02000000" },
  ...{ f: id, l: id, T: MS + at - 2, m: true, M: true },
});
const SNAPSHOT = { lastUpdateId: 12, bids: [["0.02818100", "7.66600000"]], asks: [] };

async function run(...files: readonly string[]): Promise<ImportResult> {
  return await importBinanceSpotJson({ files, out: join(folder, "out.arrow"), instrument });
}

/** Rows of the venue's view: kind, ticks, lots, and venue and received time in ms after the start. */
function rows(): string[] {
  const tape = openTape(join(folder, "out.arrow"));
  const found: string[] = [];
  for (let index = 0; index < tape.batchCount; index += 1) {
    const batch = tape.batch(index);
    for (let row = 0; row < batch.rows; row += 1) {
      const meta = batch.meta[row] as number;
      if ((meta & META_LOCAL_ONLY) !== 0) continue;
      const times = [batch.venueAt[row], batch.receivedAt[row]];
      const [venue, received] = times.map((time) => (time as number) / 1_000 - MS);
      const row3 = `${"DTCGMFU"[meta & META_KIND]} ${batch.price[row]} ${batch.size[row]}`;
      found.push(`${row3} @${venue} ${received}`);
    }
  }
  tape.close();
  return found;
}

test("puts the snapshot behind the diffs it holds, and prints before a diff of the same time", async () => {
  const { report, header } = await run(
    document("snapshot.json", SNAPSHOT),
    document("update.json", [
      update(0, 1, 9),
      update(1_000, 10, 14, [["0.02818200", "1.000"]]),
      update(2_000, 15, 16, [["0.02818200", "0.00000000"]]),
    ]),
    document("trades.json.gz", [print(1_002, 1), print(2_000, 2)]),
  );
  expect(rows()).toEqual([
    "C 0 0 @0 1",
    "D 28181 7666 @0 1",
    "D 28182 1000 @1000 1001",
    "T 28182 2020 @1000 1003",
    "T 28182 2020 @1998 2001",
    "D 28182 0 @2000 2001",
  ]);
  expect(report.clock).toBe("the venue's only; received times are the time sent (E) plus 1 ms");
  expect(header.sources.map(({ file }) => file)).toEqual([
    "snapshot.json",
    "update.json",
    "trades.json.gz",
  ]);
});

test("imports prints alone, leaving out a snapshot no diff reaches", async () => {
  const { report } = await run(document("s.json", SNAPSHOT), document("t.json", [print(5, 1)]));
  expect(rows()).toEqual(["T 28182 2020 @3 6"]);
  const what = "snapshots left out, no diff reaching them";
  expect(report.counted).toContainEqual({ what, count: 1 });
});

test("refuses damaged documents, naming file and entry, and leaves no tape", async () => {
  const back = document("t.json", [print(5, 1), print(4, 2)]);
  await expect(run(back)).rejects.toThrow(/t\.json:2: expected a time E of at least/);
  const cut = document("t.json", [print(5, 1)]);
  writeFileSync(cut, '[{"e": "aggTrade", "E": 1604221200000, "p": "0.02');
  await expect(run(cut)).rejects.toThrow(/t\.json:1: expected a Binance message in JSON/);
  const off = document("t.json", [print(5, 1), { ...print(6, 2), p: "0.0281825" }]);
  await expect(run(off)).rejects.toThrow(
    "t.json:2: expected a multiple of 0.000001, was 0.0281825",
  );
  const csv = document("t.json", "a,b,c");
  await expect(run(csv)).rejects.toThrow(DataError);
  const packed = document("t.json.gz", [print(5, 1)]);
  writeFileSync(packed, gzipSync("[]").subarray(0, 12));
  await expect(run(packed)).rejects.toThrow("expected a file that is readable to its end");
  expect(readdirSync(folder).sort()).toEqual(["t.json", "t.json.gz"]);
});
