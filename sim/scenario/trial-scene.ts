// What the checkers of a trial look at: the venues' truth, the bot's belief, and how far the trial has come.

import { assert } from "../../src/domain/assert.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { View } from "../../src/ports/view.ts";
import type { Scene } from "../checkers/scene.ts";
import type { Holding } from "../exchange/exchange-account.ts";
import type { BotSeat } from "./bot-seat.ts";
import type { ScenarioVenue } from "./scenario.ts";
import type { Stage } from "./staging.ts";
import type { Trial } from "./trial.ts";
import type { VenueTrouble } from "./venue-trouble.ts";

/** Changed by the trial as it goes. */
export type TrialPhase = {
  troubledUntil: number;
  healedAt: TimeUs | undefined;
  stoppedAt: TimeUs | undefined;
};

export type TrialSceneParts = Readonly<{
  trial: Trial;
  stage: Stage;
  seat: BotSeat;
  venues: readonly VenueTrouble[];
  phase: Readonly<TrialPhase>;
}>;

export class TrialScene implements Scene {
  readonly instruments: readonly Instrument[];
  readonly risk: Scene["risk"];
  readonly facts: Scene["facts"];
  readonly #parts: TrialSceneParts;
  /** By instrument: what its venue holds of us there. */
  readonly #holdings: readonly Holding[];

  constructor(parts: TrialSceneParts) {
    this.instruments = parts.stage.room.instruments;
    this.risk = parts.trial.scenario.risk;
    this.facts = parts.trial.facts ?? {};
    this.#parts = parts;
    const { world } = parts.stage;
    this.#holdings = this.instruments.map(({ id, venue }) => {
      const own = world.exchange(venue).account.holdings.find((each) => each.instrument.id === id);
      if (own === undefined) assert(false, `venue ${venue} trades instrument ${id}`);
      return own;
    });
  }

  get now(): TimeUs {
    return this.#parts.stage.room.clock.now();
  }

  get belief(): View | undefined {
    return this.#parts.seat.belief;
  }

  get isPaused(): boolean {
    return this.#parts.seat.isPaused;
  }

  get haltReason(): string | undefined {
    return this.#parts.seat.haltReason;
  }

  get troubledUntil(): TimeUs {
    return this.#parts.phase.troubledUntil as TimeUs;
  }

  get healedAt(): TimeUs | undefined {
    return this.#parts.phase.healedAt;
  }

  get stoppedAt(): TimeUs | undefined {
    return this.#parts.phase.stoppedAt;
  }

  get durable(): boolean | undefined {
    const { trial, seat } = this.#parts;
    return trial.scenario.durability === "write-ahead" ? seat.durable : undefined;
  }

  saved(): ReturnType<Scene["saved"]> {
    return this.#parts.seat.saved();
  }

  exchange(venue: VenueId): ReturnType<Scene["exchange"]> {
    return this.#parts.stage.world.exchange(venue);
  }

  profile(venue: VenueId): ReturnType<Scene["profile"]> {
    return (this.#parts.trial.scenario.venues[venue] as ScenarioVenue).profile;
  }

  trueLots(instrument: InstrumentId): number {
    return (this.#holdings[instrument] as Holding).lots;
  }

  inFlight(venue: VenueId): number {
    return (this.#parts.venues[venue] as VenueTrouble).inFlight;
  }

  isGone(venue: VenueId): boolean {
    return (this.#parts.venues[venue] as VenueTrouble).gone;
  }
}
