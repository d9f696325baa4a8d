// Makes the sample recordings that come with the package: a synthetic market, two venues, one file each.
// Made anew on any machine they are the same byte for byte; the manifest's sums say so, and a test holds them to it.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RowSink } from "../../sim/market/synthetic-feed.ts";
import type { SyntheticMarketConfig } from "../../sim/market/synthetic-market.ts";
import {
  generateSyntheticMarket,
  SYNTHETIC_VENUES,
  syntheticInstrument,
} from "../../sim/market/synthetic-market.ts";
import { SYNTHETIC_IMPORTER } from "../../sim/market/synthetic-tape.ts";
import { TapeWriter } from "../data/tapes/tape-writer.ts";
import type { TapeHeader } from "../domain/tape.ts";
import { META_ASK, META_KIND, META_LAST, META_SNAPSHOT } from "../domain/tape.ts";

/** One recording that was written, as the manifest describes it. */
export type SampleFile = Readonly<{
  /** Name in the manifest. */
  name: string;
  /** Path below the folder of the data sets, with forward slashes. */
  file: string;
  sha256: string;
  bytes: number;
  header: TapeHeader;
}>;

/** 2024-01-01 07:45:00 UTC: a quarter of an hour before a funding time, ten minutes after it. */
const START_US = 1_704_095_100_000_000;
const MINUTE_US = 60_000_000;

/** The market of the sample. The seed was chosen among a handful: its price rises, falls and comes back. */
export const sampleMarket: SyntheticMarketConfig = {
  seed: "sample-2",
  startUs: START_US,
  durationUs: 25 * MINUTE_US,
  startPriceTicks: 600_000,
  fundingAtUs: START_US + 15 * MINUTE_US,
  // 0.00125 %, an eighth of the usual 0.01 % for eight hours: what an hour of it costs.
  fundingRateE8: 1250,
};

/**
 * Writes `sample/<venue>.arrow` for each venue and `manifest.json` below `folder`, replacing what is there.
 * @throws what the file system throws.
 */
export function makeSample(folder: string): readonly SampleFile[] {
  mkdirSync(join(folder, "sample"), { recursive: true });
  const tapes = SYNTHETIC_VENUES.map((venue) => {
    const file = `sample/${venue}.arrow`;
    const writer = new TapeWriter(join(folder, file), {
      instrument: syntheticInstrument(venue),
      importer: SYNTHETIC_IMPORTER,
      sources: [],
    });
    return { venue, file, writer };
  });
  generateSyntheticMarket(
    sampleMarket,
    tapes.map(({ writer }) => intoTape(writer)),
  );
  const samples = tapes.map(({ venue, file, writer }) => {
    const header = writer.finish();
    const path = join(folder, file);
    const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
    return { name: `sample-${venue}`, file, sha256, bytes: statSync(path).size, header };
  });
  writeFileSync(join(folder, "manifest.json"), sampleManifest(samples));
  return samples;
}

/** Rows into a tape, a message at a time: one begins with the row after a last one. */
function intoTape(writer: TapeWriter): RowSink {
  let open = false;
  return (meta, price, size, venueAt, receivedAt) => {
    if (!open) writer.begin(venueAt, receivedAt);
    writer.row(
      meta & META_KIND,
      (meta & META_ASK) === 0 ? 0 : 1,
      price,
      size,
      meta & META_SNAPSHOT,
    );
    open = (meta & META_LAST) === 0;
    if (!open) writer.end();
  };
}

/** What the manifest says of a file, key for key. */
function sampleEntry(sample: SampleFile): Readonly<Record<string, unknown>> {
  const { name, file, sha256, bytes, header } = sample;
  const { venueName, symbol, contract, tickSize, lotSize } = header.instrument;
  return {
    name,
    file,
    sha256,
    bytes,
    kind: "levels",
    synthetic: true,
    source: `${header.importer}, seed ${sampleMarket.seed}: made by this project, recorded nowhere`,
    command: "npm run sample",
    licence: "MIT",
    venue: venueName,
    symbol,
    contract,
    tickSize,
    lotSize,
    rows: header.rows,
    firstVenueAtUs: header.firstVenueAt,
    lastVenueAtUs: header.lastVenueAt,
  };
}

/** The manifest's text: one entry a recording, in the order given. */
function sampleManifest(samples: readonly SampleFile[]): string {
  return `${JSON.stringify({ version: 1, datasets: samples.map(sampleEntry) }, null, 2)}\n`;
}
