// The shape of the MACD bot's part of a config, with every default and what each setting means. Parts of the equity and of
// a price are plain factors ("0.05" is 5 %), indicator thresholds are in the indicator's own unit.
// Where a default comes from is told in docs/bots/macd.md.

import { z } from "zod";
import {
  count,
  duration,
  name,
  positiveDecimal,
  unsignedDecimal,
} from "../../src/config/fields.ts";
import { overridesOf } from "./kit-overrides.ts";

/** A year of 5-minute bars: what an indicator takes at most. */
const BARS_MAX = 105_120;
const bars = (): z.ZodNumber => count(1, BARS_MAX);

const barsSchema = z.strictObject({
  period: duration().describe("length of the bars that make signals").default("1h"),
  check: duration().describe("length of the bars that exits are judged on").default("5m"),
  higher: z
    .array(count(2, 10_000))
    .max(8)
    .describe("the trend of bars so many times longer must agree")
    .default([12]),
  signalBars: count(1, 1000).describe("bars a crossing may be entered on").default(1),
  late: duration().describe("no entry on a bar told later than this").default("300s"),
});

const indicatorsSchema = z.strictObject({
  fast: bars().describe("fast EMA of the MACD, bars").default(12),
  slow: bars().describe("slow EMA of the MACD, bars").default(26),
  signal: bars().describe("EMA of the MACD line, bars").default(9),
  adx: bars().default(14),
  rsi: bars().default(14),
  atr: bars().default(14),
  atrAverage: bars().describe("bars the ATR's own average is taken over").default(50),
  bollinger: bars().default(20),
  bollingerDeviations: positiveDecimal().default("2"),
  volume: bars().describe("bars the average volume is taken over").default(20),
});

const filtersSchema = z.strictObject({
  rsiLongMax: count(1, 100).describe("no long at or above this RSI").default(70),
  rsiShortMin: count(0, 99).describe("no short at or below this RSI").default(30),
  percentBMax: positiveDecimal()
    .describe("how far towards its own Bollinger band the close may be; 1 is at the band")
    .default("1"),
  bandWidthMin: unsignedDecimal()
    .describe("least width of the bands, as a part of the price")
    .default("0"),
  atrMax: positiveDecimal().describe("most ATR, in its own average").default("3"),
  volumeMin: unsignedDecimal().describe("least volume, in its own average").default("1.2"),
  volumeMax: positiveDecimal().describe("most volume, in its own average").default("3"),
  directional: z.boolean().describe("+DI must lead for a long, −DI for a short").default(true),
});

const regimeSchema = z.strictObject({
  trendingAdx: count(0, 100).describe("a trend from this ADX on").default(25),
  rangingAdx: count(0, 100).describe("no entry below this ADX").default(20),
  transitionSize: positiveDecimal().describe("size between the two").default("0.5"),
  transitionTarget: positiveDecimal().describe("target between the two").default("0.75"),
  volatileAtr: positiveDecimal()
    .describe("volatile from this ATR on, in its average")
    .default("1.5"),
  volatileStop: positiveDecimal().describe("stop distance in a volatile market").default("1.25"),
});

const sizingSchema = z.strictObject({
  risk: positiveDecimal().describe("part of the equity lost at the stop, at most").default("0.01"),
  base: positiveDecimal().describe("margin of an ordinary position, of the equity").default("0.05"),
  max: positiveDecimal().describe("margin of the largest position, of the equity").default("0.1"),
  leverage: count(1, 100).describe("value of a position in its margin").default(10),
  degraded: unsignedDecimal().describe("size while the bot is degraded").default("0.5"),
});

export const trailingSchema = z.strictObject({
  activation: unsignedDecimal().describe("from this profit on, of the price").default("0.02"),
  distance: positiveDecimal().describe("behind the best price, of it").default("0.01"),
  step: unsignedDecimal().describe("least move, of the price").default("0.005"),
});

const exitsSchema = z.strictObject({
  stopAtr: positiveDecimal().describe("distance of the stop in ATR; this is R").default("2"),
  takeProfits: z
    .array(
      z.strictObject({
        at: positiveDecimal().describe("in R"),
        share: positiveDecimal().describe("of the lots entered"),
      }),
    )
    .describe("parts closed on the way, in the order they are reached")
    .default([{ at: "1", share: "0.5" }]),
  target: positiveDecimal().describe("all is closed here, in R").default("2"),
  breakEven: z
    .union([positiveDecimal(), z.literal("never")])
    .describe('the stop moves to the entry here, in R; "never" leaves it')
    .default("1"),
  trailing: z
    .union([trailingSchema, z.literal("never")])
    .describe('a stop that follows the best price; "never" for none')
    .prefault({}),
  holdingMax: duration().describe("closed when held so long").default("24h"),
  onOppositeCross: z.boolean().describe("closed when the MACD crosses back").default(true),
  watch: z
    .enum(["bars", "touch"])
    .describe(
      "what exits are judged on: closed bars, or each change of the touch too, where there is a book",
    )
    .default("bars"),
});

const ordersSchema = z.strictObject({
  entry: z
    .enum(["market", "ioc", "post-only"])
    .describe('"ioc": a limit beyond the touch, for venues without market orders')
    .default("market"),
  exit: z.enum(["market", "ioc"]).describe("always reduce-only").default("market"),
  slippage: unsignedDecimal()
    .describe("how far beyond the touch an ioc order reaches, of the price")
    .default("0.05"),
  entryTimeout: duration().describe("what has not filled by then is cancelled").default("10m"),
  exitRetry: duration()
    .describe("wait after an exit that changed nothing; it doubles with each")
    .default("1s"),
  exitRetryMax: duration().describe("the longest such wait").default("1h"),
});

/** Of each instrument; the daily limits beside them are the account's. */
const coinSessionSchema = z.strictObject({
  tradesMax: count(1).describe("entries a UTC day and instrument").default(10),
  lossesMax: count(1).describe("losses in a row that begin a cool-down").default(3),
  coolDown: duration().describe("no entry for so long then").default("4h"),
});

const sessionSchema = coinSessionSchema.extend({
  dailyLoss: positiveDecimal()
    .describe("part of the day's first equity whose loss ends the day, and closes what is held")
    .default("0.05"),
  dailyProfit: positiveDecimal()
    .describe("part of the day's first equity whose gain ends the day's entries")
    .optional(),
});

/** What one instrument has of its own: settings in its own units, and any shared one it says otherwise. */
const coinSchema = z.strictObject({
  instrument: name().describe("which instrument; the first when absent").optional(),
  direction: z.enum(["both", "long", "short"]).describe("which side may be entered").optional(),
  stopMin: positiveDecimal().describe("least distance of the stop, as a price").optional(),
  positionMax: positiveDecimal().describe("largest position, in its own units").optional(),
  postOnlyOffset: unsignedDecimal()
    .describe("how far from the touch a post-only entry stands, as a price")
    .optional(),
  ...overridesOf(barsSchema).shape,
  indicators: overridesOf(indicatorsSchema).optional(),
  filters: overridesOf(filtersSchema).optional(),
  regime: overridesOf(regimeSchema).optional(),
  sizing: overridesOf(sizingSchema).optional(),
  exits: overridesOf(exitsSchema)
    .extend({ trailing: z.union([overridesOf(trailingSchema), z.literal("never")]).optional() })
    .optional(),
  orders: overridesOf(ordersSchema).optional(),
  session: overridesOf(coinSessionSchema).optional(),
});

export const macdSchema = z.strictObject({
  coins: z.array(coinSchema).min(1).describe("what is traded").default([{}]),
  direction: z.enum(["both", "long", "short"]).describe("of every coin").default("both"),
  ...barsSchema.shape,
  indicators: indicatorsSchema.prefault({}),
  filters: filtersSchema.prefault({}),
  regime: regimeSchema.prefault({}),
  sizing: sizingSchema.prefault({}),
  exits: exitsSchema.prefault({}),
  orders: ordersSchema.prefault({}),
  session: sessionSchema.prefault({}),
});

/** What a file says, with every default filled in. */
export type MacdFile = z.output<typeof macdSchema>;

/** An instrument's part of it. */
export type MacdCoinFile = MacdFile["coins"][number];
