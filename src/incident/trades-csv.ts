// Two tables of trades: the hedge mode's (exchange,timestamp,side,price,quantity; times in UTC) and the runbot's
// (Timestamp,OrderID,Side,Quantity,Price,Status; local times, Asia/Shanghai unless its machine was told otherwise).

import type { LogZone } from "./log-time.ts";
import { isoTimeUs } from "./log-time.ts";
import type { LineReading, LogFormat, LogReader } from "./reader.ts";
import { MORE, sided, UNKNOWN } from "./reader.ts";
import type { Told } from "./timeline.ts";
import { DECIMAL, legOf, sideOf, statusOf } from "./timeline.ts";

const HEADERS = {
  "exchange,timestamp,side,price,quantity": "hedge",
  "timestamp,orderid,side,quantity,price,status": "runbot",
} as const;
const RUNBOT_LEG = "venue";

class TradesCsvReader implements LogReader {
  readonly #zone: LogZone;
  /** Beside a log its rows are what the bot booked; alone they are all that is known of fills. */
  readonly #what: "fill" | "booked";
  #header: "hedge" | "runbot" | undefined;

  constructor(zone: LogZone, what: "fill" | "booked") {
    this.#zone = zone;
    this.#what = what;
  }

  line(text: string): LineReading {
    if (text.trim() === "") return MORE;
    const header = text.replaceAll(/[\s"]/g, "").toLowerCase();
    if (header in HEADERS) {
      this.#header = HEADERS[header as keyof typeof HEADERS];
      return { kind: "record", at: 0, told: [] };
    }
    const cells = text.split(",").map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
    if (this.#header === "hedge" && cells.length === 5) return this.#hedgeRow(cells);
    return this.#header === "runbot" && cells.length === 6 ? this.#runbotRow(cells) : UNKNOWN;
  }

  #hedgeRow([exchange = "", time = "", side = "", price = "", size = ""]: readonly string[]) {
    const at = isoTimeUs(time);
    if (at === undefined || !areTrades(side, price, size)) return UNKNOWN;
    const trade: Told = { what: this.#what, leg: legOf(exchange), ...sided(side), size, price };
    return { kind: "record" as const, at, told: [trade] };
  }

  #runbotRow([time = "", order, side = "", size = "", price = "", word = ""]: readonly string[]) {
    const at = this.#zone.timeUs(time);
    if (at === undefined || !areTrades(side, price, size)) return UNKNOWN;
    const status = statusOf(word);
    const row: Told =
      status === "FILLED"
        ? { what: this.#what, leg: RUNBOT_LEG, order, ...sided(side), size, price }
        : { what: "status", leg: RUNBOT_LEG, order, ...sided(side), status, price };
    return { kind: "record" as const, at, told: [row] };
  }
}

function areTrades(side: string, price: string, size: string): boolean {
  return sideOf(side) !== undefined && DECIMAL.test(price) && DECIMAL.test(size);
}

export const tradesCsv: LogFormat = {
  name: "trades-csv",
  told: "table of trades of the hedge mode or of the runbot",
  zone: "Asia/Shanghai",
  reader: (zone) => new TradesCsvReader(zone, "fill"),
};

/** The same table beside the log of the bot that wrote it. */
export const bookedCsv: LogFormat = {
  ...tradesCsv,
  reader: (zone) => new TradesCsvReader(zone, "booked"),
};
