// When belief left truth: stretches in which the bot's position is not the venue's, and the fills that are on their way do
// not make the difference. A fill that is still to be heard explains it; one that was lost, or heard and not counted, does not.

import type { Change, Film, FilmMessage, Parting } from "./film.ts";

type Told = Pick<Film, "instruments" | "messages" | "steps" | "before">;

type Leg = {
  believed: number | undefined;
  true: number;
  /** Lots of fills said, and yet to be heard. */
  onWire: number;
  /** Fills said within the film and not heard yet, by their messages. */
  readonly waiting: Set<number>;
  lastFill: number | undefined;
  parted: { from: number; believed: number; true: number; message: number | undefined } | undefined;
};

export function partingsOf({ instruments, messages, steps, before }: Told): readonly Parting[] {
  const legs = instruments.map(
    (): Leg => ({
      ...{ believed: undefined, true: 0, onWire: 0, lastFill: undefined, parted: undefined },
      waiting: new Set(),
    }),
  );
  for (const change of before) take(legs, change);
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
    });
  });
  legs.forEach(({ parted }, instrument) => {
    if (parted !== undefined) partings.push({ instrument, until: undefined, ...parted });
  });
  return partings.sort((one, other) => one.from - other.from);
}

function take(legs: readonly Leg[], change: Change): void {
  const leg = legs[change.instrument];
  if (leg === undefined) return;
  if (change.what === "believed") leg.believed = change.lots;
  if (change.what === "true") leg.true = change.lots ?? 0;
}

type Filled = Readonly<{ message: FilmMessage; index: number; isSaid: boolean }>;

function fill(legs: readonly Leg[], { message, index, isSaid }: Filled): void {
  const leg = legs[message.instrument ?? -1];
  if (leg === undefined) return;
  const lots = (message.side === "bid" ? 1 : -1) * (message.size ?? 0);
  leg.lastFill = index;
  if (!isSaid) {
    if (leg.waiting.delete(index)) leg.onWire -= lots;
    return;
  }
  // One that is never heard explains nothing.
  if (message.gotAt === undefined) return;
  leg.waiting.add(index);
  leg.onWire += lots;
}

function judge(leg: Leg, { instrument, step }: Readonly<{ instrument: number; step: number }>) {
  const { believed, onWire, parted } = leg;
  const isParted =
    believed !== undefined && believed !== leg.true && believed + onWire !== leg.true;
  if (isParted) {
    leg.parted ??= { from: step, believed, true: leg.true, message: leg.lastFill };
    return undefined;
  }
  if (parted === undefined) return undefined;
  leg.parted = undefined;
  return { instrument, until: step, ...parted };
}
