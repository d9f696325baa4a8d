// How far a number is from what it should be, as a share of it.

/** |value − due| / |due|; the plain distance where 0 is due. */
export function relativeError(value: number, due: number): number {
  return due === 0 ? Math.abs(value) : Math.abs(value - due) / Math.abs(due);
}
