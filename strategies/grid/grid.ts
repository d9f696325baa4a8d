// The grid bot: keeps a ladder of post-only orders around a centre that leans against its inventory and, where asked
// to, with the trend; volatility spreads the rungs. It looks at the book at most once a wake-up, decides where the
// ladder stands, and leaves to its orders what that takes. It promises no answer to a refusal before the next look.
// All it remembers is in `save`: restored at any point, it goes on as if it had never stopped.
// Design: "Grid Trading Bot Architecture", GridBuilder and Strategy.

import { assert } from "../../src/domain/assert.ts";
import type { Command } from "../../src/domain/command.ts";
import type { BookChanged, Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { OrderIds } from "../../src/domain/order-ids.ts";
import { durationUs, priceTicks } from "../../src/domain/units.ts";
import type { JsonValue, Strategy, Want } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";
import type { GridConfig } from "./grid-config.ts";
import type { LadderShape } from "./grid-ladder.ts";
import { GridLadder } from "./grid-ladder.ts";
import { GridOrders } from "./grid-orders.ts";
import { GridSignals } from "./grid-signals.ts";
import { sizePermilles } from "./size-scale.ts";

const NOTHING: readonly Command[] = [];

/** What a grid needs to go on after a restart; everything else it reads from the view. */
type GridSaved = Readonly<{
  centreHalfTicks: number | null;
  centredPosition: number;
  shape: LadderShape;
  accountedPosition: number;
  exitsOnly: boolean;
  isDirty: boolean;
  quietUntil: number;
  orders: JsonValue;
  signals: JsonValue;
}>;

/** A grid on one instrument. @throws {BrokenPromise} when the config contradicts itself. */
export function createGrid(
  config: GridConfig,
  instruments: readonly Instrument[],
  ids = new OrderIds(),
): Strategy {
  const instrument = instruments[config.instrument];
  assert(instrument !== undefined, `the grid's instrument ${config.instrument} is in the run`);
  assert(config.positionMaxLots >= config.levelLots, "a position of one rung is within the limit");
  return new Grid(config, instrument, ids);
}

class Grid implements Strategy {
  readonly name = "grid";
  readonly wants: readonly Want[];
  readonly #config: GridConfig;
  readonly #instrument: Instrument;
  readonly #ladder: GridLadder;
  readonly #orders: GridOrders;
  /** undefined where neither volatility nor trend is asked for: then no bar is built. */
  readonly #signals: GridSignals | undefined;
  #shape: LadderShape;
  #centre: number | undefined;
  /** The position when the ladder was last centred: rungs are taken relative to it. */
  #centredPosition = 0;
  /** The position that our own fills explain: what differs from it was done by somebody else. */
  #accountedPosition = 0;
  /** The bot is unwell: only what leads out of the position is quoted. */
  #exitsOnly = false;
  /** Something other than the centre may have changed what is to be sent. */
  #dirty = true;
  /** No round of orders before this: requotes are coalesced. */
  #quietUntil = 0;
  #revision = 0;

  constructor(config: GridConfig, instrument: Instrument, ids: OrderIds) {
    this.#config = config;
    this.#instrument = instrument;
    this.#ladder = new GridLadder(config);
    this.#orders = new GridOrders(config, instrument, this.#ladder, ids);
    const isMeasured = config.volatility !== undefined || config.trend !== undefined;
    this.#signals = isMeasured ? new GridSignals(config) : undefined;
    const { spacingTicks } = config;
    this.#shape = { spacingTicks, bidSizePermille: 1000, askSizePermille: 1000 };
    const everyUs = durationUs(config.wakeUs);
    this.wants = [{ instrument: instrument.id, book: { on: "interval", everyUs } }];
  }

  get revision(): number {
    return this.#revision;
  }

  decide(event: Event, view: View): readonly Command[] {
    if (event.kind === "BookChanged") {
      return event.instrument === this.#instrument.id ? this.#onBook(event, view) : NOTHING;
    }
    this.#heed(event, view);
    return NOTHING;
  }

  save(): JsonValue {
    const saved: GridSaved = {
      centreHalfTicks: this.#centre ?? null,
      centredPosition: this.#centredPosition,
      shape: this.#shape,
      accountedPosition: this.#accountedPosition,
      exitsOnly: this.#exitsOnly,
      isDirty: this.#dirty,
      quietUntil: this.#quietUntil,
      orders: this.#orders.save(),
      signals: this.#signals?.save() ?? null,
    };
    return saved;
  }

  restore(json: JsonValue): void {
    const saved = json as unknown as GridSaved;
    this.#revision += 1;
    this.#centre = saved.centreHalfTicks ?? undefined;
    this.#centredPosition = saved.centredPosition;
    this.#shape = saved.shape;
    this.#ladder.shape(saved.shape);
    this.#accountedPosition = saved.accountedPosition;
    this.#exitsOnly = saved.exitsOnly;
    this.#dirty = saved.isDirty;
    this.#quietUntil = saved.quietUntil;
    this.#orders.restore(saved.orders);
    if (saved.signals !== null) this.#signals?.restore(saved.signals);
  }

  /** What is heard changes nothing at once: what it means is worked out at the next look. */
  #heed(event: Exclude<Event, BookChanged>, view: View): void {
    let changes = !this.#dirty;
    switch (event.kind) {
      case "OrderAccepted":
        this.#orders.accepted(event.orderId);
        changes = true;
        break;
      case "OrderRefused":
        this.#orders.refused(event, view);
        changes = true;
        break;
      case "OrderFilled":
        if (event.instrument !== this.#instrument.id) return;
        if (this.#orders.owns(event.orderId)) this.#accountedPosition = this.#position(view);
        else this.#account(view);
        this.#orders.filled(event.orderId);
        changes = true;
        break;
      case "OrderClosed":
        if (this.#orders.closed(event, view.now)) changes = true;
        break;
      case "OrderUnknown":
        this.#orders.unknown(event.orderId);
        changes = true;
        break;
      case "AccountReported":
        if (event.venue !== this.#instrument.venue) return;
        if (this.#account(view)) changes = true;
        break;
      case "LinkChanged":
        break;
      default:
        return;
    }
    this.#dirty = true;
    if (changes) this.#revision += 1;
  }

  /** The only place where orders are sent. Returns at once when nothing but the touch has moved a little. */
  #onBook(event: BookChanged, view: View): readonly Command[] {
    const { id, venue } = this.#instrument;
    if (!view.health.linkUp(venue)) return NOTHING;
    const { bid, ask } = event;
    if (bid === undefined || ask === undefined || !view.book(id).fresh) return this.#withdraw(view);
    // A crossed book is a feed between two messages: what stands may stand, nothing is decided on it.
    if (bid > ask) return NOTHING;
    if (this.#signals !== undefined) {
      this.#revision += 1;
      this.#signals.heard(view.now, bid + ask);
      if (this.#signals.takeShock()) {
        this.#orders.gate.pause(view.now);
        return this.#withdraw(view);
      }
    }
    if (view.now < this.#quietUntil) return NOTHING;
    if (this.#orders.countUnsent(view) || this.#orders.hasExpired(view.now)) this.#dirty = true;
    this.#heedHealth(view);
    const position = this.#position(view);
    const target = this.#target(bid, ask, position, view);
    const centre = this.#centre;
    const drifted = centre === undefined || Math.abs(target - centre) > 2 * this.#config.driftTicks;
    if (!drifted && !this.#dirty) return NOTHING;
    this.#revision += 1;
    if (drifted) this.#centreAt(target, position, bid + ask);
    this.#ladder.build({
      centreHalfTicks: this.#centre as number,
      takenLots: position - this.#centredPosition,
      bestBid: bid,
      bestAsk: ask,
      roomBid: this.#room(position),
      roomAsk: this.#room(-position),
    });
    const commands = this.#orders.difference(position, view);
    this.#dirty = this.#orders.isUnfinished;
    if (commands.length > 0) this.#quietUntil = view.now + this.#config.requoteUs;
    return commands;
  }

  /** Nobody tells of it: at critical nothing that opens would be sent, so nothing is asked for. */
  #heedHealth(view: View): void {
    const { degradation } = view.health;
    const exitsOnly = degradation === "critical" || degradation === "emergency";
    if (exitsOnly !== this.#exitsOnly) this.#dirty = true;
    this.#exitsOnly = exitsOnly;
  }

  #position(view: View): number {
    return view.position(this.#instrument.id).lots;
  }

  /** Where the centre belongs, in half ticks: mid or microprice, with the trend, leaning against the position. */
  #target(bid: number, ask: number, position: number, view: View): number {
    const { skewTicks, positionMaxLots } = this.#config;
    // Truncated towards zero, so that long and short lean alike.
    let lean = Math.trunc((position * 2 * skewTicks) / positionMaxLots);
    if (this.#signals !== undefined) lean -= this.#signals.biasHalfTicks(bid + ask);
    if (this.#config.centre === "mid") return bid + ask - lean;
    const book = view.book(this.#instrument.id);
    const bidLots = book.sizeAt("bid", priceTicks(bid));
    const askLots = book.sizeAt("ask", priceTicks(ask));
    const lots = bidLots + askLots;
    if (lots === 0) return bid + ask - lean;
    // The excess over the bid is taken alone, so that the product stays far below 2^53.
    return 2 * bid + Math.floor((2 * (ask - bid) * bidLots) / lots) - lean;
  }

  /** A full rebuild: the ladder is centred, spaced and sized anew, and what is held now counts as no rung taken. */
  #centreAt(target: number, position: number, midHalfTicks: number): void {
    this.#centre = target;
    this.#centredPosition = position;
    const { inventory, positionMaxLots, volatility } = this.#config;
    if (volatility === undefined && inventory === undefined) return;
    const sizes = sizePermilles(position, positionMaxLots, inventory);
    const spacingTicks = this.#signals?.spacingTicks(midHalfTicks) ?? this.#config.spacingTicks;
    this.#shape = { spacingTicks, bidSizePermille: sizes.bid, askSizePermille: sizes.ask };
    this.#ladder.shape(this.#shape);
  }

  /** The lots a side may still take on; `held` is the position in that side's direction. */
  #room(held: number): number {
    const { inventory, positionMaxLots } = this.#config;
    if (this.#exitsOnly) return Math.max(0, -held);
    if (inventory === undefined || held <= 0) return positionMaxLots - held;
    return held * 1000 > inventory.skewHardPermille * positionMaxLots ? 0 : positionMaxLots - held;
  }

  /** The position moved without a fill of ours: a large move means the ladder no longer stands for what is held. */
  #account(view: View): boolean {
    const position = this.#position(view);
    const before = this.#accountedPosition;
    this.#accountedPosition = position;
    const moved = Math.abs(position - before);
    if (moved === 0) return false;
    const { positionDriftPermille = 0 } = this.#config;
    if (moved * 1000 > positionDriftPermille * Math.abs(before)) {
      this.#centre = undefined;
    } else this.#centredPosition += position - before;
    return true;
  }

  /** No book to quote on: everything that can be cancelled is. */
  #withdraw(view: View): readonly Command[] {
    this.#dirty = true;
    this.#revision += 1;
    return this.#orders.withdraw(view);
  }
}
