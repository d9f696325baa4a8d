// What a bot sees of one instrument recorded as candles: closed bars, and a touch around the last close.
// A bar is told at its closing time and never before; longer bars are built from the recorded ones.

import type { BarBatch } from "../../src/domain/bar-tape.ts";
import type { Event } from "../../src/domain/event.ts";
import type {
  DurationUs,
  InstrumentId,
  PriceTicks,
  Side,
  SizeLots,
  TimeUs,
} from "../../src/domain/units.ts";
import type { BarSource } from "../../src/ports/bar-source.ts";
import type { Want } from "../../src/ports/strategy.ts";
import type { BookView, Level } from "../../src/ports/view.ts";
import type { Deliver, Feed } from "./feed.ts";

/** A longer bar in the making. */
type Building = {
  readonly periodUs: DurationUs;
  open: number;
  high: number;
  low: number;
  volume: number;
  /** When the bar in the making closes; 0 when none is. */
  closesAt: number;
};

export class BarFeed implements Feed, BookView {
  readonly #source: BarSource;
  readonly #instrument: InstrumentId;
  readonly #halfSpread: number;
  readonly #building: readonly Building[];
  readonly #tellsBook: boolean;
  #batchIndex = 0;
  #batch: BarBatch | undefined;
  #row = 0;
  #rows = 0;
  #close: number | undefined;
  #updatedAt = Number.NEGATIVE_INFINITY;

  constructor(
    parts: Readonly<{
      source: BarSource;
      instrument: InstrumentId;
      spreadTicks: number;
      want: Want | undefined;
    }>,
  ) {
    this.#source = parts.source;
    this.#instrument = parts.instrument;
    this.#halfSpread = Math.max(1, Math.ceil(parts.spreadTicks / 2));
    this.#tellsBook = parts.want?.book !== undefined;
    this.#building = (parts.want?.bars ?? []).map((periodUs) => ({
      periodUs,
      open: 0,
      high: 0,
      low: 0,
      volume: 0,
      closesAt: 0,
    }));
    this.#batch = parts.source.batchCount > 0 ? parts.source.batch(0) : undefined;
  }

  get rows(): number {
    return this.#rows;
  }

  nextWake(): number {
    const batch = this.#batch;
    if (batch === undefined) return Number.POSITIVE_INFINITY;
    return (batch.openAt[this.#row] as number) + this.#source.header.periodUs;
  }

  wake(at: TimeUs, deliver: Deliver): void {
    while (this.nextWake() <= at) this.#closeBar(deliver);
  }

  skipTo(at: TimeUs): void {
    while (this.nextWake() <= at) this.#closeBar(() => undefined);
  }

  bestBid(): PriceTicks | undefined {
    return this.#close === undefined ? undefined : ((this.#close - this.#halfSpread) as PriceTicks);
  }

  bestAsk(): PriceTicks | undefined {
    return this.#close === undefined ? undefined : ((this.#close + this.#halfSpread) as PriceTicks);
  }

  /** Candles show no sizes. */
  sizeAt(_side: Side, _price: PriceTicks): SizeLots {
    return 0 as SizeLots;
  }

  levels(side: Side, depth: number): readonly Level[] {
    const price = side === "bid" ? this.bestBid() : this.bestAsk();
    return price === undefined || depth < 1 ? [] : [{ price, size: 0 as SizeLots }];
  }

  get fresh(): boolean {
    return this.#close !== undefined;
  }

  get updatedAt(): TimeUs {
    return this.#updatedAt as TimeUs;
  }

  #closeBar(deliver: Deliver): void {
    const batch = this.#batch as BarBatch;
    const row = this.#row;
    const closesAt = this.nextWake();
    this.#close = batch.close[row] as number;
    this.#updatedAt = closesAt;
    if ((batch.complete[row] as number) === 1) {
      for (const building of this.#building) this.#add(building, batch, row, closesAt, deliver);
      if (this.#tellsBook) deliver(this.#bookChanged(closesAt as TimeUs));
    }
    this.#next();
  }

  #add(building: Building, batch: BarBatch, row: number, closesAt: number, deliver: Deliver): void {
    const { periodUs } = building;
    const boundary = Math.ceil(closesAt / periodUs) * periodUs;
    if (building.closesAt !== boundary) {
      building.closesAt = boundary;
      building.open = batch.open[row] as number;
      building.high = batch.high[row] as number;
      building.low = batch.low[row] as number;
      building.volume = 0;
    }
    building.high = Math.max(building.high, batch.high[row] as number);
    building.low = Math.min(building.low, batch.low[row] as number);
    building.volume += batch.volume[row] as number;
    if (closesAt !== boundary) return;
    building.closesAt = 0;
    const at = closesAt as TimeUs;
    deliver({
      kind: "BarClosed",
      at,
      venueAt: at,
      instrument: this.#instrument,
      periodUs,
      open: building.open as PriceTicks,
      high: building.high as PriceTicks,
      low: building.low as PriceTicks,
      close: batch.close[row] as PriceTicks,
      volume: building.volume as SizeLots,
    });
  }

  #bookChanged(at: TimeUs): Event {
    const [bid, ask] = [this.bestBid(), this.bestAsk()];
    return { kind: "BookChanged", at, venueAt: at, instrument: this.#instrument, bid, ask };
  }

  #next(): void {
    this.#row += 1;
    this.#rows += 1;
    if (this.#batch === undefined || this.#row < this.#batch.rows) return;
    this.#batchIndex += 1;
    this.#row = 0;
    const more = this.#batchIndex < this.#source.batchCount;
    this.#batch = more ? this.#source.batch(this.#batchIndex) : undefined;
  }
}
