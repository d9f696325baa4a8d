// The tear sheet as the page's script reads it: columns as base64 of little-endian numbers.

import { Decimal } from "decimal.js";
import type { Instrument } from "../../domain/instrument.ts";
import type { CurvePoints } from "../tear-sheet/curve.ts";
import type { OrderLife } from "../tear-sheet/order-lives.ts";
import type { InstrumentSheet, TearSheet } from "../tear-sheet/tear-sheet.ts";
import type { PackedCurve, PackedInstrument, PackedRests, PackedSheet } from "./sheet-data.ts";

const BUYS = 1;
const MAKER = 2;

/** `instruments` are those of the run, in order. */
export function packSheet(
  sheet: TearSheet,
  instruments: readonly Instrument[],
  currency: string,
  band: readonly Readonly<{ fillModel: string; equity?: CurvePoints }>[] = [],
): PackedSheet {
  return {
    currency,
    startedAt: sheet.startedAt,
    endedAt: sheet.endedAt,
    equity: packCurve(sheet.equity, 1),
    equityLabel: `equity, ${currency}`,
    beside: packCurve(sheet.buyAndHold, 1),
    besideLabel: "buy and hold",
    drawdown: packCurve(sheet.drawdown, 1),
    instruments: sheet.instruments.map((each, index) =>
      packInstrument(each, instruments[index] as Instrument, sheet),
    ),
    band: band.flatMap(({ fillModel, equity }) =>
      equity === undefined ? [] : [{ label: fillModel, curve: packCurve(equity, 1) }],
    ),
    ...(sheet.exposed === undefined ? {} : { exposed: packCurve(sheet.exposed, 1) }),
    trips: sheet.trips.map(({ closedAt, entryNotional, profit, side }) => [
      closedAt,
      entryNotional === 0 ? 0 : profit / entryNotional,
      profit,
      side === "long" ? 1 : 0,
    ]),
  };
}

/** Two runs in one: the first's equity beside the second's, then the instruments of both. */
export function packComparison(
  sheets: readonly [TearSheet, TearSheet],
  instruments: readonly [readonly Instrument[], readonly Instrument[]],
  currency: string,
): PackedSheet {
  const [left, right] = sheets;
  const first = packSheet(left, instruments[0], currency);
  const second = packSheet(right, instruments[1], currency);
  return {
    ...first,
    startedAt: Math.min(first.startedAt, second.startedAt),
    endedAt: Math.max(first.endedAt, second.endedAt),
    equityLabel: `first, ${currency}`,
    beside: second.equity,
    besideLabel: `second, ${currency}`,
    instruments: [...first.instruments, ...second.instruments],
    band: [],
    trips: [],
  };
}

function packInstrument(
  sheet: InstrumentSheet,
  instrument: Instrument,
  { orders, endedAt }: TearSheet,
): PackedInstrument {
  const tick = Number(instrument.tickSize);
  const lot = Number(instrument.lotSize);
  const { fills } = sheet;
  return {
    name: sheet.name,
    mid: packCurve(sheet.mid, tick),
    position: packCurve(sheet.position, lot),
    fills: {
      at: base64(Float64Array.from(fills, ({ at }) => at)),
      price: base64(Float32Array.from(fills, ({ price }) => price * tick)),
      size: base64(Float32Array.from(fills, ({ size }) => size * lot)),
      kind: base64(
        Uint8Array.from(fills, (each) => (each.buys ? BUYS : 0) | (each.maker ? MAKER : 0)),
      ),
      seen: sheet.fillsSeen,
    },
    rests: packRests(
      orders.lives.filter((life) => life.instrument === instrument.id),
      { tick, endedAt, seen: orders.seen },
    ),
    priceDecimals: new Decimal(instrument.tickSize).decimalPlaces(),
    sizeDecimals: new Decimal(instrument.lotSize).decimalPlaces(),
  };
}

/** Orders that stood in the book, from when we knew they were there until we knew they were gone. */
function packRests(
  lives: readonly OrderLife[],
  { tick, endedAt, seen }: Readonly<{ tick: number; endedAt: number; seen: number }>,
): PackedRests {
  const rested = lives.filter((life) => life.acceptedAt !== undefined && life.price !== undefined);
  return {
    from: base64(Float64Array.from(rested, (life) => life.acceptedAt ?? life.sentAt)),
    to: base64(Float64Array.from(rested, (life) => life.endedAt ?? endedAt)),
    price: base64(Float32Array.from(rested, (life) => (life.price ?? 0) * tick)),
    buys: base64(Uint8Array.from(rested, (life) => (life.side === "bid" ? 1 : 0))),
    filled: base64(Uint8Array.from(rested, (life) => (life.filled > 0 ? 1 : 0))),
    shown: rested.length,
    seen,
  };
}

function packCurve({ at, value, seen }: CurvePoints, unit: number): PackedCurve {
  return { at: base64(at), value: base64(Float32Array.from(value, (each) => each * unit)), seen };
}

function base64(column: Float64Array | Float32Array | Uint8Array): string {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString("base64");
}
