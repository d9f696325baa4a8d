// One instrument of the bot: bars in, orders out. Indicators are fed closed bars alone, each once and in order; exits are
// judged on the check period, entries on the signal period, and an entry is asked for only when nothing is held, nothing
// is on its way and every check has passed. The order of the checks is the order of the code, and docs/bots/macd.md.

import type { Command } from "../../src/domain/command.ts";
import type {
  BarClosed,
  BookChanged,
  OrderFilled,
  OrderRefused,
  RefusalReason,
} from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { OrderIds } from "../../src/domain/order-ids.ts";
import type { DurationUs } from "../../src/domain/units.ts";
import { durationUs } from "../../src/domain/units.ts";
import type { JsonValue } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import { BarSequence } from "./bar-sequence.ts";
import type { DailyLimits } from "./daily-limits.ts";
import { refusingFilter } from "./filters.ts";
import type { MacdCoinConfig } from "./macd-config.ts";
import type { MarketReading } from "./market-reading.ts";
import { MarketReader } from "./market-reading.ts";
import { entryOrder } from "./orders.ts";
import { PositionKeeper } from "./position-keeper.ts";
import { regimeOf } from "./regime.ts";
import { SessionLimits } from "./session-limits.ts";
import type { Direction } from "./signal.ts";
import { CrossSignal, HigherTrend } from "./signal.ts";
import { lotsFor, riskTicksFor } from "./sizing.ts";
import { closingPrice, TouchWatch } from "./touch-watch.ts";

const NOTHING: readonly Command[] = [];

/** A venue says these of an order that is too small. */
const SIZE_REASONS: ReadonlySet<RefusalReason> = new Set(["min-size", "min-notional", "off-lot"]);

export type CoinTraderParts = Readonly<{
  config: MacdCoinConfig;
  instrument: Instrument;
  ids: OrderIds;
  daily: DailyLimits;
  /** Ledger units of the venue's account in one tick times one lot. */
  unitsPerTickLot: bigint;
}>;

/** A crossing that may still be entered on. */
type Armed = { readonly direction: Direction; barsLeft: number };

type Saved = Readonly<{
  reader: JsonValue;
  cross: JsonValue;
  higher: readonly JsonValue[];
  keeper: JsonValue;
  session: JsonValue;
  armed: Readonly<{ direction: Direction; barsLeft: number }> | null;
  sequence: JsonValue;
  touches: JsonValue;
  tally: readonly (readonly [string, number])[];
}>;

export class CoinTrader {
  /** Longest first, so that at a common close the trend is known before the signal, and exits come before entries. */
  readonly periods: readonly DurationUs[];
  readonly #parts: CoinTraderParts;
  readonly #reader: MarketReader;
  readonly #cross = new CrossSignal();
  readonly #higher: readonly HigherTrend[];
  readonly #keeper: PositionKeeper;
  readonly #session: SessionLimits;
  #armed: Armed | undefined;
  readonly #sequence = new BarSequence();
  readonly #touches = new TouchWatch();
  /** What became of crossings and trades, by reason, for people. */
  readonly #tally = new Map<string, number>();

  constructor(parts: CoinTraderParts) {
    const { config, instrument, ids } = parts;
    const { periodUs, checkUs, periods } = config;
    this.#parts = parts;
    this.#reader = new MarketReader(periods);
    const multiples = [...config.higherMultiples].sort((a, b) => b - a);
    this.#higher = multiples.map((multiple) => new HigherTrend(multiple * periodUs, periods));
    this.#keeper = new PositionKeeper(config, instrument, ids);
    this.#session = new SessionLimits(config.session);
    const wanted = [...this.#higher.map((each) => each.periodUs), checkUs, periodUs];
    this.periods = [...new Set(wanted)].map(durationUs);
  }

  onBar(bar: BarClosed, view: View): readonly Command[] {
    if (!this.#isNew(bar)) return NOTHING;
    for (const higher of this.#higher) if (higher.periodUs === bar.periodUs) higher.update(bar);
    const { periodUs, checkUs } = this.#parts.config;
    const { id } = this.#parts.instrument;
    const isSignal = bar.periodUs === periodUs;
    const isCheck = bar.periodUs === checkUs;
    if (!isSignal && !isCheck) return NOTHING;
    const reading = isSignal ? this.#reader.update(bar) : undefined;
    const cross = reading === undefined ? undefined : this.#crossed(reading);
    this.#settle(view);
    const breach = this.#parts.daily.judge(view.now, this.#equity(view));
    const commands = this.#keeper.attend(view, {
      bar: isCheck ? this.#touches.rangeOf(bar, this.#keeper.trade, view.book(id)) : undefined,
      cross,
      dailyLoss: breach === "daily-loss",
    });
    if (reading === undefined || this.#armed === undefined) return commands;
    const entry = this.#enter(this.#armed, reading, bar, view, breach);
    return entry === undefined ? commands : [...commands, entry];
  }

  /** Exits alone, at the price we could close at now; entries, days and settling wait for bars. */
  onTouch(touch: BookChanged, view: View): readonly Command[] {
    if (this.#parts.config.exits.watch !== "touch") return NOTHING;
    this.#touches.heard(touch.at);
    const range = closingPrice(this.#keeper.trade, view.book(this.#parts.instrument.id));
    if (range === undefined) return NOTHING;
    return this.#keeper.attend(view, { bar: range, cross: undefined, dailyLoss: false });
  }

  /** Only counts: a trade is settled at a bar, when a fill told after its order's end has had the time to come. */
  onFill(event: OrderFilled): void {
    this.#keeper.filled(event);
  }

  onRefused({ orderId, request, reason }: OrderRefused): void {
    if (request !== "place" || !SIZE_REASONS.has(reason)) return;
    const lots = this.#keeper.refusedForSize(orderId);
    if (lots !== undefined) this.#session.refusedForSize(lots);
    this.#count("too small for the venue");
  }

  save(): JsonValue {
    const saved: Saved = {
      reader: this.#reader.save(),
      cross: this.#cross.save(),
      higher: this.#higher.map((each) => each.save()),
      keeper: this.#keeper.save(),
      session: this.#session.save(),
      armed: this.#armed === undefined ? null : { ...this.#armed },
      sequence: this.#sequence.save(),
      touches: this.#touches.save(),
      tally: [...this.#tally],
    };
    return saved;
  }

  restore(state: JsonValue): void {
    const saved = state as Saved;
    this.#reader.restore(saved.reader);
    this.#cross.restore(saved.cross);
    this.#higher.forEach((each, index) => {
      each.restore(saved.higher[index] ?? null);
    });
    this.#keeper.restore(saved.keeper);
    this.#session.restore(saved.session);
    this.#armed = saved.armed === null ? undefined : { ...saved.armed };
    this.#sequence.restore(saved.sequence);
    this.#touches.restore(saved.touches);
    this.#tally.clear();
    for (const [reason, count] of saved.tally) this.#tally.set(reason, count);
  }

  #isNew(bar: BarClosed): boolean {
    const place = this.#sequence.take(bar);
    if (place === "after-hole") this.#count("holes between bars");
    if (place === "old") this.#count("bars passed over");
    return place !== "old";
  }

  #crossed(reading: MarketReading): Direction | undefined {
    const direction = this.#cross.update(reading.histogramMilliTicks);
    if (direction !== undefined) {
      this.#armed = { direction, barsLeft: this.#parts.config.signalBars };
      this.#count("crossings");
    }
    return direction;
  }

  /** One try at entering on a crossing; whatever refuses it is counted. */
  #enter(
    armed: Armed,
    reading: MarketReading,
    bar: BarClosed,
    view: View,
    breach: string | undefined,
  ): Command | undefined {
    armed.barsLeft -= 1;
    if (armed.barsLeft <= 0) this.#armed = undefined;
    const { direction } = armed;
    const refusal = this.#circumstance(direction, bar, view, breach);
    if (refusal !== undefined) return this.#refuse(refusal);
    const higherSigns: number[] = [];
    for (const higher of this.#higher) {
      const sign = higher.sign();
      if (sign === undefined) return this.#refuse("warming-up");
      higherSigns.push(sign);
    }
    const { config } = this.#parts;
    const regime = regimeOf(reading, config.regime);
    const filter = refusingFilter({ direction, reading, regime, higherSigns }, config.filters);
    if (filter !== undefined) return this.#refuse(filter);
    const riskTicks = riskTicksFor(reading.atrMilliTicks, {
      atrPermille: config.exits.stopAtrPermille,
      scalePermille: regime.stopPermille,
      ticksMin: config.exits.stopTicksMin,
    });
    const lots = this.#lots(reading, regime.sizePermille, riskTicks, bar, view);
    if (lots < 1) return this.#refuse("less-than-a-lot");
    if (this.#session.isTooSmall(lots)) return this.#refuse("too-small");
    const targetRPermille = scaled(config.exits.targetRPermille, regime.targetPermille);
    return this.#place(direction, { lots, riskTicks, targetRPermille }, view);
  }

  /** What forbids an entry whatever the market says. */
  #circumstance(
    direction: Direction,
    bar: BarClosed,
    view: View,
    breach: string | undefined,
  ): string | undefined {
    const { config, instrument } = this.#parts;
    if (config.direction === (direction > 0 ? "short" : "long")) return "direction";
    if (!this.#keeper.isIdle(view)) return "busy";
    // Dust of the other side would be taken for a position gone wrong.
    if (view.position(instrument.id).lots * direction < 0) return "dust";
    const { degradation } = view.health;
    if (degradation === "critical" || degradation === "emergency") return degradation;
    if (!view.health.linkUp(instrument.venue)) return "link-down";
    if (bar.at - bar.venueAt > config.lateUs) return "late-bar";
    if (this.#sequence.isAfterHole(config.periodUs)) return "after-a-hole";
    return breach ?? this.#session.refusal(view.now);
  }

  #lots(
    reading: MarketReading,
    regimePermille: number,
    riskTicks: number,
    bar: BarClosed,
    view: View,
  ): number {
    const { config, unitsPerTickLot } = this.#parts;
    const whole = view.health.degradation === "normal";
    const input = {
      equity: this.#equity(view),
      unitsPerTickLot,
      priceTicks: bar.close,
      riskTicks,
      atrRatioPermille: reading.atrRatioPermille,
      scalePermille: whole
        ? regimePermille
        : scaled(regimePermille, config.sizing.degradedPermille),
    };
    return lotsFor(input, config.sizing);
  }

  #place(
    direction: Direction,
    plan: Readonly<{ lots: number; riskTicks: number; targetRPermille: number }>,
    view: View,
  ): Command | undefined {
    const { config, instrument, ids } = this.#parts;
    const { id } = instrument;
    const orderId = ids.next();
    const request = { instrument: id, orderId, direction, lots: plan.lots, book: view.book(id) };
    const order = entryOrder(request, config.orders);
    if (order === undefined) return this.#refuse("no-book");
    this.#armed = undefined;
    this.#keeper.enter({ ...plan, direction, entryOrderId: orderId, askedAt: view.now });
    this.#session.entered(view.now);
    this.#count("entries");
    return order;
  }

  #settle(view: View): void {
    const ended = this.#keeper.settle(view);
    if (ended === undefined) return;
    if (ended.filled) this.#session.ended(ended.result, view.now);
    this.#count(ended.filled ? `exit: ${ended.reason ?? "unknown"}` : "entry not filled");
  }

  #equity(view: View): bigint {
    return view.account(this.#parts.instrument.venue).equity();
  }

  #refuse(reason: string): undefined {
    this.#count(`refused: ${reason}`);
  }

  #count(what: string): void {
    this.#tally.set(what, (this.#tally.get(what) ?? 0) + 1);
  }
}

function scaled(value: number, permille: number): number {
  return Math.floor((value * permille) / 1000);
}
