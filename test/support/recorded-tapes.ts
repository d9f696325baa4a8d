// The real recordings as tapes: imported by the product's own importers into a temporary folder, each once a process
// and only when it is asked for. Whoever makes one closes it: the folder goes then. Nothing of a recording is kept.

import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import type { Recording } from "../../sim/scenario/scenario.ts";
import { openBars } from "../../src/data/bars/bars-file.ts";
import { importBinanceRaw } from "../../src/data/binance/binance-raw.ts";
import { importCandles } from "../../src/data/candles/candles-import.ts";
import { importCsv } from "../../src/data/csv/csv-generic.ts";
import { csvPresets } from "../../src/data/csv/csv-generic-mapping.ts";
import { importHyperliquid } from "../../src/data/hyperliquid/hyperliquid.ts";
import { importLighter } from "../../src/data/lighter/lighter.ts";
import { importLobsterTape } from "../../src/data/lobster/lobster.ts";
import { openOrderTape } from "../../src/data/tapes/order-tape-reader.ts";
import { openTape } from "../../src/data/tapes/tape-reader.ts";
import { assert } from "../../src/domain/assert.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import { recordings } from "./recordings.ts";

/** Rows of the StandX day that are replayed, about 7 of its 24 hours: they hold every habit of that feed. */
const STANDX_BYTES = 16_000_000;

/** What candles cannot say and a run must be told. */
export const CANDLE_SPREAD_TICKS = 5;

type Importer = (out: string, scratch: string) => Promise<unknown>;

/** Symbols are those the messages carry: importers choose by them. */
const perpetual = (venueName: string, symbol: string, grid: readonly [string, string]) => ({
  venueName,
  symbol,
  contract: "linear" as const,
  base: symbol.slice(0, 3),
  quote: "USD",
  tickSize: grid[0],
  lotSize: grid[1],
  contractSize: "1",
});

const file = (path: string): string => join(recordings ?? "", path);

function binance(base: "BTC" | "ETH", tick: string): Importer {
  const name = `binance-usdm-btc-eth-raw-20240808/${base.toLowerCase()}usdt_20240808.gz`;
  const instrument = perpetual("binance-usdm", `${base}USDT`, [tick, "0.001"]);
  return (out) => importBinanceRaw({ files: [file(name)], out, instrument });
}

function hyperliquid(base: "BTC" | "ETH"): Importer {
  const name = `hyperliquid-btc-eth-ws-shaped-20250904/${base}_20250904.jsonl.gz`;
  const {
    tickSize: _tick,
    lotSize: _lot,
    ...instrument
  } = perpetual("hyperliquid", base, ["", ""]);
  return (out) => importHyperliquid({ files: [file(name)], out, instrument });
}

const lighter: Importer = (out) => {
  const name = "lighter-btc-ws-20251210/lighter_mainnet_order_book_place_cancel_btc.json";
  const instrument = perpetual("lighter", "BTC", ["0.1", "0.00001"]);
  return importLighter({ files: [file(name)], out, instrument });
};

const standx: Importer = async (out, scratch) => {
  const cut = join(scratch, "standx-cut.csv");
  const name = "standx-btc-perp-l2-deltas-202601/standx_btc_2026-01-06.csv.gz";
  writeFileSync(cut, await wholeMessages(file(name), STANDX_BYTES));
  const instrument = perpetual("standx", "BTC", ["0.01", "0.0001"]);
  await importCsv({ files: [cut], mappings: csvPresets.standx, out, instrument });
};

const deepBook: Importer = (out) => {
  const folder = "binance-usdm-btc-deep-book-20260216";
  const files = ["book_deltas", "trades"].map((kind) =>
    file(`${folder}/${kind}_btc_fut_2026-02-16_04.csv.gz`),
  );
  const instrument = perpetual("binance-usdm", "BTCUSDT", ["0.1", "0.001"]);
  return importCsv({ files, mappings: csvPresets["deep-book"], out, instrument });
};

const lobster: Importer = (out) => {
  const path = (kind: string): string =>
    file(`nasdaq-lobster-amzn-aapl-20120621/AMZN_2012-06-21_34200000_57600000_${kind}_5.csv.gz`);
  const options = { bookFile: path("orderbook"), utcOffsetMinutes: -240 };
  return importLobsterTape(path("message"), out, options);
};

/** The file the candles test recomputes its fills from. */
export const candleFile = file("binance-spot-candles-2024/BTC_USDT-5m.csv.gz");

const candles: Importer = (out) => {
  // As a linear contract, so that a script may sell first.
  const instrument = perpetual("binance-spot", "BTCUSDT", ["0.01", "0.000001"]);
  return importCandles({ file: candleFile, out, instrument });
};

/** Every recording whole runs are made over, by name; what each is stands in the recordings' own README. */
const importers = {
  "binance-btc": ["levels", binance("BTC", "0.1")],
  "binance-eth": ["levels", binance("ETH", "0.01")],
  "hyperliquid-btc": ["levels", hyperliquid("BTC")],
  "hyperliquid-eth": ["levels", hyperliquid("ETH")],
  "lighter-btc": ["levels", lighter],
  "standx-btc": ["levels", standx],
  "deep-book-btc": ["levels", deepBook],
  "lobster-amzn": ["orders", lobster],
  "candles-btc": ["bars", candles],
} as const satisfies Readonly<Record<string, readonly [Recording["kind"], Importer]>>;

export type RecordedName = keyof typeof importers;

export type RecordedTape = Readonly<{ spec: InstrumentSpec; recording: Recording }>;

export class RecordedTapes {
  #folder: string | undefined;
  readonly #opened = new Map<RecordedName, RecordedTape>();
  readonly #closers: (() => void)[] = [];

  /** The recording, imported now if it was not before. */
  async open(name: RecordedName): Promise<RecordedTape> {
    const before = this.#opened.get(name);
    if (before !== undefined) return before;
    assert(
      recordings !== undefined,
      "the recordings folder is there: skip the suite when it is not",
    );
    this.#folder ??= mkdtempSync(join(tmpdir(), "rehearse-recorded-"));
    const [kind, importer] = importers[name];
    const out = join(this.#folder, `${name}.arrow`);
    await importer(out, this.#folder);
    const opened = this.#openFile(kind, out);
    this.#opened.set(name, opened);
    return opened;
  }

  close(): void {
    for (const close of this.#closers.splice(0)) close();
    this.#opened.clear();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  #openFile(kind: Recording["kind"], path: string): RecordedTape {
    if (kind === "bars") {
      const source = openBars(path);
      const spread = { spreadTicks: CANDLE_SPREAD_TICKS, volumeShareMaxBps: 1_000 };
      const recording = { kind, source, ...spread, arrivalGraceUs: 1_000_000 } as const;
      return { spec: source.header.instrument, recording };
    }
    const source = kind === "levels" ? openTape(path) : openOrderTape(path);
    this.#closers.push(() => source.close());
    return { spec: source.header.instrument, recording: { kind, source } as Recording };
  }
}

/** The first `bytes` or so of a gzipped CSV, cut where a message ends: rows of one message share both their times. */
async function wholeMessages(path: string, bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path).pipe(createGunzip())) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= bytes) break;
  }
  const lines = Buffer.concat(chunks).toString("utf8").split("\n");
  lines.pop();
  const times = (line: string | undefined): string => (line ?? "").split(",", 2).join();
  const last = times(lines.at(-1));
  while (times(lines.at(-1)) === last) lines.pop();
  return `${lines.join("\n")}\n`;
}
