// Who stands between the wires and the venues of a staged world. A backtest has none, and asks nobody.

import type { VenueCommand } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import type { Market } from "../exchange/market.ts";
import type { MockExchange } from "../exchange/mock-exchange.ts";
import type { Recording } from "./scenario.ts";

export interface WireTap {
  /** A command leaves, and would arrive at `at`: the tap books it, or does not. */
  sent(venue: VenueId, command: VenueCommand, at: TimeUs): void;
  /** Several commands leave as one request; a tap without it is told of them one by one. */
  sentTogether?(venue: VenueId, commands: readonly VenueCommand[], at: TimeUs): void;
  /** A venue says something that would reach us at `event.at`: the tap books it, or does not. */
  said(venue: VenueId, event: Event): void;
  /** A command is at its venue, markets brought there: what goes on to the door, or undefined. */
  arrives(exchange: MockExchange, command: VenueCommand, at: TimeUs): VenueCommand | undefined;
  /** The venue is about to act on what it admitted, just now or a while ago: what it carries out, if anything. */
  acts?(exchange: MockExchange, command: VenueCommand, at: TimeUs): VenueCommand | undefined;
  /** The venue has carried the command out, or its door has turned it away. */
  arrived(exchange: MockExchange, command: VenueCommand, at: TimeUs): void;
  /** The market to be used in the place of the one a recording makes: the same, looked at. */
  watched?(market: Market, recording: Recording): Market;
}
