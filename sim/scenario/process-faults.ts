// When the bot's process dies, stands still, or finds its disk unwilling: counted by its acts, so that a crash can be
// aimed at any write, sync or command of an earlier run.

import type { Fault, FaultPlan } from "../faults/fault.ts";
import type { MomentLog } from "../faults/moments.ts";
import { MomentWatch } from "../faults/moments.ts";
import type { Survival } from "../faults/simulated-disk.ts";
import type { Trial } from "./trial.ts";

/** How the process ends, for how long, and what its disk keeps. */
export type Doom = Readonly<{
  kind: string;
  downUs: number;
  survival: Survival;
  /** The process that begins next has other settings: which, by the fault's parameter. */
  settings?: number;
}>;

/** What a process does to the outside. */
type Act = "append" | "sync" | "command";

/** A process whose fault says nothing of it is away for a second. */
const DOWN_US = 1_000_000;

/** The catalogue: a crash loop kills three more lives after their second act. */
const LOOP_LIVES = 3;
const LOOP_ACTS = 2;

const KEPT: Survival = { kind: "kept", place: 0 };

export type ProcessFaultsParts = Readonly<{
  fired: (kind: string) => void;
  effective: (kind: string) => void;
  /** Something of ours is on its way to a venue, or its answer back. */
  areWiresBusy: () => boolean;
}>;

/** The faults of one way of counting acts, in their order. */
class Aim {
  /** No act before this one is struck; Infinity when none will be. */
  at: number;
  readonly #faults: readonly Fault[];
  readonly #watch: MomentWatch | undefined;
  #next = 0;

  constructor(plan: FaultPlan, entity: number, log: MomentLog | undefined) {
    this.#faults = plan
      .filter(({ site, entity: of }) => (site === "process" || site === "disk") && of === entity)
      .sort((a, b) => a.ordinal - b.ordinal);
    this.#watch = log === undefined ? undefined : new MomentWatch(log, this.#faults);
    // Whoever watches the moments counts every act.
    this.at = this.#watch === undefined ? this.#nextOrdinal() : 0;
  }

  /** An act comes that may be struck. */
  begins(ordinal: number, act: Act, at: number): void {
    this.#watch?.begins({ sort: act, at, ordinal });
  }

  /** A fault that strikes at the act `ordinal`, until there is none. */
  take(ordinal: number): Fault | undefined {
    if (this.#watch !== undefined) return this.#watch.take(() => this.#byCount(ordinal));
    const fault = this.#byCount(ordinal);
    this.at = this.#nextOrdinal();
    return fault;
  }

  end(): void {
    this.#next = this.#faults.length;
    this.at = Number.POSITIVE_INFINITY;
  }

  #byCount(ordinal: number): Fault | undefined {
    if (this.#nextOrdinal() > ordinal) return undefined;
    this.#next += 1;
    return this.#faults[this.#next - 1];
  }

  #nextOrdinal(): number {
    return this.#faults[this.#next]?.ordinal ?? Number.POSITIVE_INFINITY;
  }
}

export class ProcessFaults {
  /** Writes, syncs and commands so far, by all lives; and of them those that found something open. */
  acts = 0;
  openActs = 0;
  /** Set from the act the process dies at. */
  doom: Doom | undefined;
  readonly #told: ProcessFaultsParts;
  readonly #ofAll: Aim;
  readonly #ofOpen: Aim;
  /** It dies once the present act is done. */
  #dies: Doom | undefined;
  #pauseUs = 0;
  #fullUntil = Number.NEGATIVE_INFINITY;
  #syncFails = false;
  #loop: Fault | undefined;
  #loopsLeft = 0;
  #loopAt = Number.POSITIVE_INFINITY;

  constructor({ plan, moments }: Pick<Trial, "plan" | "moments">, told: ProcessFaultsParts) {
    this.#told = told;
    this.#ofAll = new Aim(plan, 0, moments);
    this.#ofOpen = new Aim(plan, 1, moments);
  }

  /** Acts until the next fault at the least; Infinity without one. */
  get actsToNext(): number {
    const next = Math.min(this.#ofAll.at, this.#loopAt) - this.acts;
    return Math.min(next, this.#ofOpen.at - this.openActs);
  }

  /** One more act: false when it is not done. @throws where the disk does not take it. */
  mayAct(act: Act, now: number): boolean {
    if (this.doom !== undefined) return false;
    this.acts += 1;
    if (this.acts >= this.#ofAll.at) this.#strike(this.#ofAll, this.acts, act, now);
    if (act !== "append" || this.#told.areWiresBusy()) {
      this.openActs += 1;
      if (this.openActs >= this.#ofOpen.at) this.#strike(this.#ofOpen, this.openActs, act, now);
    }
    if (this.acts >= this.#loopAt) this.#dies = this.#loopDoom();
    if (this.doom !== undefined) return false;
    if (act === "append" && now < this.#fullUntil) {
      this.#told.effective("disk-full");
      throw new Error("no space left on the disk");
    }
    if (act === "sync" && this.#syncFails) {
      this.#syncFails = false;
      this.#told.effective("sync-fails");
      throw new Error("input/output error");
    }
    return true;
  }

  /** The act is done. */
  acted(): void {
    if (this.#dies === undefined) return;
    this.doom = this.#dies;
    this.#dies = undefined;
  }

  /** How long the process is to stand still now, µs; asked once. */
  takePause(): number {
    const us = this.#pauseUs;
    this.#pauseUs = 0;
    return us;
  }

  /** Another process begins. */
  reborn(): void {
    this.doom = undefined;
    this.#dies = undefined;
    this.#pauseUs = 0;
    this.#loopAt = Number.POSITIVE_INFINITY;
    if (this.#loopsLeft === 0) return;
    this.#loopsLeft -= 1;
    this.#loopAt = this.acts + LOOP_ACTS;
  }

  heal(): void {
    this.#ofAll.end();
    this.#ofOpen.end();
    this.#loopAt = Number.POSITIVE_INFINITY;
    this.#loopsLeft = 0;
    this.#pauseUs = 0;
    this.#fullUntil = Number.NEGATIVE_INFINITY;
    this.#syncFails = false;
  }

  #loopDoom(): Doom {
    this.#loopAt = Number.POSITIVE_INFINITY;
    return { kind: "crash-loop", downUs: this.#loop?.parameter ?? DOWN_US, survival: KEPT };
  }

  #strike(aim: Aim, ordinal: number, act: Act, now: number): void {
    aim.begins(ordinal, act, now);
    while (this.doom === undefined) {
      const fault = aim.take(ordinal);
      if (fault === undefined) return;
      this.#told.fired(fault.kind);
      this.#meet(fault, now);
    }
  }

  #meet(fault: Fault, now: number): void {
    const { kind, parameter } = fault;
    switch (kind) {
      case "crash-before":
        this.doom = { kind, downUs: parameter, survival: KEPT };
        break;
      case "crash-loop":
        this.#loop = fault;
        this.#loopsLeft = LOOP_LIVES;
        this.#dies = { kind, downUs: parameter, survival: KEPT };
        break;
      case "pause":
        this.#pauseUs = Math.max(this.#pauseUs, parameter);
        break;
      case "disk-full":
        this.#fullUntil = now + parameter;
        break;
      case "sync-fails":
        this.#syncFails = true;
        break;
      default:
        this.#dies = doomOf(fault);
    }
  }
}

/** Kinds whose process dies after the act, and what each leaves on the disk. */
function doomOf({ kind, parameter }: Fault): Doom {
  switch (kind) {
    case "tail-lost":
    case "snapshot-lost":
      return { kind, downUs: parameter, survival: { kind: "lost", place: 0 } };
    case "tail-torn":
      return { kind, downUs: DOWN_US, survival: { kind: "torn", place: parameter } };
    case "tail-flipped":
      return { kind, downUs: DOWN_US, survival: { kind: "flipped", place: parameter } };
    case "restart-changed":
      return { kind, downUs: DOWN_US, survival: KEPT, settings: parameter };
    case "middle-damaged":
      return { kind, downUs: DOWN_US, survival: { kind: "damaged", place: parameter } };
    default:
      return { kind, downUs: parameter, survival: KEPT };
  }
}
