// Laws of the importers of book levels: what was recorded is what is replayed, message by message.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { importCsv } from "../../src/data/csv/csv-generic.ts";
import { csvPresets } from "../../src/data/csv/csv-generic-mapping.ts";
import { importHyperliquid } from "../../src/data/hyperliquid/hyperliquid.ts";
import { openTape } from "../../src/data/tapes/tape-reader.ts";
import { naiveReplay } from "../support/naive-replay.ts";

const folder = mkdtempSync(join(tmpdir(), "level-importers-"));
const [file, out] = [join(folder, "in.txt"), join(folder, "out.arrow")];
const instrument = {
  venueName: "test",
  symbol: "ABC",
  contract: "linear",
  base: "ABC",
  quote: "USD",
  tickSize: "0.01",
  lotSize: "0.001",
  contractSize: "1",
} as const;
/** Writing files is slow; two hundred short recordings take a second. */
const RUNS = { numRuns: 200 };

/** A side as sizes by price; prices of bids and asks may meet: locked and crossed books must pass too. */
const side = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 90, max: 110 }), fc.integer({ min: 1, max: 9_999 })), {
    selector: ([price]) => price,
    maxLength: 6,
  })
  .map((levels) => new Map(levels));
const books = fc.array(fc.tuple(side, side), { minLength: 1, maxLength: 8 });
const START_MS = 1_700_000_000_000;

const ticks = (price: number) => (price / 100).toFixed(2);
const lots = (size: number) => (size / 1_000).toFixed(3);
const sorted = (levels: ReadonlyMap<number, number>) => [...levels].sort((a, b) => a[0] - b[0]);

/** The book after each message that changed it. */
function replayed(): unknown[] {
  const seen: unknown[] = [];
  const tape = openTape(out);
  naiveReplay(tape, ({ bids, asks, bookChanged }) => {
    if (bookChanged) seen.push([sorted(bids), sorted(asks)]);
  });
  tape.close();
  return seen;
}

/** Books without those that equal the one before them: they leave no row. */
function changes(all: readonly (readonly [Map<number, number>, Map<number, number>])[]): unknown[] {
  const told = all.map(([bids, asks]) => [sorted(bids), sorted(asks)]);
  return told.filter(
    (book, index) => index === 0 || JSON.stringify(book) !== JSON.stringify(told[index - 1]),
  );
}

test("whole Hyperliquid books, written as changes, replay to the same books", async () => {
  await fc.assert(
    fc.asyncProperty(books, async (all) => {
      const lines = all.map(([bids, asks], index) => {
        const time = START_MS + index * 500;
        const levels = [bids, asks].map((one) =>
          [...one].map(([price, size]) => ({ px: ticks(price), sz: lots(size), n: 1 })),
        );
        const data = { coin: "ABC", time, levels };
        return `${(time + 300) * 1e6} ${JSON.stringify({ channel: "l2Book", data })}`;
      });
      writeFileSync(file, lines.join("\n"));
      await importHyperliquid({ files: [file], out, instrument });
      expect(replayed()).toEqual(changes(all));
    }),
    RUNS,
  );
});

test("csv changes replay to the books they were made from", async () => {
  await fc.assert(
    fc.asyncProperty(books, async (all) => {
      const rows = ["recv_ts_us,exch_ts_ms,type,side,price,size"];
      let before: readonly Map<number, number>[] = [new Map(), new Map()];
      all.forEach((sides, index) => {
        const time = START_MS + index * 500;
        const row = (type: string, way: number, price: number, size: number) =>
          `${time}300,${time},${type},${way === 0 ? "bid" : "ask"},${ticks(price)},${lots(size)}`;
        sides.forEach((levels, way) => {
          const old = before[way] as Map<number, number>;
          for (const price of old.keys()) {
            if (index > 0 && !levels.has(price)) rows.push(row("update", way, price, 0));
          }
          for (const [price, size] of levels) {
            if (old.get(price) !== size) {
              rows.push(row(index === 0 ? "snapshot" : "update", way, price, size));
            }
          }
        });
        before = sides;
      });
      // A file without a level at the start has no snapshot to begin with.
      fc.pre(rows[1]?.includes("snapshot") === true);
      writeFileSync(file, rows.join("\n"));
      await importCsv({ files: [file], mappings: csvPresets.standx, out, instrument });
      expect(replayed()).toEqual(changes(all));
    }),
    RUNS,
  );
});
