// Prints of a Binance stream, once each: repeated ids are dropped, jumps in the ids counted.
// A feed that carries both trade and aggTrade tells every print twice; the kind seen first is taken.

import { OffGrid } from "../../domain/decimal.ts";
import { ROW_TRADE } from "../../domain/tape.ts";
import type { ImportLog } from "../importing/import-report.ts";
import type { TapeWriter } from "../tapes/tape-writer.ts";
import type { BinanceScanner } from "./binance-scan.ts";
import { EVENT_OTHER, EVENT_TRADE } from "./binance-scan.ts";

const KEY_PRICE = 0x70;
const KEY_QUANTITY = 0x71;
const KEY_ORIGIN = 0x58;
/** X of a print of the order book; insurance fund and ADL prints carry another word, and no price one could trade at. */
const MARKET = Buffer.from("MARKET", "latin1");

export class BinanceTrades {
  count = 0;
  readonly #writer: TapeWriter;
  readonly #log: ImportLog;
  #event = EVENT_OTHER;
  #lastId = -1;

  constructor(writer: TapeWriter, log: ImportLog) {
    this.#writer = writer;
    this.#log = log;
  }

  /** @throws {OffGrid} when price or size is not on its grid. */
  trade(message: BinanceScanner, bytes: Uint8Array, venueAt: number, receivedAt: number): void {
    if (this.#event === EVENT_OTHER) this.#event = message.event;
    if (message.event !== this.#event) {
      this.#log.count("prints of the second trade stream left out");
      return;
    }
    const hasOrigin = (message.textFrom[KEY_ORIGIN] as number) >= 0;
    if (hasOrigin && !message.isText(bytes, KEY_ORIGIN, MARKET)) {
      this.#log.count("prints outside the book (X is not MARKET) left out");
      return;
    }
    const id = this.#event === EVENT_TRADE ? message.tradeId : message.aggregateId;
    if (id <= this.#lastId) {
      this.#log.duplicatesDropped += 1;
      return;
    }
    if (this.#lastId >= 0 && id > this.#lastId + 1) {
      this.#log.count("trade ids missing", id - this.#lastId - 1);
    }
    this.#lastId = id;
    const ticks = message.ticksOf(bytes, KEY_PRICE);
    const lots = message.lotsOf(bytes, KEY_QUANTITY);
    if (ticks <= 0 || lots <= 0) throw new OffGrid(`${ticks} ticks, ${lots} lots`, "one, above 0");
    this.count += 1;
    this.#writer.begin(venueAt, receivedAt);
    this.#writer.row(ROW_TRADE, message.buyerIsMaker ? 1 : 0, ticks, lots);
    this.#writer.end();
  }
}
