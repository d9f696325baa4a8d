// When belief left truth: stretches in which the bot's position is off by more than the fills that are on their way, as the
// checker B1 counts them. A fill that is still to be heard explains a difference; one that was lost, or heard and not counted,
// does not. Belief is back when it has moved to where it may be, not when truth happens to come by.

import type { Change, Film, FilmMessage, Parting } from "./film.ts";

type Told = Pick<Film, "instruments" | "messages" | "steps" | "before">;

type Leg = {
  believed: number | undefined;
  true: number;
  /** Lots of fills said within the film and not heard yet, by their messages. */
  readonly waiting: Map<number, number>;
  lastFill: number | undefined;
  /** Belief became another one in this moment. */
  hasMoved: boolean;
  parted: Readonly<{ from: number } & Pick<Parting, "believed" | "true" | "message">> | undefined;
};

export function partingsOf({ instruments, messages, steps, before }: Told): readonly Parting[] {
  const legs = instruments.map(
    (): Leg => ({
      ...{ believed: undefined, true: 0, lastFill: undefined, hasMoved: false, parted: undefined },
      waiting: new Map(),
    }),
  );
  for (const change of before) take(legs, change);
  waitFrom(legs, messages, steps[0]?.at ?? 0);
  const partings: Parting[] = [];
  steps.forEach(({ at, who, message: index, changes }, step) => {
    const message = index === undefined ? undefined : messages[index];
    if (message?.kind === "filled") {
      fill(legs, { message, index: index as number, isSaid: who === "venue says" });
    }
    for (const change of changes) take(legs, change);
    // What is true of a moment is so when all of it has happened.
    if (steps[step + 1]?.at === at) return;
    legs.forEach((leg, instrument) => {
      const ended = judge(leg, { instrument, step });
      if (ended !== undefined) partings.push(ended);
      leg.hasMoved = false;
    });
  });
  legs.forEach(({ parted }, instrument) => {
    if (parted !== undefined) partings.push({ instrument, until: undefined, ...parted });
  });
  return partings.sort((one, other) => one.from - other.from);
}

/** Fills that were on their way when the film begins. */
function waitFrom(legs: readonly Leg[], messages: readonly FilmMessage[], at: number): void {
  messages.forEach((message, index) => {
    const { kind, sentAt, gotAt } = message;
    if (kind !== "filled" || sentAt >= at || gotAt === undefined || gotAt < at) return;
    fill(legs, { message, index, isSaid: true });
  });
}

function take(legs: readonly Leg[], change: Change): void {
  const leg = legs[change.instrument];
  if (leg === undefined) return;
  if (change.what === "true") leg.true = change.lots ?? 0;
  if (change.what !== "believed") return;
  leg.believed = change.lots;
  leg.hasMoved = true;
}

type Filled = Readonly<{ message: FilmMessage; index: number; isSaid: boolean }>;

function fill(legs: readonly Leg[], { message, index, isSaid }: Filled): void {
  const leg = legs[message.instrument ?? -1];
  if (leg === undefined) return;
  leg.lastFill = index;
  if (!isSaid) {
    leg.waiting.delete(index);
    return;
  }
  // One that is never heard explains nothing.
  if (message.gotAt === undefined) return;
  leg.waiting.set(index, (message.side === "bid" ? 1 : -1) * (message.size ?? 0));
}

type Place = Readonly<{ instrument: number; step: number }>;

/** The parting that ends here, if one does. */
function judge(leg: Leg, { instrument, step }: Place): Parting | undefined {
  const { believed, parted, hasMoved, waiting } = leg;
  const isApart = believed !== undefined && !isExplained(leg.true - believed, waiting);
  if (isApart) {
    leg.parted ??= { from: step, believed, true: leg.true, message: leg.lastFill };
    return undefined;
  }
  const isSettled = believed === leg.true && waiting.size === 0;
  if (parted === undefined || !(hasMoved || isSettled)) return undefined;
  leg.parted = undefined;
  return { instrument, until: step, ...parted };
}

/** Some of what is on its way may be known already, by a report: anything between none and all of it explains. */
function isExplained(off: number, waiting: ReadonlyMap<number, number>): boolean {
  let least = 0;
  let most = 0;
  for (const lots of waiting.values()) {
    if (lots < 0) least += lots;
    else most += lots;
  }
  return off >= least && off <= most;
}
