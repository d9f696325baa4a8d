// Trouble as data: one fault is where, to whom, at which occasion, what, and how much. A plan is a list of them; the
// empty plan is a fair world. Nothing is drawn while a run goes on, so a plan can be listed, edited, cut and replayed.

/**
 * Where a fault strikes, and with it what `entity` and `ordinal` count.
 * - request: `entity` a venue, `ordinal` the nth command on its way there, from 0
 * - answer: `entity` a venue, `ordinal` the nth answer on its way back, from 0
 * - link, venue, account: `entity` a venue, `ordinal` a second of the run, from 0
 * - feed, market: `entity` an instrument, `ordinal` a second of the run
 * - process, disk: `ordinal` the nth act of the bot (a write, a sync or a command), from 1; `entity` 0 counts all its
 *   acts, `entity` 1 those alone with something open: commands, syncs, and whatever is written while an answer is due
 * - clock: `entity` 0, `ordinal` a second of the run
 */
export type FaultSite =
  | "request"
  | "answer"
  | "link"
  | "venue"
  | "account"
  | "feed"
  | "market"
  | "process"
  | "disk"
  | "clock";

/** One piece of trouble; all five together are its identity in a plan. */
export type Fault = Readonly<{
  site: FaultSite;
  entity: number;
  ordinal: number;
  /** Its name in the catalogue. */
  kind: string;
  /** What the catalogue says: mostly a length in µs, else lots, ticks or a choice; a whole number ≥ 0. */
  parameter: number;
}>;

/** In the order (site, entity, ordinal, kind): how plans are kept, compared and printed. */
export type FaultPlan = readonly Fault[];
