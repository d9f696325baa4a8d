// What a bot becomes in the middle of a run, when, and what is told of that moment.

import type { BotChange } from "../../src/bot/bot-parts.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderIds } from "../../src/domain/order-ids.ts";
import type { Strategy } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import type { MemoryFate } from "./changing-strategy.ts";

/** What a bot becomes, and when: before the first event at or after `atUs`, or with this number or a later one. */
export type RunChange = Readonly<{
  atUs: number;
  seq: number;
  /** undefined: the strategy stays as it is. */
  strategy?: ((instruments: readonly Instrument[], ids: OrderIds) => Strategy) | undefined;
  /** undefined: limits and housekeeping stay as they are. */
  bot?: BotChange | undefined;
  /** It is the moment: the number of the event that comes next, what is believed, and what the strategy kept. */
  changed: (moment: ChangeMoment) => void;
}>;

export type ChangeMoment = Readonly<{
  seq: number;
  at: number;
  view: View;
  strategy: MemoryFate | undefined;
}>;
