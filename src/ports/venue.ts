// The seam to an exchange, real or simulated.

import type { BatchCommand, VenueCommand } from "../domain/command.ts";

/** Takes commands; never answers, never throws. Their outcomes arrive as events in the bot's inbox. */
export interface Venue {
  send(command: VenueCommand): void;
  /**
   * Two and more of one kind as one request: they arrive together, in order, and each has its own outcome. Where it
   * is absent they are sent one by one.
   */
  sendBatch?(commands: readonly BatchCommand[]): void;
}

/** As one request where the venue knows such, else one by one. */
export function sendTogether(venue: Venue, commands: readonly BatchCommand[]): void {
  if (venue.sendBatch !== undefined) venue.sendBatch(commands);
  else for (const command of commands) venue.send(command);
}
