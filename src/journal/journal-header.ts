// What a journal says of the run before its first entry. The stored form and its framing are told here once:
//
//   file    magic (8 bytes), u32 length, header (JSON, UTF-8), then blocks
//   block   u32 BLOCK_MARK, u32 payload bytes, u32 entries, payload, 32 bytes SHA-256
//   entry   u32 (code << 24 | bytes of the entry), f64 at, fields, texts (u32 length, UTF-8)
//   fields  narrow: i32 each, the first is at − venueAt; wide: f64 each, the first is venueAt; see entry-codes.ts
//
// All little-endian. A block's SHA-256 covers everything before it that carries meaning: magic, length, header and
// every payload so far, its own included. So each block is sealed to all before it, the last one is the digest of
// the run, and where blocks happen to end changes no digest. An entry's sequence number is its place, from 0.

import type { Instrument } from "../domain/instrument.ts";
import { utf8Of } from "./utf-8.ts";

/** Raised whenever a reader of the old format would misread the new one. */
const FORMAT_VERSION = 1;

/** "RHRSJRNL": the first eight bytes of a journal. */
export const MAGIC = utf8Of("RHRSJRNL");

/** "BLCK", little-endian. */
export const BLOCK_MARK = 0x4b43_4c42;

export const BLOCK_HEAD_BYTES = 12;
export const BLOCK_SEAL_BYTES = 32;

/** What a run is made of; equal facts give equal bytes, whatever order `facts` came in. */
export type JournalHeader = Readonly<{
  formatVersion: number;
  strategy: string;
  seed: string;
  configHash: string;
  venues: readonly Readonly<{ name: string; startingCash: string }>[];
  instruments: readonly Instrument[];
  /** Anything else worth keeping: code version, dataset hashes. */
  facts: Readonly<Record<string, string>>;
}>;

/** A header of this format. */
export function journalHeader(parts: Omit<JournalHeader, "formatVersion">): JournalHeader {
  const { strategy, seed, configHash, venues, instruments, facts } = parts;
  const names = Object.keys(facts).sort();
  return {
    formatVersion: FORMAT_VERSION,
    strategy,
    seed,
    configHash,
    venues: venues.map(({ name, startingCash }) => ({ name, startingCash })),
    instruments: instruments.map(plainInstrument),
    facts: Object.fromEntries(names.map((name) => [name, facts[name] as string])),
  };
}

/** Fields in one order, so that how an instrument was made does not show. */
function plainInstrument(from: Instrument): Instrument {
  return {
    id: from.id,
    venue: from.venue,
    venueName: from.venueName,
    symbol: from.symbol,
    contract: from.contract,
    base: from.base,
    quote: from.quote,
    tickSize: from.tickSize,
    lotSize: from.lotSize,
    contractSize: from.contractSize,
    moneyDecimals: from.moneyDecimals,
    moneyPerTickLot: from.moneyPerTickLot,
  };
}

/** The bytes before the first block. */
export function headerBytes(header: JournalHeader): Uint8Array {
  const text = utf8Of(JSON.stringify(header));
  const bytes = new Uint8Array(MAGIC.length + 4 + text.length);
  bytes.set(MAGIC, 0);
  new DataView(bytes.buffer).setUint32(MAGIC.length, text.length, true);
  bytes.set(text, MAGIC.length + 4);
  return bytes;
}

/** Is this the format read here? */
export function isReadable(header: JournalHeader): boolean {
  return header.formatVersion === FORMAT_VERSION;
}
