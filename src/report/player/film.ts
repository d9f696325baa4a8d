// A film of a run: what was said and done at each moment, the messages on each wire with when they left and when they
// arrived, and what the bot believed against what was true. Plain data, whatever kind of run it was made of.

import type { Instrument } from "../../domain/instrument.ts";

/** What a step of a film is. Steps of one moment follow each other as they happened. */
export const STEP_KINDS = [
  "book",
  "print",
  "bar",
  "timer",
  "link",
  "place",
  "amend",
  "cancel",
  "ask",
  "accepted",
  "filled",
  "closed",
  "refused",
  "unknown",
  "report",
  "funding",
  "scheduled",
  "rule",
  "note",
  "alert",
  "halt",
  "fault",
  "crash",
  "restart",
  "moved",
  "queue",
  "broken",
] as const;

export type StepKind = (typeof STEP_KINDS)[number];

/** Whose act it is: the bot sends or hears, a venue gets or says; the bot by itself; the world. */
export const ACTORS = [
  "bot sends",
  "venue gets",
  "venue says",
  "bot hears",
  "bot",
  "world",
] as const;

export type Actor = (typeof ACTORS)[number];

/** A message on the wire to a venue or from it. Prices are ticks, sizes lots. */
export type FilmMessage = {
  readonly kind: StepKind;
  readonly toBot: boolean;
  readonly venue: number;
  readonly sentAt: number;
  /** undefined: it never arrived, or not while the film lasted. */
  gotAt: number | undefined;
  readonly instrument: number | undefined;
  readonly order: number | undefined;
  readonly side: "bid" | "ask" | undefined;
  readonly price: number | undefined;
  readonly size: number | undefined;
  /** Lots of the order filled in all. */
  readonly filled: number | undefined;
  readonly text: string;
  /** It arrived once more than it was sent. */
  readonly isCopy: boolean;
  /** Kinds of the faults that touched it. */
  readonly faults: string[];
};

/** One of our orders, as one side has it. `ahead` are lots before it in its queue, where that is known. */
export type FilmOrder = Readonly<{
  orderId: number;
  side: "bid" | "ask";
  price: number | undefined;
  size: number;
  filled: number;
  state: string;
  ahead: number | undefined;
}>;

/** The best levels of a side: price and size, alternating. */
export type FilmSide = readonly number[];

/** What became otherwise with a step. undefined: nobody is there who believes. */
export type Change =
  | Readonly<{ what: "believed" | "true"; instrument: number; lots: number | undefined }>
  | Readonly<{
      what: "believedOrders" | "trueOrders";
      instrument: number;
      orders: readonly FilmOrder[] | undefined;
    }>
  | Readonly<{ what: "book"; instrument: number; bids: FilmSide; asks: FilmSide }>;

export type Step = {
  readonly at: number;
  readonly who: Actor;
  readonly kind: StepKind;
  /** Of the film's messages. */
  readonly message: number | undefined;
  readonly instrument: number | undefined;
  readonly text: string;
  readonly changes: Change[];
};

/** A stretch in which belief was not truth, and no message on its way made the difference. Steps of the film. */
export type Parting = Readonly<{
  instrument: number;
  from: number;
  /** The first step at which they agree again; undefined: never. */
  until: number | undefined;
  believed: number;
  true: number;
  /** The message that made them part: a fill that was never heard, or heard and not counted. */
  message: number | undefined;
}>;

/** A promise that was broken. */
export type FilmViolation = Readonly<{ id: string; at: number; sentence: string; detail: string }>;

export type Film = Readonly<{
  instruments: readonly Instrument[];
  venues: readonly string[];
  /** State before the first step. */
  before: readonly Change[];
  steps: readonly Step[];
  messages: readonly FilmMessage[];
  partings: readonly Parting[];
  violations: readonly FilmViolation[];
  /** Steps outside the window, and where the film broke off for want of room. */
  leftOut: number;
  brokeOffAt: number | undefined;
  /** Belief is what the bot said now and then; between, it is not known. */
  isStated?: boolean;
}>;
