// What the house is told of the hedge: settings as a user writes them, in decimals and durations, and brought to lots and µs.
// Defaults are the design documents' where they name one; the few that are ours say so in docs/bots/hedge.md.

import { Decimal } from "decimal.js";
import { z } from "zod";
import {
  count,
  duration,
  name,
  positiveDecimal,
  unsignedDecimal,
} from "../../src/config/fields.ts";
import type { NamedInstrument } from "../../src/config/strategy-instrument.ts";
import { instrumentOfName } from "../../src/config/strategy-instrument.ts";
import { strategyKit } from "../../src/config/strategy-kit.ts";
import type { UnitReader } from "../../src/config/unit-reader.ts";
import type { InstrumentSpec } from "../../src/domain/instrument.ts";
import { createHedge } from "./hedge.ts";
import type { HedgeConfig, HedgeLegConfig } from "./hedge-config.ts";
import { hedgeFacts, hedgeKnobs } from "./kit-facts.ts";

const legSchema = z.strictObject({
  instrument: name().describe("which instrument of this config"),
  baseMultiplier: count(1)
    .describe("tokens in one unit: 1000 for kTOSHI where the other leg trades TOSHI")
    .default(1),
  sizeMin: positiveDecimal()
    .describe("least order the venue takes; one lot when absent")
    .optional(),
  notionalMin: unsignedDecimal()
    .describe("least value of an order the venue takes, in the quote currency")
    .default("0"),
});

const tacticSchema = z.strictObject({
  retries: count(1, 100).describe("limit orders before the market order"),
  timeout: duration().describe("of all limit orders together"),
  backoff: duration().describe("between one that ended and the next"),
  insideRetries: count(0, 100).describe(
    "so many stand inside the spread before the touch is taken",
  ),
});

/** Times that may not be nothing. */
const POSITIVE = ["makerBackoff", "answerTimeout", "reportTimeout", "monitor", "wake"] as const;

const OPENS = { retries: 8, timeout: "6s", backoff: "75ms", insideRetries: 3 };
const REDUCES = { retries: 5, timeout: "3s", backoff: "50ms", insideRetries: 2 };

const schema = z.strictObject({
  maker: legSchema.describe("where post-only orders stand"),
  taker: legSchema.describe("where every fill of them is hedged at once"),
  seed: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .describe("of the bot's own draws: directions, delays, holding times")
    .default(1),
  cycles: count(1).describe("build up, hold, wind down: so many times").default(1),
  direction: z
    .enum(["long", "short", "random"])
    .describe("of the maker's leg; the taker's is the other way round")
    .default("random"),
  opening: z
    .enum(["maker-taker", "both-limits"])
    .describe("a limit on the maker's venue, or on both until one of them fills")
    .default("maker-taker"),
  orderSize: positiveDecimal().describe("the most in one order, in the maker's units"),
  cycleSize: positiveDecimal().describe("what a cycle builds up; one order when absent").optional(),
  positionMax: positiveDecimal().describe("the most the maker's leg may ever hold"),
  makerPrice: z
    .enum(["inside", "touch"])
    .describe("one tick off the other side, or at the best price of the own side")
    .default("inside"),
  makerOrderTimeout: duration()
    .describe("a maker order older than this and no longer at the best price is replaced")
    .default("10s"),
  makerBackoff: duration()
    .describe("after a refused maker order; doubles with each refusal in a row")
    .default("250ms"),
  makerBackoffMax: duration().describe("and no longer than this").default("30s"),
  shortageCutBps: count(1, 10_000)
    .describe("after an order the balance does not suffice for, the next is smaller by this share")
    .default(2000),
  buildTimeout: duration().describe("building up ends with what there is").default("180s"),
  hold: duration().describe("shortest time a built position is held").default("180s"),
  holdMax: duration().describe("longest; drawn between the two").optional(),
  windDownTimeout: duration()
    .describe("winding down by maker orders; what is left is closed at market")
    .default("180s"),
  delay: duration().describe("shortest wait before a cycle, only when flat").default("0s"),
  delayMax: duration().describe("longest; drawn between the two").optional(),
  hedgeMode: z
    .enum(["aggressive-limit", "market"])
    .describe("limit orders first, or market orders at once")
    .default("aggressive-limit"),
  opens: tacticSchema.describe("how a hedge that opens is worked").default(OPENS),
  reduces: tacticSchema.describe("how a hedge that reduces is worked").default(REDUCES),
  repriceTicks: count(1).describe("a resting hedge so many ticks behind is moved").default(1),
  repriceEvery: duration().describe("least time between two moves; doubles").default("200ms"),
  repricesMax: count(0, 30).describe("moves of one order").default(3),
  marketTries: count(1, 20)
    .describe("market orders in a row that fill nothing or not all before the hedge has failed")
    .default(3),
  marketSlippageBps: count(0, 1000)
    .describe("how far through the touch a market order may go; 0: an unpriced market order")
    .default(20),
  marketSlippageStepBps: count(0, 1000).describe("further with each try").default(5),
  imbalanceBps: count(1, 10_000)
    .describe("of max(order size, cycle quantity): what may be out of balance")
    .default(500),
  imbalanceGrace: duration()
    .describe("more than that for longer than this is flattened")
    .default("30s"),
  criticalFactor: count(2).describe("exposure of so many order sizes stops the bot").default(10),
  spreadMaxBps: count(1, 10_000)
    .describe("no new maker order while either book is wider than this")
    .default(100),
  staleAfter: duration().describe("no maker order while either book is older").default("10s"),
  answerTimeout: duration()
    .describe("a request not answered within this is of unknown outcome")
    .default("5s"),
  settle: duration()
    .describe("a report proves an order's absence only when this much later than its request")
    .default("2s"),
  resolveTimeout: duration()
    .describe("an outcome not known after this stops the bot")
    .default("30s"),
  reportTimeout: duration().describe("an account report is asked for again after").default("5s"),
  reportTries: count(1, 100).describe("reports without an answer that stop the bot").default(5),
  monitor: duration().describe("while holding, both accounts are read this often").default("30s"),
  startup: z
    .enum(["adopt", "flatten"])
    .describe("balanced positions found at the start; unbalanced ones are flattened anyway")
    .default("adopt"),
  wake: duration().describe("how often at most a book is looked at").default("50ms"),
});

type HedgeInput = z.output<typeof schema>;

/** The strategy's own config; undefined when an instrument is not there. Problems go to `units`. */
function toConfig(
  config: HedgeInput,
  instruments: readonly NamedInstrument[],
  units: UnitReader,
): HedgeConfig | undefined {
  const maker = instrumentOfName(config.maker.instrument, instruments, units, "maker");
  const taker = instrumentOfName(config.taker.instrument, instruments, units, "taker");
  if (maker === undefined || taker === undefined) return undefined;
  if (maker.index === taker.index) {
    units.problem("taker.instrument", "expected another one than the maker's");
  }
  return {
    maker: legOf("maker", config.maker, maker, units),
    taker: legOf("taker", config.taker, taker, units),
    seed: config.seed,
    cycles: config.cycles,
    direction: config.direction,
    opening: config.opening,
    ...sizesOf(config, maker.spec, units),
    makerPrice: config.makerPrice,
    shortageCutBps: config.shortageCutBps,
    hedgeMode: config.hedgeMode,
    opens: tacticOf("opens", config.opens, units),
    reduces: tacticOf("reduces", config.reduces, units),
    repriceTicks: config.repriceTicks,
    repriceCountMax: config.repricesMax,
    marketTriesMax: config.marketTries,
    marketSlippageBps: config.marketSlippageBps,
    marketSlippageStepBps: config.marketSlippageStepBps,
    imbalanceBps: config.imbalanceBps,
    criticalFactor: config.criticalFactor,
    spreadMaxBps: config.spreadMaxBps,
    reportTriesMax: config.reportTries,
    startup: config.startup,
    ...timesOf(config, units),
  };
}

type Sizes = Pick<HedgeConfig, "orderLots" | "cycleLots" | "positionMaxLots">;

function sizesOf(config: HedgeInput, spec: InstrumentSpec, units: UnitReader): Sizes {
  const orderLots = units.lots("orderSize", config.orderSize, spec);
  const positionMaxLots = units.lots("positionMax", config.positionMax, spec);
  const { cycleSize = config.orderSize } = config;
  const cycleLots = units.lots("cycleSize", cycleSize, spec);
  if (positionMaxLots < cycleLots) {
    const text = `expected at least what a cycle builds, ${cycleSize}, was ${config.positionMax}`;
    units.problem("positionMax", text);
  }
  if (positionMaxLots < orderLots) {
    const text = `expected at least the order size ${config.orderSize}, was ${config.positionMax}`;
    units.problem("positionMax", text);
  }
  return { orderLots, cycleLots, positionMaxLots };
}

type Times = Pick<
  HedgeConfig,
  {
    [Key in keyof HedgeConfig]: Key extends `${string}Us` ? Key : never;
  }[keyof HedgeConfig]
>;

function timesOf(config: HedgeInput, units: UnitReader): Times {
  const us = (key: string, value: string): number => units.durationUs(key, value);
  const { holdMax = config.hold, delayMax = config.delay } = config;
  const times: Times = {
    makerOrderUs: us("makerOrderTimeout", config.makerOrderTimeout),
    makerBackoffUs: us("makerBackoff", config.makerBackoff),
    makerBackoffMaxUs: us("makerBackoffMax", config.makerBackoffMax),
    buildUs: us("buildTimeout", config.buildTimeout),
    holdMinUs: us("hold", config.hold),
    holdMaxUs: us("holdMax", holdMax),
    windDownUs: us("windDownTimeout", config.windDownTimeout),
    delayMinUs: us("delay", config.delay),
    delayMaxUs: us("delayMax", delayMax),
    repriceUs: us("repriceEvery", config.repriceEvery),
    imbalanceGraceUs: us("imbalanceGrace", config.imbalanceGrace),
    staleUs: us("staleAfter", config.staleAfter),
    answerUs: us("answerTimeout", config.answerTimeout),
    settleUs: us("settle", config.settle),
    resolveUs: us("resolveTimeout", config.resolveTimeout),
    reportUs: us("reportTimeout", config.reportTimeout),
    monitorUs: us("monitor", config.monitor),
    wakeUs: us("wake", config.wake),
  };
  if (times.holdMaxUs < times.holdMinUs) {
    units.problem("holdMax", `expected at least ${config.hold}, was ${holdMax}`);
  }
  if (times.delayMaxUs < times.delayMinUs) {
    units.problem("delayMax", `expected at least ${config.delay}, was ${delayMax}`);
  }
  for (const key of POSITIVE) {
    if (us(key, config[key]) === 0) {
      units.problem(key, `expected more than 0, was "${config[key]}"`);
    }
  }
  return times;
}

function tacticOf(
  key: "opens" | "reduces",
  tactic: HedgeInput["opens"],
  units: UnitReader,
): HedgeConfig["opens"] {
  const timeoutUs = units.durationUs(`${key}.timeout`, tactic.timeout);
  const backoffUs = units.durationUs(`${key}.backoff`, tactic.backoff);
  if (timeoutUs === 0) units.problem(`${key}.timeout`, "expected more than 0");
  if (backoffUs === 0) units.problem(`${key}.backoff`, "expected more than 0");
  const { retries: retriesMax, insideRetries } = tactic;
  return { retriesMax, timeoutUs, backoffUs, insideRetries };
}

function legOf(
  key: "maker" | "taker",
  leg: HedgeInput["maker"],
  target: Readonly<{ index: number; spec: InstrumentSpec }>,
  units: UnitReader,
): HedgeLegConfig {
  const { spec, index } = target;
  if (spec.contract === "inverse") {
    units.problem(key, `${spec.symbol} is an inverse contract; hedges need linear ones`);
  }
  const tickLot = new Decimal(spec.tickSize).times(spec.lotSize).times(spec.contractSize);
  return {
    instrument: index,
    baseMultiplier: leg.baseMultiplier,
    lotsMin: leg.sizeMin === undefined ? 1 : units.lots(`${key}.sizeMin`, leg.sizeMin, spec),
    notionalMinTickLots: new Decimal(leg.notionalMin).dividedBy(tickLot).ceil().toNumber(),
  };
}

export const kit = strategyKit({
  name: "hedge",
  summary: "the same position on two venues in opposite directions: built, held, wound down",
  schema,
  toConfig,
  create: createHedge,
  facts: hedgeFacts,
  knobs: hedgeKnobs,
  sample: {
    instruments: [
      { name: "rhs-alpha", venue: "alpha", dataset: "sample-alpha" },
      { name: "rhs-beta", venue: "beta", dataset: "sample-beta" },
    ],
    settings: {
      maker: { instrument: "rhs-alpha" },
      taker: { instrument: "rhs-beta" },
      cycles: 12,
      orderSize: "0.05",
      cycleSize: "0.1",
      positionMax: "0.2",
      hold: "30s",
      holdMax: "90s",
      delay: "5s",
      delayMax: "15s",
    },
  },
});
