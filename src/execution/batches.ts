// Which of the commands that leave together may leave as one request: neighbours of one kind for one venue, as many as
// the venue takes. Their order is never changed: a cancel before an order stays before it.

import type { BatchCommand, VenueCommand } from "../domain/command.ts";
import type { VenueId } from "../domain/units.ts";

/** How many commands of a kind one request may carry; 1: each leaves alone. */
export type BatchLimits = Readonly<{ placeMax: number; amendMax: number; cancelMax: number }>;

/** The end of the batch that begins at `from`: the index after its last command. */
export function batchEnd(
  commands: readonly VenueCommand[],
  from: number,
  limits: BatchLimits | undefined,
  venueOf: (command: VenueCommand) => VenueId,
): number {
  const first = commands[from] as VenueCommand;
  const most = limits === undefined || !isBatchable(first) ? 1 : mostOf(limits, first.kind);
  let end = from + 1;
  if (most === 1) return end;
  const venue = venueOf(first);
  while (end < commands.length && end - from < most) {
    const next = commands[end] as VenueCommand;
    if (next.kind !== first.kind || venueOf(next) !== venue) break;
    end += 1;
  }
  return end;
}

function isBatchable(command: VenueCommand): command is BatchCommand {
  const { kind } = command;
  return kind === "PlaceOrder" || kind === "AmendOrder" || kind === "CancelOrder";
}

function mostOf(limits: BatchLimits, kind: BatchCommand["kind"]): number {
  switch (kind) {
    case "PlaceOrder":
      return limits.placeMax;
    case "AmendOrder":
      return limits.amendMax;
    case "CancelOrder":
      return limits.cancelMax;
    default:
      return kind satisfies never;
  }
}
