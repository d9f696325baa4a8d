// What the page's script is given: the tear sheet with its columns as base64, so that a curve is bytes and not text.
// Both sides import this file: the server writes the shape, the browser reads it.

/** A curve: `at` are float64, µs since the epoch; `value` float32; both little endian, base64. */
export type PackedCurve = Readonly<{ at: string; value: string; seen: number }>;

/** Fills: `at` float64, `price` and `size` float32 in the units of the axis, `kind` a byte: 1 buys, 2 maker. */
export type PackedFills = Readonly<{
  at: string;
  price: string;
  size: string;
  kind: string;
  seen: number;
}>;

/** Where orders stood: `from` and `to` float64, `price` float32, `buys` a byte, `filled` a byte. */
export type PackedRests = Readonly<{
  from: string;
  to: string;
  price: string;
  buys: string;
  filled: string;
  shown: number;
  seen: number;
}>;

export type PackedInstrument = Readonly<{
  name: string;
  mid: PackedCurve;
  position: PackedCurve;
  fills: PackedFills;
  rests: PackedRests;
  /** Decimals of a price and of a size. */
  priceDecimals: number;
  sizeDecimals: number;
}>;

export type PackedTrip = readonly [
  closedAt: number,
  returnRatio: number,
  profit: number,
  isLong: 0 | 1,
];

/** The whole of what the script draws. */
export type PackedSheet = Readonly<{
  currency: string;
  startedAt: number;
  endedAt: number;
  /** Two curves of value in one chart, and what they are called. */
  equity: PackedCurve;
  equityLabel: string;
  beside: PackedCurve;
  besideLabel: string;
  drawdown: PackedCurve;
  instruments: readonly PackedInstrument[];
  /** Equity by fill model, from the most hopeful; empty where there is no band. */
  band: readonly Readonly<{ label: string; curve: PackedCurve }>[];
  /** Unhedged notional, where a pair is held. */
  exposed?: PackedCurve;
  trips: readonly PackedTrip[];
}>;
