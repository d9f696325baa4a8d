// What one bot is fuzzed with, as plain data: it crosses to worker threads, and each makes the same runner of it.

import type { PlanMix } from "../../../sim/faults/draw-plan.ts";
import type { Phases } from "../../campaign/fuzz-bot.ts";

export type FuzzJob = Readonly<{
  /** The bot's name: its config file's, without the ending. */
  name: string;
  /** The config, and where it came from. */
  text: string;
  file: string;
  /** The options that make the same worlds again, as they are typed. */
  words?: string | undefined;
  market: "sparse" | "recorded";
  /** How long each part of a world of its own making lasts; an hour in all when absent. */
  phases?: Phases | undefined;
  /** Kinds that may be drawn; every kind when absent. */
  kinds?: readonly string[] | undefined;
  mix?: PlanMix | undefined;
}>;
