// Broken promises. An assertion is on in production: it says that our own code, not the outside, is wrong.
// Outside input is judged at the edge, with an error of the edge's own.

/** A promise of this code was broken: the run must stop, its state cannot be believed. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/**
 * Halts when `condition` is false.
 * @throws {BrokenPromise} carrying `sentence`, which says what should have been true.
 */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new BrokenPromise(sentence);
}

/** Marks a branch no value can reach; it does not compile while a variant is unhandled. */
export function unreachable(value: never): never {
  throw new BrokenPromise(`no variant is left, was ${JSON.stringify(value)}`);
}
