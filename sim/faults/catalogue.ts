// Every kind of fault there is, in one list: what docs/FAULTS.md prints, plans are drawn from and the world carries out.
// A kind's name, site and the meaning of its parameter never change: repro files of years ago say them.

import { LINK_FAULTS } from "./catalogue-links.ts";
import { FEED_FAULTS, MARKET_FAULTS } from "./catalogue-markets.ts";
import { CLOCK_FAULTS, DISK_FAULTS, PROCESS_FAULTS } from "./catalogue-process.ts";
import { ACCOUNT_FAULTS, VENUE_FAULTS } from "./catalogue-venues.ts";
import { ANSWER_FAULTS, REQUEST_FAULTS } from "./catalogue-wires.ts";
import type { FaultKind } from "./fault-kind.ts";

/** By site, in the order a message meets them. */
export const FAULT_CATALOGUE: readonly FaultKind[] = [
  ...REQUEST_FAULTS,
  ...ANSWER_FAULTS,
  ...LINK_FAULTS,
  ...VENUE_FAULTS,
  ...ACCOUNT_FAULTS,
  ...FEED_FAULTS,
  ...MARKET_FAULTS,
  ...PROCESS_FAULTS,
  ...DISK_FAULTS,
  ...CLOCK_FAULTS,
];

const BY_NAME = new Map(FAULT_CATALOGUE.map((each) => [each.kind, each]));

/** The entry of a kind by its name, undefined when there is none. */
export function faultKind(name: string): FaultKind | undefined {
  return BY_NAME.get(name);
}
