// The MACD bot: a trader for each of its instruments, one counter of order ids, one daily limit a venue.
// It decides on closed bars alone, in whole numbers, and promises: at most one position an instrument, exits reduce-only,
// no entry without a stop. Design: "Hyperliquid MACD trading bot", Enhanced MACD Strategy.

import { assert } from "../../src/domain/assert.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import type { InstrumentId, VenueId } from "../../src/domain/units.ts";
import type { JsonValue, Strategy, Want } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { CoinTrader } from "./coin-trader.ts";
import { DailyLimits } from "./daily-limits.ts";
import type { MacdBotConfig, MacdCoinConfig } from "./macd-config.ts";

const NOTHING: readonly Command[] = [];

type MacdSaved = Readonly<{
  nextOrderId: number;
  coins: readonly JsonValue[];
  daily: readonly JsonValue[];
}>;

/** A MACD bot on one or more instruments. @throws {BrokenPromise} when the config contradicts itself. */
export function createMacd(config: MacdBotConfig, instruments: readonly Instrument[]): Strategy {
  assert(config.coins.length > 0, "a MACD bot has an instrument");
  const chosen = new Set(config.coins.map((coin) => coin.instrument));
  assert(chosen.size === config.coins.length, "an instrument is traded by one entry of the config");
  for (const coin of config.coins) judgeCoin(coin, instruments);
  return new MacdBot(config, instruments, { ids: new OrderIds(), daily: new Map() });
}

/**
 * The same bot in parts, one a coin in the order of the config, so that each can fail alone. The account's daily limits
 * and the counter of order ids are shared. @throws {BrokenPromise} as `createMacd` does
 */
export function createMacdCoins(
  config: MacdBotConfig,
  instruments: readonly Instrument[],
  ids: OrderIds,
): readonly Strategy[] {
  for (const coin of config.coins) judgeCoin(coin, instruments);
  const shared: Shared = { ids, daily: new Map() };
  return config.coins.map((coin) => new MacdBot({ ...config, coins: [coin] }, instruments, shared));
}

/** What the coins of one account have in common. */
type Shared = Readonly<{ ids: OrderIds; daily: Map<VenueId, DailyLimits> }>;

class MacdBot implements Strategy {
  readonly name = "macd";
  readonly wants: readonly Want[];
  readonly #ids: OrderIds;
  readonly #coins = new Map<InstrumentId, CoinTrader>();
  readonly #daily: Map<VenueId, DailyLimits>;
  #revision = 0;

  constructor(config: MacdBotConfig, instruments: readonly Instrument[], shared: Shared) {
    this.#ids = shared.ids;
    this.#daily = shared.daily;
    const wants: Want[] = [];
    for (const coin of config.coins) {
      const instrument = instruments[coin.instrument];
      assert(instrument !== undefined, "an instrument of the bot is in the run");
      const daily = this.#daily.get(instrument.venue) ?? new DailyLimits(config.daily);
      this.#daily.set(instrument.venue, daily);
      const unitsPerTickLot = accountUnits(instrument, instruments);
      const ids = this.#ids;
      const trader = new CoinTrader({ config: coin, instrument, ids, daily, unitsPerTickLot });
      this.#coins.set(instrument.id, trader);
      const want = { instrument: instrument.id, bars: trader.periods };
      wants.push(coin.exits.watch === "touch" ? { ...want, book: { on: "touch" } } : want);
    }
    this.wants = wants;
  }

  get revision(): number {
    return this.#revision;
  }

  decide(event: Event, view: View): readonly Command[] {
    switch (event.kind) {
      case "BarClosed":
        this.#revision += 1;
        return this.#coins.get(event.instrument)?.onBar(event, view) ?? NOTHING;
      case "BookChanged":
        this.#revision += 1;
        return this.#coins.get(event.instrument)?.onTouch(event, view) ?? NOTHING;
      case "OrderRefused":
        this.#revision += 1;
        this.#coins.get(event.instrument)?.onRefused(event);
        return NOTHING;
      case "OrderFilled":
        this.#revision += 1;
        this.#coins.get(event.instrument)?.onFill(event);
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  save(): JsonValue {
    const saved: MacdSaved = {
      nextOrderId: this.#ids.save(),
      coins: [...this.#coins.values()].map((coin) => coin.save()),
      daily: [...this.#daily.values()].map((each) => each.save()),
    };
    return saved;
  }

  restore(saved: JsonValue): void {
    const state = saved as MacdSaved;
    this.#revision += 1;
    assert(state.coins.length === this.#coins.size, "a saved MACD bot has this one's instruments");
    this.#ids.restore(state.nextOrderId);
    let index = 0;
    for (const coin of this.#coins.values()) coin.restore(state.coins[index++] ?? null);
    index = 0;
    for (const daily of this.#daily.values()) daily.restore(state.daily[index++] ?? null);
  }
}

/**
 * Units of the venue's account in one tick times one lot. An account is kept in the unit of its finest instrument.
 */
function accountUnits(instrument: Instrument, instruments: readonly Instrument[]): bigint {
  let units = BigInt(instrument.moneyPerTickLot);
  let decimals = instrument.moneyDecimals;
  for (const each of instruments) {
    if (each.venue !== instrument.venue) continue;
    for (; decimals < each.moneyDecimals; decimals += 1) units *= 10n;
  }
  return units;
}

function judgeCoin(coin: MacdCoinConfig, instruments: readonly Instrument[]): void {
  const instrument = instruments[coin.instrument];
  assert(instrument !== undefined, `the bot's instrument ${coin.instrument} is in the run`);
  assert(
    instrument.contract !== "spot" || coin.direction === "long",
    `${instrument.symbol} is spot and can only be traded long`,
  );
  const { periodUs, checkUs } = coin;
  assert(checkUs > 0 && periodUs % checkUs === 0, "the signal period is a multiple of the check's");
  assert(
    coin.higherMultiples.every((multiple) => Number.isInteger(multiple) && multiple >= 2),
    "longer bars are at least twice the signal period",
  );
  assert(coin.signalBars >= 1, "a crossing may be entered on at least its own bar");
  assert(coin.session.lossesMax >= 1, "a pause follows at least one loss");
}
