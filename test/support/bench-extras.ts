// What a bot on a bench may have besides the plain one.

import type { MachineryConfig } from "../../src/bot/machinery-config.ts";
import type { HedgedPair } from "../../src/domain/common-units.ts";
import type { Durability } from "../../src/journal/journal-writer.ts";
import type { AlertSink } from "../../src/ports/alert-sink.ts";
import type { MemoryStorage } from "./memory-storage.ts";

/** What a bench may have besides: a disk, a way of keeping the journal, and the bot's own machinery. */
export type BenchExtras = Readonly<{
  storage?: MemoryStorage;
  durability?: Durability;
  machinery?: MachineryConfig;
  alerts?: AlertSink;
  /** Legs the strategy holds against each other. */
  hedgedPair?: HedgedPair;
}>;
