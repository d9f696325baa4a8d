// One asset's four sources of events, in the published order: data to us, answers to us, data to
// the exchange, requests to the exchange. Nothing one source does can reach another asset.
// Source: hftbacktest order fill documentation; 1.2 (two views, one loop), 1.3 (latency).

import type { CompatMoney } from "./account.ts";
import { ExchangeSide } from "./exchange-side.ts";
import { LocalSide } from "./local-side.ts";
import type { MarketRows } from "./market-rows.ts";
import type { CompatOrder } from "./order.ts";
import { copyOf } from "./order.ts";
import { OrderBus } from "./order-bus.ts";
import { type QueueModelSpec, queueModelOf } from "./queue-models.ts";

/** Index of a source within an asset; ties go to the lowest. */
export const LOCAL_DATA = 0;
export const LOCAL_ORDER = 1;
const EXCHANGE_DATA = 2; // and 3, exchange orders
export const SOURCES_PER_ASSET = 4;

export type CompatAssetConfig = Readonly<{
  rows: MarketRows;
  queueModel: QueueModelSpec;
  money: CompatMoney;
  /** Ns from us to the exchange; −x rejects every request on the way, which we learn after x. */
  entryLatencyNs: number;
  /** Ns from the exchange to us. */
  responseLatencyNs: number;
}>;

export class AssetLoop {
  readonly local: LocalSide;
  readonly exchange: ExchangeSide;
  readonly #requests = new OrderBus();
  readonly #responses = new OrderBus();
  readonly #entryLatencyNs: number;

  constructor(config: CompatAssetConfig) {
    const { rows, money, responseLatencyNs } = config;
    this.#entryLatencyNs = config.entryLatencyNs;
    this.local = new LocalSide(rows, money);
    const queueModel = queueModelOf(config.queueModel);
    this.exchange = new ExchangeSide(rows, queueModel, money, (order, exchNs) =>
      this.#responses.send(order, exchNs + responseLatencyNs),
    );
  }

  /** Time of the next event of a source, ns; Infinity when it is exhausted. */
  nextNs(source: number): number {
    if (source === LOCAL_DATA) return this.local.nextNs();
    if (source === LOCAL_ORDER) return this.#responses.nextNs();
    return source === EXCHANGE_DATA ? this.exchange.nextNs() : this.#requests.nextNs();
  }

  /** True when all four sources are exhausted, orders in flight included. */
  exhausted(): boolean {
    for (let source = 0; source < SOURCES_PER_ASSET; source++) {
      if (this.nextNs(source) !== Number.POSITIVE_INFINITY) return false;
    }
    return true;
  }

  /**
   * Processes what a source has at its next time: all rows of that instant, or one order. Returns
   * the id of the order an answer was about, else undefined.
   */
  step(source: number): number | undefined {
    const atNs = this.nextNs(source);
    if (source === LOCAL_DATA) {
      this.local.runRows(atNs);
    } else if (source === LOCAL_ORDER) {
      const response = this.#responses.take();
      this.local.receive(response);
      return response.id;
    } else if (source === EXCHANGE_DATA) {
      this.exchange.runRows(atNs);
    } else {
      this.exchange.receive(this.#requests.take(), atNs);
    }
    return undefined;
  }

  /**
   * Processes everything up to `limitNs` in bulk. While the strategy sleeps the two views touch
   * only through the buses, so each may run ahead: our rows in one go, the exchange's rows from
   * request to request (at one time data comes first), then the answers in their order.
   */
  runTo(limitNs: number): void {
    this.local.runRows(limitNs);
    for (let atNs = this.#requests.nextNs(); atNs <= limitNs; atNs = this.#requests.nextNs()) {
      this.exchange.runRows(atNs);
      this.exchange.receive(this.#requests.take(), atNs);
    }
    this.exchange.runRows(limitNs);
    while (this.#responses.nextNs() <= limitNs) this.local.receive(this.#responses.take());
  }

  /** Puts a request on its way; a negative latency turns it back. */
  send(request: CompatOrder, nowNs: number): void {
    const latencyNs = this.#entryLatencyNs;
    if (latencyNs >= 0) this.#requests.send(request, nowNs + latencyNs);
    else this.#responses.send(copyOf(request, "rejected"), nowNs - latencyNs);
  }
}
