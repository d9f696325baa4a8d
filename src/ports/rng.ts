// Chance, keyed: a draw depends on (seed, site, entity, ordinal) and on nothing that was drawn before.

/** One keyed stream family. Adding a reader moves nobody else's draws. */
export interface Rng {
  /** Uniform 32-bit unsigned integer of (site, entity, ordinal). */
  uint32(site: number, entity: number, ordinal: number): number;
  /** Uniform in [0, 1) with 32 bits. */
  unit(site: number, entity: number, ordinal: number): number;
}
