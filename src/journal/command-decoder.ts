// Commands back from their fields; the mirror of command-encoder.ts. What the writer took is believed.

import { unreachable } from "../domain/assert.ts";
import type { Command } from "../domain/command.ts";
import type {
  InstrumentId,
  OrderId,
  PriceTicks,
  Side,
  SizeLots,
  TimerId,
  TimeUs,
  VenueId,
} from "../domain/units.ts";
import { TIMES_IN_FORCE } from "./entry-codes.ts";
import type { EntryReader } from "./entry-reader.ts";

const SIDES: readonly Side[] = ["bid", "ask"];

/** The command of a kind that the reader stands at, its cause having been read. */
export function takeCommand(reader: EntryReader, kind: Command["kind"]): Command {
  switch (kind) {
    case "PlaceOrder":
      return {
        kind,
        instrument: reader.next() as InstrumentId,
        orderId: reader.next() as OrderId,
        side: reader.nextOf(SIDES),
        price: reader.nextOptional() as PriceTicks | undefined,
        size: reader.next() as SizeLots,
        timeInForce: reader.nextOf(TIMES_IN_FORCE),
        reduceOnly: reader.next() === 1,
      };
    case "CancelOrder":
      return {
        kind,
        instrument: reader.next() as InstrumentId,
        orderId: reader.next() as OrderId,
      };
    case "AmendOrder":
      return {
        kind,
        instrument: reader.next() as InstrumentId,
        orderId: reader.next() as OrderId,
        price: reader.next() as PriceTicks,
        size: reader.next() as SizeLots,
      };
    case "CancelAll":
      return {
        kind,
        venue: reader.next() as VenueId,
        instrument: reader.nextOptional() as InstrumentId | undefined,
      };
    case "ReportAccount":
      return { kind, venue: reader.next() as VenueId };
    case "ScheduleCancel":
      return {
        kind,
        venue: reader.next() as VenueId,
        at: reader.nextOptional() as TimeUs | undefined,
      };
    case "SetTimer":
      return { kind, timer: reader.next() as TimerId, at: reader.next() as TimeUs };
    case "ClearTimer":
      return { kind, timer: reader.next() as TimerId };
    case "Halt":
      return { kind, reason: reader.nextText() };
    default:
      return unreachable(kind);
  }
}
