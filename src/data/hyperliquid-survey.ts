// The grids of a Hyperliquid recording that was not told them, by a first pass; and how its lines are read, or refused.

import { GridFinder } from "./csv-generic-decimal.ts";
import { readLines } from "./csv-generic-lines.ts";
import { DataError } from "./data-error.ts";
import type { HyperliquidImport } from "./hyperliquid.ts";
import type { HyperliquidLine } from "./hyperliquid-messages.ts";
import { hyperliquidLine } from "./hyperliquid-messages.ts";

export type HyperliquidGrid = Readonly<{ tickSize: string; lotSize: string }>;

/** The grids: as told, or the greatest common divisors of the files. @throws {DataError} when there is nothing to divide. */
export async function surveyHyperliquid(
  options: HyperliquidImport,
): Promise<Readonly<{ grid: HyperliquidGrid; inferred: readonly string[] }>> {
  const { tickSize, lotSize, symbol } = options.instrument;
  if (tickSize !== undefined && lotSize !== undefined) {
    return { grid: { tickSize, lotSize }, inferred: [] };
  }
  const prices = new GridFinder();
  const sizes = new GridFinder();
  for (const file of options.inputs) {
    await readLines(file, (bytes, from, to, line) => {
      const { message } = readHyperliquidLine(file, line, bytes, from, to);
      if (message.channel === "l2Book" && message.data.coin === symbol) {
        for (const { px, sz } of message.data.levels.flat()) {
          prices.seeText(px);
          sizes.seeText(sz);
        }
      }
      if (message.channel !== "trades") return;
      for (const { coin, px, sz } of message.data) {
        if (coin !== symbol) continue;
        prices.seeText(px);
        sizes.seeText(sz);
      }
    });
  }
  const found = { tickSize: tickSize ?? prices.grid(), lotSize: lotSize ?? sizes.grid() };
  if (found.tickSize === undefined || found.lotSize === undefined) {
    throw nothingOf(symbol, options.inputs[0]);
  }
  const inferred = [
    ...(tickSize === undefined ? [`tick size ${found.tickSize} from the file`] : []),
    ...(lotSize === undefined ? [`lot size ${found.lotSize} from the file`] : []),
  ];
  return { grid: { tickSize: found.tickSize, lotSize: found.lotSize }, inferred };
}

/** @throws {DataError} with the line as it stands, when it is not a message. */
export function readHyperliquidLine(
  file: string,
  line: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): HyperliquidLine {
  try {
    return hyperliquidLine(bytes, from, to);
  } catch (cause) {
    throw new DataError({
      file,
      line,
      expected: '"<received ns> <Hyperliquid message>" or an archived message',
      was: Buffer.from(bytes.subarray(from, to)).toString("utf8"),
      advice: "name the format the file is in, or cut the damaged line out",
      cause,
    });
  }
}

/** The error of a recording without a book of the coin. */
export function nothingOf(symbol: string, file: string | undefined): DataError {
  return new DataError({
    file: file ?? "no file",
    expected: `at least one book of ${symbol}`,
    was: "none",
    advice: "give the coin as the recording names it, and the recording's files in order",
  });
}
