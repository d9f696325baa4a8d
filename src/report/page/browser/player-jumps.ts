// The kinds of moment a reader can jump to, each as the steps where one is.

import type { FilmReader } from "./film-reader.ts";

export type Jump = Readonly<{ id: string; label: string; steps: Int32Array }>;

const ORDER = new Set([
  "place",
  "amend",
  "cancel",
  "accepted",
  "filled",
  "closed",
  "refused",
  "unknown",
]);

export function jumpsOf(film: FilmReader): readonly Jump[] {
  const { partings, violations } = film.told;
  const kinds = (id: string, label: string, ...names: readonly string[]): Jump =>
    where(film, id, label, (step) => names.includes(film.kind(step)));
  const parted = partings.flatMap(({ from, until }) => (until === null ? [from] : [from, until]));
  return [
    jump(
      "any",
      "any event",
      Array.from({ length: film.length }, (_, step) => step),
    ),
    jump("parted", "belief ≠ truth, begins or ends", parted),
    jump(
      "broken",
      "promise broken",
      violations.map(({ step }) => step),
    ),
    kinds("fill", "fill", "filled"),
    where(film, "order", "order message", (step) => ORDER.has(film.kind(step))),
    where(
      film,
      "fault",
      "fault, or a message it touched",
      (step) => film.kind(step) === "fault" || film.isTouched(step),
    ),
    where(film, "cancel", "cancel", (step) => isCancel(film, step)),
    kinds("reject", "refusal", "refused", "rule"),
    kinds("life", "crash or restart", "crash", "restart"),
    kinds("alert", "alert or halt", "alert", "halt"),
    kinds("note", "note", "note"),
    kinds("link", "link up or down", "link"),
  ];
}

function jump(id: string, label: string, steps: readonly number[]): Jump {
  const sorted = [...new Set(steps)].filter((step) => step >= 0).sort((one, other) => one - other);
  return { id, label: `${label} (${sorted.length})`, steps: Int32Array.from(sorted) };
}

function where(film: FilmReader, id: string, label: string, is: (step: number) => boolean): Jump {
  const steps: number[] = [];
  for (let step = 0; step < film.length; step += 1) if (is(step)) steps.push(step);
  return jump(id, label, steps);
}

function isCancel(film: FilmReader, step: number): boolean {
  const kind = film.kind(step);
  return kind === "cancel" || (kind === "closed" && film.messageWords(step) === "cancelled");
}

/** The next step of a kind after `step`, or the last one before it; undefined: there is none. */
export function nextOf({ steps }: Jump, step: number, direction: 1 | -1): number | undefined {
  if (direction === 1) return steps.find((each) => each > step);
  return steps.findLast((each) => each < step);
}
