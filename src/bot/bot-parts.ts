// What a bot is put together from, and what of it can be changed while it runs.

import type { VenueId } from "../domain/units.ts";
import type { ExecutionGateway } from "../execution/execution-gateway.ts";
import type { OrderTracker } from "../execution/order-tracker.ts";
import type { Scheduler } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { Strategy } from "../ports/strategy.ts";
import type { RiskConfig } from "../risk/risk-config.ts";
import type { RiskEngine } from "../risk/risk-engine.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Belief } from "./belief.ts";
import type { BotMemory } from "./bot-memory.ts";
import type { BotView } from "./bot-view.ts";
import type { Caretaker } from "./caretaker.ts";
import type { Hands } from "./hands.ts";
import type { MachineryConfig } from "./machinery-config.ts";
import type { Notes } from "./notes.ts";

/** Makes the bot's own housekeeping. */
export type House = (hands: Hands) => Caretaker;

/** What a running bot can be told to do otherwise; its strategy is its own affair. */
export type BotChange = Readonly<{
  risk: RiskConfig;
  /** undefined: none from now on. */
  house: MachineryConfig | "kept" | undefined;
}>;

export type BotParts = Readonly<{
  strategy: Strategy;
  belief: Belief;
  tracker: OrderTracker;
  risk: RiskEngine;
  gateway: ExecutionGateway;
  journal: Journal;
  notes: Notes;
  state: StateStore;
  scheduler: Scheduler;
  view: BotView;
  venues: readonly VenueId[];
  /** Where the bot keeps house. */
  caretaker?: House | undefined;
  /** Everything but the caretaker does as the change says from now on; how house is kept then. */
  changed: (to: BotChange) => House | "kept" | undefined;
  /** What survives a crash; there where the journal is write-ahead. */
  memory?: BotMemory | undefined;
}>;
