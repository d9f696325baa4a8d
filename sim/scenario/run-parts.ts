// What a run is put together from, read off its scenario: instruments, span, feeds, venues.

import { assert } from "../../src/domain/assert.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { instrumentOf } from "../../src/domain/instrument.ts";
import type { InstrumentId, TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Want } from "../../src/ports/strategy.ts";
import { BarFeed } from "./bar-feed.ts";
import type { Feed } from "./feed.ts";
import { LocalFeed } from "./local-feed.ts";
import { OrderFeed } from "./order-feed.ts";
import type { Scenario } from "./scenario.ts";
import type { BotRoom } from "./staging.ts";
import { startingCashOf } from "./starting-cash.ts";

/** The instruments of a scenario, in its order, at the venues it names. */
export function resolveInstruments(scenario: Scenario): readonly Instrument[] {
  return scenario.instruments.map(({ spec, venue }, id) => {
    const index = scenario.venues.findIndex((each) => each.name === venue);
    assert(index >= 0, `venue ${venue} of ${spec.symbol} is in the scenario`);
    // Its profit is paid in the base coin: counted as a linear one, every amount would be wrong.
    assert(spec.contract !== "inverse", `${spec.symbol} is not an inverse contract`);
    return instrumentOf(spec, id as InstrumentId, index as VenueId);
  });
}

/** From the first thing anyone can know to the last, within the scenario's bounds. */
export function spanOf(scenario: Scenario): { startsAt: TimeUs; endsAt: TimeUs } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { recording } of scenario.instruments) {
    if (recording.kind !== "bars") {
      const { header } = recording.source;
      first = Math.min(first, header.firstReceivedAt, header.firstVenueAt);
      last = Math.max(last, header.lastReceivedAt, header.lastVenueAt);
    } else {
      const { header } = recording.source;
      first = Math.min(first, header.firstOpenAt);
      last = Math.max(last, header.lastOpenAt + header.periodUs);
    }
  }
  const startsAt = Math.max(first, scenario.from ?? first) as TimeUs;
  const endsAt = Math.min(last, scenario.until ?? last) as TimeUs;
  assert(startsAt <= endsAt, "a run ends no earlier than it begins");
  return { startsAt, endsAt };
}

/** What a bot sees of one recording, by `clock`. */
export function feedOf(
  instrument: Instrument,
  scenario: Scenario,
  want: Want | undefined,
  clock: Clock,
): Feed {
  const recording = scenario.instruments[instrument.id]?.recording;
  assert(recording !== undefined, "every instrument of a scenario has a recording");
  const { id, venue } = instrument;
  switch (recording.kind) {
    case "levels":
      return new LocalFeed({ source: recording.source, instrument: id, venue, clock, want });
    case "orders":
      return new OrderFeed({ source: recording.source, instrument: id, clock, want });
    case "bars":
      return new BarFeed({
        source: recording.source,
        instrument: id,
        spreadTicks: recording.spreadTicks,
        want,
      });
  }
}

/** What a bot is told of the venues it trades at. */
export function venuesOf(
  scenario: Scenario,
  instruments: readonly Instrument[],
): BotRoom["venues"] {
  return scenario.venues.map((venue, id) => ({
    id: id as VenueId,
    name: venue.name,
    startingCash: startingCashOf(
      venue,
      instruments.filter((each) => each.venue === id),
    ),
  }));
}
