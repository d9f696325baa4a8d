// Faults of a link as a whole, both ways at once.

import type { FaultKind } from "./fault-kind.ts";
import { lengthMs, lengthSeconds, range } from "./fault-kind.ts";

export const LINK_FAULTS: readonly FaultKind[] = [
  {
    kind: "link-down",
    site: "link",
    covers: [28],
    sentence: "The connection breaks and says so, both ways; what is said meanwhile is lost.",
    parameter: lengthSeconds(1, 300, "until it is up again"),
    every: range(300, 3_600),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "link-silent",
    site: "link",
    covers: [28],
    sentence:
      "A half-open socket: nothing passes either way, and nobody is told, neither when it begins nor when it ends.",
    parameter: lengthSeconds(1, 120, "until data passes again"),
    every: range(300, 3_600),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "answers-silent",
    site: "link",
    covers: [28],
    sentence:
      "The private stream has expired: requests pass and market data too, answers are lost.",
    parameter: lengthSeconds(1, 120, "until answers pass again"),
    every: range(300, 3_600),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "link-stalled",
    site: "link",
    covers: [35, 30],
    sentence:
      "Name lookup or a full pool stalls: what is sent either way waits, then all of it arrives at once.",
    parameter: lengthMs(100, 60_000, "until it moves again"),
    every: range(200, 3_600),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "link-flapping",
    site: "link",
    covers: [28],
    sentence: "The connection breaks and comes back every second, and says so each time.",
    parameter: lengthSeconds(2, 30, "until it is steady"),
    every: range(600, 3_600),
    envelope: "inside",
    lasts: "heals",
  },
];
