// Opens the recording behind an instrument of a config: a data set of the manifest, or a file by its path.
// Which kind of market it makes is the file's to say; its fingerprint is part of the run's.

import { existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { openBars } from "../../data/bars/bars-file.ts";
import { DataError } from "../../data/data-error.ts";
import { readFundingTable } from "../../data/funding/funding-table.ts";
import { resolveDataset } from "../../data/manifest.ts";
import { openOrderTape } from "../../data/tapes/order-tape-reader.ts";
import { openTape } from "../../data/tapes/tape-reader.ts";
import type { InstrumentSpec } from "../../domain/instrument.ts";
import type { BarSource } from "../../ports/bar-source.ts";
import type { OrderTapeSource } from "../../ports/order-tape-source.ts";
import type { TapeSource } from "../../ports/tape-source.ts";
import { sha256OfFile } from "../node-hasher.ts";

/** Bars are read whole: a hundred million of them are not in one file. */
const BARS_BYTES_MAX = 2_000_000_000;

/** A funding table of ten years of hours is 3 MB; a larger file is not looked at as one. */
const FUNDING_BYTES_MAX = 64_000_000;

/** An open recording and what a result says of it. */
export type OpenRecording = Readonly<{
  /** The data set's name, or the file's. */
  name: string;
  path: string;
  sha256: string;
  bytes: number;
  spec: InstrumentSpec;
  source:
    | Readonly<{ kind: "levels"; tape: TapeSource }>
    | Readonly<{ kind: "orders"; tape: OrderTapeSource }>
    | Readonly<{ kind: "bars"; bars: BarSource }>;
  close(): void;
}>;

/** Where a config says a recording is; exactly one of the two. */
export type RecordingPlace = Readonly<{ dataset: string } | { tape: string }>;

/**
 * @param folder what a relative path is relative to
 * @throws {DataError} when there is none, it was edited since it was recorded in the manifest, or it is damaged
 */
export function openRecording(place: RecordingPlace, folder: string): OpenRecording {
  if ("dataset" in place) {
    const { path, sha256 } = resolveDataset(place.dataset);
    return openFile(place.dataset, path, sha256);
  }
  const path = resolve(folder, place.tape);
  const was = !existsSync(path) ? "no file" : statSync(path).isDirectory() ? "a folder" : undefined;
  if (was !== undefined) {
    const advice = "check the path; it is relative to the config file";
    throw new DataError({ file: path, expected: "a tape", was, advice });
  }
  return openFile(basename(path), path, sha256OfFile(path));
}

/** Opens a file of any kind; `sha256` is what is known of it. @throws {DataError} when it is of none. */
export function openFile(name: string, path: string, sha256: string): OpenRecording {
  const stat = statSync(path);
  if (stat.isDirectory()) {
    const advice = "name a file in it";
    throw new DataError({ file: path, expected: "a tape", was: "a folder", advice });
  }
  const file = { name, path, sha256, bytes: stat.size };
  try {
    const tape = openTape(path);
    const source = { kind: "levels", tape } as const;
    return { ...file, spec: tape.header.instrument, source, close: () => tape.close() };
  } catch (error) {
    const orders = orNone(() => openOrderTape(path));
    if (orders !== undefined) {
      const source = { kind: "orders", tape: orders } as const;
      return { ...file, spec: orders.header.instrument, source, close: () => orders.close() };
    }
    const bars = file.bytes <= BARS_BYTES_MAX ? orNone(() => openBars(path)) : undefined;
    if (bars === undefined) {
      if (file.bytes > FUNDING_BYTES_MAX) throw error;
      if (orNone(() => readFundingTable(path)) === undefined) throw error;
      const advice = 'name it as the "funding" of an instrument, beside its recording';
      throw new DataError({ file: path, expected: "a tape", was: "a funding table", advice });
    }
    const source = { kind: "bars", bars } as const;
    return { ...file, spec: bars.header.instrument, source, close: () => undefined };
  }
}

/** What opens, undefined when the file is not of that kind. */
function orNone<Source>(open: () => Source): Source | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
