// What a result rests on, printed above it: how fills were judged, how long messages took, what trading cost, and
// which recordings, with their fingerprints and what was done to them.

import type { FillModel } from "../../../sim/exchange/fill-model.ts";
import { feedRoundsPrices } from "../../../sim/exchange/rounding-feed.ts";
import type { LatencySpec } from "../../../sim/network/latency.ts";
import type { ScenarioVenue } from "../../../sim/scenario/scenario.ts";
import { fillModelName } from "../../config/fill-model-config.ts";
import { stepsToDecimal } from "../../domain/decimal.ts";
import { currencyOf } from "../../report/currency.ts";
import { durationText, timeText } from "../../report/time-text.ts";
import type { BacktestPlan, PlannedInstrument } from "./backtest-plan.ts";
import type { PlannedFunding } from "./planned-funding.ts";
import { machineryText } from "./planned-machinery.ts";

/** One assumption: what about, and what. */
export type Assumption = Readonly<{ about: string; text: string }>;

const FILL_MODEL_TEXT: Readonly<Record<FillModel["kind"], string>> = {
  optimistic: "first in the queue: any touch of the price fills the whole order",
  pessimistic: "only a print strictly through the price fills",
  "risk-averse": "cancels are behind us: only prints shorten the queue ahead",
  power:
    "starts behind the displayed size; cancels fall ahead or behind by a power of the two parts",
  log: "starts behind the displayed size; cancels fall ahead or behind by the logarithm of the two parts",
};

export function assumptionsOf(plan: BacktestPlan): readonly Assumption[] {
  const { fillModel, config } = plan;
  const model = plan.usesFillModel
    ? `${fillModelName(fillModel)}: ${FILL_MODEL_TEXT[fillModel.kind]}`
    : "none: no queue has to be guessed, see the data";
  const currency = currencyOf(plan.instruments.map(({ instrument }) => instrument)).label;
  const quotes = new Set(plan.instruments.map(({ instrument }) => instrument.quote));
  return [
    { about: "Fill model", text: model },
    {
      about: "Liquidity",
      text: "one print fills no more than its size over all our orders; what we take is gone until the feed speaks again",
    },
    ...plan.venues.flatMap(venueAssumptions),
    ...plan.instruments.flatMap(recordingAssumptions),
    { about: "Risk limits", text: riskText(config.risk) },
    { about: "Machinery", text: machineryText(plan.machinery, plan.venues) },
    { about: "Seed", text: config.seed },
    ...(quotes.size > 1
      ? [{ about: "Currency", text: `${[...quotes].join(", ")} counted as equal, as ${currency}` }]
      : []),
  ];
}

function venueAssumptions(venue: ScenarioVenue): Assumption[] {
  const { name, profile, latency } = venue;
  const bps = (rate: number): string => `${Number(stepsToDecimal(rate, "0.0001"))} bps`;
  const ways = (["place", "cancel", "amend", "response"] as const)
    .map((kind) => `${kind} ${latencyText(latency[kind])}`)
    .join(", ");
  const held = [
    ["takers", profile.takerDelayUs],
    ["makers", profile.makerDelayUs],
    ["cancels", profile.cancelDelayUs],
  ] as const;
  const delay = held
    .filter(([, us]) => us > 0)
    .map(([who, us]) => `, ${who} held ${durationText(us)}`)
    .join("");
  const { maker, taker } = profile.fees;
  const funding =
    profile.funding === undefined
      ? ""
      : `; funding every ${durationText(profile.funding.intervalUs)}, where recorded`;
  return [
    {
      about: `Venue ${name}`,
      text: `${profile.name} rules; maker ${bps(maker)}, taker ${bps(taker)}${funding}; cash ${venue.startingCash}`,
    },
    { about: `Latency ${name}`, text: `${ways}${delay}; the feed's is in the recording` },
  ];
}

function recordingAssumptions(planned: PlannedInstrument): Assumption[] {
  const { name, instrument, recording, funding } = planned;
  const { tickSize, lotSize, symbol, venueName } = instrument;
  const what = `${venueName} ${symbol}, tick ${tickSize}, lot ${lotSize}`;
  const file = `${recording.name}, sha256 ${recording.sha256.slice(0, 16)}…`;
  return [
    { about: `Data ${name}`, text: `${what}; ${file}; ${sourceText(recording.source)}` },
    { about: `Clocks ${name}`, text: clockText(recording.source) },
    ...(funding === undefined
      ? []
      : [{ about: `Funding ${name}`, text: fundingText(funding, recording.source) }]),
  ];
}

function sourceText(source: PlannedInstrument["recording"]["source"]): string {
  if (source.kind === "bars") {
    const { bars, periodUs, missingBars } = source.bars.header;
    const path = "a limit order fills only when traded through, a market order at the next open";
    return `${bars} bars of ${durationText(periodUs)}, ${missingBars} missing; ${path}`;
  }
  const { rows, importer, firstReceivedAt, lastReceivedAt } = source.tape.header;
  const span = `${timeText(firstReceivedAt)} to ${timeText(lastReceivedAt)}`;
  const what = `${rows} rows by ${importer}, ${span}`;
  if (source.kind === "orders") return `${what}; order by order: places in the queue are exact`;
  const { lockedBooks, crossedBooks } = source.tape.header;
  return `${what}, ${lockedBooks} locked and ${crossedBooks} crossed books`;
}

function clockText(source: PlannedInstrument["recording"]["source"]): string {
  if (source.kind === "bars") return "a bar is known when it closes";
  if (source.kind === "orders") return "venue times as recorded";
  const { clockCorrectionUs } = source.tape.header;
  const corrected =
    clockCorrectionUs === 0
      ? "venue times as recorded"
      : `${clockCorrectionUs} µs added to every venue time on import`;
  const locked = feedRoundsPrices(source.tape)
    ? "; often locked, so it rounds prices: the other side fills us only when strictly through our price"
    : "";
  return `${corrected}${locked}`;
}

/** "3 of 3 settlements due every 8 h within the run, at the last close; rates.json, sha256 …" */
function fundingText(
  { name, table, rows, due }: PlannedFunding,
  source: PlannedInstrument["recording"]["source"],
): string {
  const every = `every ${durationText(table.intervalUs)}`;
  const within = `${rows.length} of ${due} settlements due ${every} within the run`;
  const span = `${timeText(table.rows[0]?.at ?? 0)} to ${timeText(table.rows.at(-1)?.at ?? 0)}`;
  const file = `${name}, sha256 ${table.sha256.slice(0, 16)}…, ${table.rows.length} rows, ${span}`;
  const mark = source.kind === "bars" ? "the last close" : "the recorded mark, or else the mid";
  return `${within}, at ${mark}; ${file}`;
}

/** Limits in force, by their names in the config. */
function riskText(risk: BacktestPlan["config"]["risk"]): string {
  const { instruments = [], pairs = [], orderVelocity, ...rest } = risk;
  const legs = pairs.map(({ left, right }) => ({ legs: `${left} and ${right}` }));
  const velocity =
    orderVelocity === undefined
      ? {}
      : { orderVelocity: `${orderVelocity.ordersMax} in ${orderVelocity.window}` };
  const limits = [...instruments, ...legs, velocity, rest].flatMap((each) =>
    Object.entries(each).map(([key, value]) => `${key} ${limitText(value)}`),
  );
  return limits.length === 0 ? "none beyond the strategy's own" : limits.join(", ");
}

/** A rule of several numbers names them: "toleranceBps 500, warnBps 300" in brackets. */
function limitText(value: unknown): string {
  if (typeof value !== "object" || value === null) return `${value}`;
  const numbers = Object.entries(value).map(([key, each]) => `${key} ${each}`);
  return `(${numbers.join(", ")})`;
}

/** "5 ms", "1–9 ms", "0.8–40 ms by quantiles" */
function latencyText(spec: LatencySpec): string {
  const ms = (us: number): string => `${us / 1_000}`;
  switch (spec.kind) {
    case "constant":
      return `${ms(spec.us)} ms`;
    case "uniform":
      return `${ms(spec.minUs)}–${ms(spec.maxUs)} ms`;
    case "quantiles":
    case "recorded": {
      const values = (spec.kind === "quantiles" ? spec.points : spec.rows).map(([, us]) => us);
      const how = spec.kind === "quantiles" ? "by quantiles" : "as recorded";
      return `${ms(Math.min(...values))}–${ms(Math.max(...values))} ms ${how}`;
    }
    default:
      return spec satisfies never;
  }
}
