// The bot's process in a trial: strategy, bot, journal and timers on a simulated disk. It can be killed in the middle of
// any act (a write, a sync, a command), stopped for a while, or denied its disk; what comes after is another process,
// made from what the disk kept by the one path of recovery. Only acts reach the world: a dead bot's are not done.

import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/create-bot.ts";
import type { Event } from "../../src/domain/event.ts";
import type { TimeUs, VenueId } from "../../src/domain/units.ts";
import { BrokenJournal } from "../../src/journal/journal-reader.ts";
import type { JournalWriter } from "../../src/journal/journal-writer.ts";
import type { Storage } from "../../src/ports/storage.ts";
import type { JsonValue, Strategy } from "../../src/ports/strategy.ts";
import { sendTogether } from "../../src/ports/venue.ts";
import type { View } from "../../src/ports/view.ts";
import { SimulatedFile } from "../faults/simulated-disk.ts";
import { digestOfLives } from "./digest-of-lives.ts";
import { openJournal } from "./journal-of-run.ts";
import type { Doom } from "./process-faults.ts";
import { ProcessFaults } from "./process-faults.ts";
import { Remains } from "./remains.ts";
import type { RunParts, Scenario } from "./scenario.ts";
import type { BotRoom } from "./staging.ts";
import { toldAt } from "./told-at.ts";
import type { Trial } from "./trial.ts";

export type BotSeatParts = Readonly<{
  scenario: Scenario;
  room: BotRoom;
  trial: Pick<Trial, "plan" | "moments">;
  /** For the journals of all lives. */
  lent: RunParts;
  /** A strategy for one life. */
  strategy: (life: number) => Strategy;
  isLinkUp: (venue: VenueId) => boolean;
  /** Something of ours is on its way to a venue, or its answer back. */
  areWiresBusy: () => boolean;
  /** Something is to happen at `at`. */
  later: (at: number, over: () => void) => void;
  /** An event was handled to its end; the process died while handling one; another began; it broke a promise. */
  heard: (event: Event) => void;
  died: (during: Event | undefined, doom: Doom) => void;
  began: (life: number) => void;
  broke: (reason: string) => void;
  /** It believes what was not on record. */
  forgot: (what: string) => void;
  /** The process stands still until then. */
  paused: (until: number) => void;
  fired: (kind: string) => void;
  effective: (kind: string) => void;
}>;

export class BotSeat {
  readonly #parts: BotSeatParts;
  readonly #faults: ProcessFaults;
  /** What each life left on the disk. */
  readonly #remains: Remains;
  readonly #digests: string[] = [];
  #bot: Bot | undefined;
  #strategy: Strategy | undefined;
  #journal: JournalWriter | undefined;
  #file = new SimulatedFile();
  #life = -1;
  /** Why it can never begin again. */
  #broken: string | undefined;
  #haltReason: string | undefined;
  /** What waits while the process stands still. */
  #backlog: Event[] | undefined;
  /** µs our clock is ahead of the world's. */
  #offsetUs = 0;
  #handling: Event | undefined;

  constructor(parts: BotSeatParts) {
    this.#parts = parts;
    const { trial, fired, effective, areWiresBusy } = parts;
    this.#faults = new ProcessFaults(trial, { fired, effective, areWiresBusy });
    this.#remains = new Remains(parts.forgot);
  }

  get life(): number {
    return this.#life;
  }

  get acts(): number {
    return this.#faults.acts;
  }

  /** Of them, those that found something open. */
  get openActs(): number {
    return this.#faults.openActs;
  }

  /** Acts until the next fault of the process or its disk; Infinity without one. */
  get actsToFault(): number {
    return this.#faults.actsToNext;
  }

  get belief(): View | undefined {
    return this.#bot?.view;
  }

  /** What the strategy would save now; undefined while the process is down. */
  saved(): JsonValue | undefined {
    return this.#bot === undefined ? undefined : this.#strategy?.save();
  }

  get haltReason(): string | undefined {
    return this.#broken ?? (this.#bot === undefined ? this.#haltReason : this.#bot.haltReason);
  }

  get isPaused(): boolean {
    return this.#backlog !== undefined;
  }

  /** Everything on record is safe on the disk: nothing waits in the writer, nothing in the file for a sync. */
  get durable(): boolean {
    return this.#file.pending === 0 && this.#journal?.isSafe !== false;
  }

  /** A process begins, with whatever the disk holds. */
  begin(): void {
    if (this.#bot !== undefined || this.#broken !== undefined) return;
    const { room, scenario, lent, began, isLinkUp } = this.#parts;
    const { instruments, venues, books, rng } = room;
    this.#life += 1;
    this.#file = new SimulatedFile();
    this.#faults.reborn();
    const strategy = this.#parts.strategy(this.#life);
    const storage = this.#mortalDisk(this.#file);
    const journal = openJournal(scenario, instruments, strategy, { ...lent, storage });
    const bot = createBot({
      strategy,
      instruments,
      venues,
      books,
      venue: (id) => ({
        send: (command) => this.#act(() => room.venue(id).send(command)),
        sendBatch: (commands) => this.#act(() => sendTogether(room.venue(id), commands)),
      }),
      scheduler: {
        set: (timer, at) => room.scheduler.set(timer, (at - this.#offsetUs) as TimeUs),
        clear: (timer) => room.scheduler.clear(timer),
      },
      journal,
      risk: scenario.risk,
      durability: scenario.durability,
      machinery: scenario.machinery,
      rng,
    });
    try {
      if (this.#life > 0) bot.recover(this.#remains.recovery(lent.hasher));
    } catch (error) {
      if (!(error instanceof BrokenJournal)) throw error;
      this.#broken = `the journal is damaged: ${error.message}`;
      return;
    }
    this.#bot = bot;
    this.#strategy = strategy;
    this.#journal = journal;
    this.#guarded(() => bot.start(this.#ownTime(room.clock.now())));
    if (this.#buryIfDead()) return;
    began(this.#life);
    for (const { id } of this.#life === 0 ? [] : venues) {
      if (isLinkUp(id)) this.hear(this.#linkUp(id));
    }
  }

  /** What the world tells; nobody hears it while the process is down. */
  hear(event: Event): void {
    if (this.#bot === undefined) return;
    if (this.#backlog === undefined) this.#handle(this.#bot, event);
    else this.#backlog.push(event);
  }

  /** Our clock jumps. */
  shiftClock(byUs: number): void {
    this.#offsetUs += byUs;
  }

  get clockOffsetUs(): number {
    return this.#offsetUs;
  }

  /** No fault strikes from now on; what was down comes back at once. */
  heal(): void {
    this.#faults.heal();
    if (this.#backlog !== undefined) this.#resume();
    this.begin();
  }

  /** The fingerprint of all lives. */
  finish(): string {
    this.#journal?.flush();
    if (this.#journal !== undefined) this.#digests.push(this.#journal.digest());
    return digestOfLives(this.#digests, this.#parts.lent.hasher);
  }

  #handle(bot: Bot, event: Event): void {
    this.#handling = event;
    const told = toldAt(event, this.#ownTime(event.at));
    try {
      bot.handle(told);
    } catch (error) {
      this.#breaks(error);
    }
    if (this.#buryIfDead()) return;
    this.#parts.heard(told);
    this.#handling = undefined;
    const pauseUs = this.#faults.takePause();
    if (pauseUs > 0) this.#pause(pauseUs);
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#breaks(error);
    }
  }

  /** A promise was broken: the bot is abandoned, as its supervisor would. */
  #breaks(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#parts.broke(reason);
    this.#bot?.abandon(reason);
    this.#broken = `abandoned: ${reason}`;
    this.#haltReason = this.#broken;
    if (this.#journal !== undefined) this.#digests.push(this.#journal.digest());
    this.#journal = undefined;
    this.#bot = undefined;
    this.#parts.room.clearTimers();
  }

  #pause(us: number): void {
    const until = this.#parts.room.clock.now() + us;
    this.#backlog = [];
    this.#parts.paused(until);
    const life = this.#life;
    this.#parts.later(until, () => {
      if (this.#life === life && this.#backlog !== undefined) this.#resume();
    });
  }

  #resume(): void {
    const waiting = this.#backlog ?? [];
    this.#backlog = undefined;
    const at = this.#parts.room.clock.now();
    // What comes of one event may stop the process again: the rest waits on.
    for (const event of waiting) this.hear(toldAt(event, at));
  }

  /** True when the process has died: another begins later from what its disk kept. */
  #buryIfDead(): boolean {
    const doom = this.#faults.doom;
    if (doom === undefined || this.#bot === undefined) return this.#bot === undefined;
    this.#haltReason = this.#bot.haltReason;
    this.#parts.died(this.#handling, doom);
    this.#handling = undefined;
    this.#remains.bury(this.#file, doom.survival);
    if (this.#journal !== undefined) this.#digests.push(this.#journal.digest());
    this.#journal = undefined;
    this.#bot = undefined;
    this.#backlog = undefined;
    this.#parts.room.clearTimers();
    this.#parts.later(this.#parts.room.clock.now() + doom.downUs, () => this.begin());
    return true;
  }

  /** A request leaves, a batch whole or not at all. */
  #act(leave: () => void): void {
    if (!this.#faults.mayAct("command", this.#parts.room.clock.now())) return;
    leave();
    this.#faults.acted();
  }

  #mortalDisk(file: SimulatedFile): Storage {
    const { clock } = this.#parts.room;
    return {
      append: (bytes) => {
        if (!this.#faults.mayAct("append", clock.now())) return;
        file.append(bytes);
        this.#faults.acted();
      },
      sync: () => {
        if (!this.#faults.mayAct("sync", clock.now())) return;
        file.sync();
        this.#faults.acted();
      },
      snapshot: () => file.snapshot(),
    };
  }

  #linkUp(venue: VenueId): Event {
    const at = this.#parts.room.clock.now();
    return { kind: "LinkChanged", at, venueAt: at, venue, link: "up", cause: "a session begins" };
  }

  #ownTime(at: TimeUs): TimeUs {
    return (at + this.#offsetUs) as TimeUs;
  }
}
