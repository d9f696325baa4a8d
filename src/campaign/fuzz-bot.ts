// A bot to be fuzzed: its scenario as a backtest would run it, and what a market of our own making needs to know of its
// instruments in place of their recordings.

import type { BotFacts } from "../../sim/checkers/bot-facts.ts";
import type { Scenario } from "../../sim/scenario/scenario.ts";
import type { KnobRange, OwnKnobName } from "./knobs.ts";

export type FuzzBot = Readonly<{
  name: string;
  /** Its recordings say what is traded; they are replayed only when `market` is "recorded". */
  scenario: Scenario;
  market: "sparse" | "recorded";
  /** Where each instrument's price begins, ticks. */
  startPrices: readonly number[];
  /** About how many requests, answers and acts an hour of it has, measured once in a fair world. */
  occasions: Occasions;
  /** When its world begins, µs since the epoch, and how long each part of it lasts. */
  startUs: number;
  phases: Phases;
  /** What is held against it beyond what its orders show. */
  facts?: BotFacts | undefined;
  /** Its own settings, where some of them can be turned. */
  own?: OwnSettings | undefined;
}>;

/** Settings of a bot's own that a seed turns, and what becomes of the bot then. */
export type OwnSettings = Readonly<{
  knobs: ReadonlyMap<OwnKnobName, KnobRange>;
  turned(values: Readonly<Record<string, number>>): Readonly<{
    strategy: Scenario["strategy"];
    facts: BotFacts;
  }>;
}>;

/** The phases of a trial, seconds from its start: trouble, then healing, then standing still. */
export type Phases = Readonly<{ heal: number; stop: number; end: number }>;

/** An hour: fifty minutes of trouble, five to come to rest in, five to be looked at standing still. */
export const PHASES_DEFAULT: Phases = { heal: 3_000, stop: 3_300, end: 3_600 };

/** Shorter worlds, or longer ones, parted alike. */
export function phasesOf(seconds: number): Phases {
  const { heal, stop, end } = PHASES_DEFAULT;
  const at = (second: number): number => Math.floor((second * seconds) / end);
  return { heal: at(heal), stop: at(stop), end: seconds };
}

/** 2024-01-01 00:00 UTC: a whole day begins, so that daily limits and bars begin with it. */
export const SPARSE_START_US = 1_704_067_200_000_000;

export type Occasions = Readonly<{
  requests: number;
  answers: number;
  acts: number;
  openActs: number;
}>;

/** Before anything is measured: enough for the busiest of the bots here. */
export const OCCASIONS_AT_FIRST: Occasions = {
  requests: 4_000,
  answers: 8_000,
  acts: 20_000,
  openActs: 10_000,
};
