// A touch that a test moves by hand.

import type { TimeUs } from "../../src/domain/units.ts";
import { priceTicks, sizeLots } from "../../src/domain/units.ts";
import type { BookView } from "../../src/ports/view.ts";

export class BenchBook implements BookView {
  bid: number | undefined = 999;
  ask: number | undefined = 1001;
  fresh = true;
  updatedAt = 0 as TimeUs;

  bestBid() {
    return this.bid === undefined ? undefined : priceTicks(this.bid);
  }

  bestAsk() {
    return this.ask === undefined ? undefined : priceTicks(this.ask);
  }

  sizeAt() {
    return sizeLots(10);
  }

  levels() {
    return [];
  }
}
