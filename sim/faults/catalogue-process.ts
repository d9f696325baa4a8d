// Faults of our own machine: the process, its disk, its clock.

import type { FaultKind } from "./fault-kind.ts";
import { lengthMs, lengthSeconds, NO_PARAMETER, range } from "./fault-kind.ts";

export const PROCESS_FAULTS: readonly FaultKind[] = [
  {
    kind: "crash-before",
    site: "process",
    covers: [36, 43],
    sentence: "The process dies just before this act: the write, sync or command is not done.",
    parameter: lengthMs(100, 60_000, "until a new process begins"),
    every: range(500, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "crash-after",
    site: "process",
    covers: [36, 43],
    sentence: "The process dies just after this act: it is done, and nothing that follows from it.",
    parameter: lengthMs(100, 60_000, "until a new process begins"),
    every: range(500, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "crash-long",
    site: "process",
    covers: [36, 28],
    sentence: "The process dies after this act and is away for long.",
    parameter: lengthSeconds(60, 600, "until a new process begins"),
    every: range(2_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "crash-loop",
    site: "process",
    covers: [36],
    sentence:
      "The process dies after this act, and again after the second act of each of its next three lives.",
    parameter: lengthMs(100, 5_000, "until a new process begins, each time"),
    every: range(2_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "restart-changed",
    site: "process",
    covers: [42],
    sentence:
      "The process dies after this act; the one that begins over its journal has other settings.",
    parameter: {
      unit: "none",
      meaning: "which settings, of those a seed may turn",
      range: range(1, 1_000),
    },
    every: range(2_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "pause",
    site: "process",
    covers: [41],
    sentence:
      "The process stands still after this act (collection, migration, SIGSTOP); then all it missed comes at once.",
    parameter: lengthMs(100, 120_000, "until it goes on"),
    every: range(500, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
];

export const DISK_FAULTS: readonly FaultKind[] = [
  {
    kind: "tail-lost",
    site: "disk",
    covers: [37],
    sentence: "The process dies after this act, and what was not synced is lost whole.",
    parameter: lengthMs(100, 10_000, "until a new process begins"),
    every: range(1_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "tail-torn",
    site: "disk",
    covers: [37],
    sentence: "The process dies after this act, and what was not synced is cut at a byte.",
    parameter: {
      unit: "per mille",
      meaning: "where in the unsynced bytes the cut is",
      range: range(1, 999),
    },
    every: range(1_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "tail-flipped",
    site: "disk",
    covers: [37],
    sentence: "The process dies after this act, and one bit of what was not synced is turned.",
    parameter: {
      unit: "per mille",
      meaning: "where in the unsynced bytes the bit is",
      range: range(1, 999),
    },
    every: range(1_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "middle-damaged",
    site: "disk",
    covers: [37],
    sentence: "The process dies after this act, and one bit of what was synced long ago is turned.",
    parameter: {
      unit: "per mille",
      meaning: "where in the synced bytes the bit is",
      range: range(1, 999),
    },
    every: range(1_000, 8_000),
    envelope: "outside",
    lasts: "for ever",
  },
  {
    kind: "snapshot-lost",
    site: "disk",
    covers: [38],
    sentence:
      "The process dies after this act, and the newest snapshot never reached the disk: the one before it is there.",
    parameter: lengthMs(100, 10_000, "until a new process begins"),
    every: range(2_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "disk-full",
    site: "disk",
    covers: [39],
    sentence: "Nothing can be written.",
    parameter: lengthSeconds(1, 120, "until there is room again"),
    every: range(2_000, 16_000),
    envelope: "inside",
    lasts: "heals",
  },
  {
    kind: "sync-fails",
    site: "disk",
    covers: [39],
    sentence: "This act, or the next sync after it, fails once with an I/O error.",
    parameter: NO_PARAMETER,
    every: range(2_000, 16_000),
    envelope: "inside",
    lasts: "moment",
  },
];

export const CLOCK_FAULTS: readonly FaultKind[] = [
  {
    kind: "clock-ahead",
    site: "clock",
    covers: [33],
    sentence:
      "Our wall clock jumps ahead: stamps of the venues lie that much further back from then on.",
    parameter: lengthMs(1, 10_000, "how far"),
    every: range(600, 3_600),
    envelope: "inside",
    lasts: "for ever",
  },
  {
    kind: "clock-behind",
    site: "clock",
    covers: [33],
    sentence: "Our wall clock steps back: stamps of the venues lie in the future from then on.",
    parameter: lengthMs(1, 10_000, "how far"),
    every: range(600, 3_600),
    envelope: "inside",
    lasts: "for ever",
  },
  {
    kind: "ties-permuted",
    site: "clock",
    covers: [14, 30],
    sentence: "For ten seconds what falls on one microsecond is told in another order.",
    parameter: { unit: "none", meaning: "which order", range: range(1, 1_000) },
    every: range(60, 3_600),
    envelope: "inside",
    lasts: "heals",
  },
];
