// Which question about queues a run answers, as data. docs/FILLS.md says what each means to a user.

/**
 * How a resting order's place in the queue is believed to move.
 * - optimistic: first in the queue; any touch of the price fills the whole order. The upper end of the band.
 * - pessimistic: only a print strictly through the price fills. The lower end of the band.
 * - risk-averse: cancels are behind us; only prints shorten the queue ahead.
 * - power, log: cancels fall ahead or behind with the published probabilities (fill-models.md §1.4).
 */
export type FillModel =
  | Readonly<{ kind: "optimistic" }>
  | Readonly<{ kind: "pessimistic" }>
  | Readonly<{ kind: "risk-averse" }>
  /** n is a whole number, 1…8: integer powers are products, the same on every engine. */
  | Readonly<{ kind: "power"; family: 1 | 2 | 3; n: number }>
  | Readonly<{ kind: "log"; family: 1 | 2 }>;
