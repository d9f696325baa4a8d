// The fills a picture shows: all of them while there are few, then every second, every fourth, and so on, from the first.

import type { ShownFill } from "./tear-sheet.ts";

const SHOWN_MAX = 8_192;

export class ShownFills {
  shown: ShownFill[] = [];
  seen = 0;
  #every = 1;

  add(fill: ShownFill): void {
    if (this.seen % this.#every === 0) this.shown.push(fill);
    this.seen += 1;
    if (this.shown.length <= SHOWN_MAX) return;
    this.shown = this.shown.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
  }
}
