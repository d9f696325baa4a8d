// Who sits at the venue an answer comes from.

import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { InstrumentId, VenueId } from "../../src/domain/units.ts";

type Answer = Extract<Event, { venue: VenueId } | { instrument: InstrumentId }>;

export function answeringVenue(event: Answer, instruments: readonly Instrument[]): VenueId {
  if ("venue" in event) return event.venue;
  return instruments[event.instrument]?.venue as VenueId;
}
