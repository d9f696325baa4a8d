// Several strategies as one, an instrument or more each, failing alone: a broken promise in one halts that one and cancels
// its orders; the others go on, in the same bot, on the same account, under the same limits (ADR 0016).
// Nothing a member decides depends on the others: they share the counter of order ids, and each has timers of its own.

import { assert } from "../domain/assert.ts";
import type { Command } from "../domain/command.ts";
import type { Event } from "../domain/event.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderIds } from "../domain/order-ids.ts";
import type { InstrumentId, TimerId } from "../domain/units.ts";
import { timerId } from "../domain/units.ts";
import type { JsonValue, Strategy, Want } from "../ports/strategy.ts";
import type { View } from "../ports/view.ts";

/** A strategy and what people call it: a coin's name. It trades the instruments it wants, and no other. */
export type GroupMember = Readonly<{ name: string; strategy: Strategy }>;

/** Timers of a member; a thousand members stay below the bot's own timers. */
const TIMERS_EACH = 0x10_0000;
const MEMBERS_MAX = 1000;
const NOTHING: readonly Command[] = [];

type Seat = {
  readonly name: string;
  readonly index: number;
  readonly strategy: Strategy;
  readonly instruments: ReadonlySet<InstrumentId>;
  /** Why it is halted; undefined while it runs. */
  failure: string | undefined;
};

type Saved = readonly Readonly<{ failure: string | null; state: JsonValue }>[];

/**
 * The members as one strategy. `ids` is the one counter all of them number their orders with: a bot's ids rise.
 * @throws {BrokenPromise} when two of them want one instrument
 */
export function strategyGroup(
  name: string,
  members: readonly GroupMember[],
  instruments: readonly Instrument[],
  ids: OrderIds,
): Strategy {
  assert(members.length >= 1, "a group has a member");
  assert(members.length <= MEMBERS_MAX, `a group has at most ${MEMBERS_MAX} members`);
  return new StrategyGroup(name, members, instruments, ids);
}

class StrategyGroup implements Strategy {
  readonly name: string;
  readonly wants: readonly Want[];
  readonly #instruments: readonly Instrument[];
  readonly #ids: OrderIds;
  readonly #seats: readonly Seat[];
  /** By instrument id. */
  readonly #seatOf: (Seat | undefined)[] = [];
  #notes: string[] = [];
  #revision = 0;

  constructor(
    name: string,
    members: readonly GroupMember[],
    instruments: readonly Instrument[],
    ids: OrderIds,
  ) {
    this.name = name;
    this.#instruments = instruments;
    this.#ids = ids;
    this.wants = members.flatMap(({ strategy }) => strategy.wants);
    this.#seats = members.map((member, index) => {
      const traded = new Set(member.strategy.wants.map(({ instrument }) => instrument));
      const seat: Seat = { ...member, index, instruments: traded, failure: undefined };
      for (const id of traded) {
        assert(
          this.#seatOf[id] === undefined,
          `instrument ${id} is of one member, ${member.name} is a second`,
        );
        this.#seatOf[id] = seat;
      }
      return seat;
    });
  }

  get revision(): number {
    return this.#revision;
  }

  decide(event: Event, view: View): readonly Command[] {
    switch (event.kind) {
      case "LinkChanged":
      case "AccountReported":
      case "CancelScheduled":
        return this.#seats.flatMap((seat) => this.#ask(seat, event, view));
      case "TimerFired": {
        const seat = this.#seats[Math.floor(event.timer / TIMERS_EACH)];
        if (seat === undefined) return NOTHING;
        return this.#ask(seat, { ...event, timer: timerId(event.timer % TIMERS_EACH) }, view);
      }
      default: {
        const seat = this.#seatOf[event.instrument];
        return seat === undefined ? NOTHING : this.#ask(seat, event, view);
      }
    }
  }

  save(): JsonValue {
    const saved: Saved = this.#seats.map(({ failure, strategy }) =>
      failure === undefined ? { failure: null, state: strategy.save() } : { failure, state: null },
    );
    return saved;
  }

  restore(saved: JsonValue): void {
    this.#revision += 1;
    const states = saved as Saved;
    assert(states.length === this.#seats.length, "a saved group has this one's members");
    for (const [index, { failure, state }] of states.entries()) {
      const seat = this.#seats[index] as Seat;
      // What is halted stays halted: nobody looked into it by starting anew.
      if (failure === null) seat.strategy.restore(state);
      else seat.failure = failure;
    }
  }

  takeNotes(): readonly string[] | undefined {
    if (this.#notes.length === 0) return undefined;
    const notes = this.#notes;
    this.#notes = [];
    return notes;
  }

  /** Whatever happens in the member, this returns. */
  #ask(seat: Seat, event: Event, view: View): readonly Command[] {
    if (seat.failure !== undefined) return cancelLate(event);
    const { revision } = seat.strategy;
    try {
      const commands = seat.strategy.decide(event, view);
      // What members share, one of them has changed.
      if (revision === undefined || seat.strategy.revision !== revision) this.#revision += 1;
      return this.#judged(seat, commands);
    } catch (error) {
      return this.#fail(seat, error instanceof Error ? error.message : String(error));
    }
  }

  /** The commands as the bot may carry them out: about the member's own instruments, orders and timers. */
  #judged(seat: Seat, commands: readonly Command[]): readonly Command[] {
    if (commands.every((command) => this.#isOwnOrder(seat, command))) return commands;
    const judged: Command[] = [];
    for (const command of commands) {
      if (command.kind === "Halt") return [...judged, ...this.#fail(seat, command.reason)];
      judged.push(...this.#dealt(seat, command));
    }
    return judged;
  }

  #dealt(seat: Seat, command: Exclude<Command, { kind: "Halt" }>): readonly Command[] {
    switch (command.kind) {
      case "SetTimer":
      case "ClearTimer":
        return [{ ...command, timer: timerOf(seat, command.timer) }];
      case "CancelAll":
        if (command.instrument !== undefined) {
          assert(seat.instruments.has(command.instrument), `${seat.name} cancels its own orders`);
          return [command];
        }
        return this.#cancelAll(seat).filter(({ venue }) => venue === command.venue);
      case "ReportAccount":
        return [command];
      case "ScheduleCancel":
        assert(
          false,
          `${seat.name} does not cancel everything of the account, which is others' too`,
        );
        break;
      default: {
        const own = seat.instruments.has(command.instrument);
        assert(own, `${seat.name} trades its own instruments, not ${command.instrument}`);
        assert(
          this.#isOwnOrder(seat, command),
          `${seat.name} numbers its orders with the counter it was made with`,
        );
        return [command];
      }
    }
  }

  /** A command about an order in an instrument of the member's: the common case, which passes as it is. */
  #isOwnOrder(seat: Seat, command: Command): boolean {
    switch (command.kind) {
      case "PlaceOrder":
      case "CancelOrder":
      case "AmendOrder":
        return seat.instruments.has(command.instrument) && command.orderId < this.#ids.save();
      default:
        return false;
    }
  }

  #fail(seat: Seat, reason: string): readonly Command[] {
    seat.failure = reason;
    this.#revision += 1;
    const running = this.#seats.filter((each) => each.failure === undefined);
    const names = running.map(({ name }) => name).join(", ") || "none";
    const goOn = running.length > 1 ? "go on" : "goes on";
    this.#notes.push(`alert: ${seat.name} is halted: ${reason}; ${names} ${goOn}`);
    return this.#cancelAll(seat);
  }

  #cancelAll(seat: Seat): Extract<Command, { kind: "CancelAll" }>[] {
    return [...seat.instruments].map((id) => {
      const instrument = this.#instruments[id];
      if (instrument === undefined) assert(false, `instrument ${id} is in the run`);
      return { kind: "CancelAll", venue: instrument.venue, instrument: id };
    });
  }
}

function timerOf(seat: Seat, timer: TimerId): TimerId {
  assert(timer < TIMERS_EACH, `timers of a member are below ${TIMERS_EACH}, was ${timer}`);
  return timerId(seat.index * TIMERS_EACH + timer);
}

/** An order that was on its way while its strategy failed is cancelled as soon as the venue knows it. */
function cancelLate(event: Event): readonly Command[] {
  if (event.kind !== "OrderAccepted") return NOTHING;
  const { instrument, orderId } = event;
  return [{ kind: "CancelOrder", instrument, orderId }];
}
