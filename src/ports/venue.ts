// The seam to an exchange, real or simulated.

import type { VenueCommand } from "../domain/command.ts";

/** Takes one command; never answers, never throws. Its outcome arrives as events in the bot's inbox. */
export interface Venue {
  send(command: VenueCommand): void;
}
