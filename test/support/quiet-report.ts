// Around any strategy: falls silent near the end of a run, asks the venues for their account of us once every wire is
// quiet, and keeps where belief and truth differ. Also holds the belief in each position to the fills told so far.

import type { Command } from "../../src/domain/command.ts";
import type { AccountReported, Event } from "../../src/domain/event.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { TimerId, TimeUs, VenueId } from "../../src/domain/units.ts";
import { signOf } from "../../src/domain/units.ts";
import type { JsonValue, Strategy, Want } from "../../src/ports/strategy.ts";
import type { View } from "../../src/ports/view.ts";

/** Far from any number a strategy gives its timers. */
const SILENCE = 1_000_001 as TimerId;
const REPORT = 1_000_002 as TimerId;
/** Longer than any request and its answer together take in the runs this is used for. */
const QUIET_US = 1_000_000;

export class QuietReport implements Strategy {
  readonly name: string;
  readonly wants: readonly Want[];
  readonly differences: string[] = [];
  reports = 0;
  /** Orders that stood open in the reports: a comparison of nothing with nothing proves little. */
  openOrders = 0;
  readonly #inner: Strategy;
  readonly #instruments: readonly Instrument[];
  readonly #reportAt: number;
  readonly #told: number[];
  #started = false;
  #silent = false;

  constructor(inner: Strategy, instruments: readonly Instrument[], reportAt: number) {
    this.name = inner.name;
    this.wants = inner.wants;
    this.#inner = inner;
    this.#instruments = instruments;
    this.#reportAt = reportAt;
    this.#told = instruments.map(() => 0);
  }

  decide(event: Event, view: View): readonly Command[] {
    if (event.kind === "OrderFilled") this.#follow(event, view);
    if (event.kind === "AccountReported") this.#compare(event, view);
    if (event.kind === "TimerFired" && event.timer === SILENCE) this.#silent = true;
    if (event.kind === "TimerFired" && event.timer === REPORT) return this.#ask();
    if (this.#silent) return [];
    const commands = this.#inner.decide(event, view);
    if (this.#started) return commands;
    this.#started = true;
    return [...this.#timers(), ...commands];
  }

  save(): JsonValue {
    return this.#inner.save();
  }

  restore(saved: JsonValue): void {
    this.#inner.restore(saved);
  }

  #timers(): readonly Command[] {
    const at = this.#reportAt;
    return [
      { kind: "SetTimer", timer: SILENCE, at: (at - QUIET_US) as TimeUs },
      { kind: "SetTimer", timer: REPORT, at: at as TimeUs },
    ];
  }

  #ask(): readonly Command[] {
    const venues = new Set<VenueId>(this.#instruments.map((each) => each.venue));
    return [...venues].map((venue) => ({ kind: "ReportAccount", venue }));
  }

  #follow(event: Extract<Event, { kind: "OrderFilled" }>, view: View): void {
    const { instrument, side, size } = event;
    const told = (this.#told[instrument] ?? 0) + signOf(side) * size;
    this.#told[instrument] = told;
    const { lots } = view.position(instrument);
    if (lots !== told) this.differences.push(`fills make ${told} lots, the view says ${lots}`);
  }

  /** Everything the venue did up to the report was told before it, so nothing excuses a difference. */
  #compare(report: AccountReported, view: View): void {
    this.reports += 1;
    this.openOrders += report.openOrders.length;
    for (const { id, venue } of this.#instruments) {
      if (venue !== report.venue) continue;
      const truth = report.positions.find(({ instrument }) => instrument === id)?.lots ?? 0;
      const { lots } = view.position(id);
      if (lots !== truth) this.differences.push(`believed ${lots} lots, true are ${truth}`);
      const open = report.openOrders.filter(({ instrument }) => instrument === id);
      const true_ = open.map((each) =>
        [each.orderId, each.side, each.price, each.leaves].join(" "),
      );
      const believed = view
        .openOrders(id)
        .map((each) => [each.orderId, each.side, each.price, each.size - each.filled].join(" "));
      if (believed.join() !== true_.join()) {
        this.differences.push(`believed orders ${believed.join()}, true are ${true_.join()}`);
      }
    }
  }
}
