// One fingerprint of all that a bot put on record, however often its process began again.

import type { Hasher } from "../../src/ports/storage.ts";

/** Of the digests of each life's journal, hex, in their order. */
export function digestOfLives(digests: readonly string[], hasher: () => Hasher): string {
  const all = hasher();
  for (const digest of digests) all.update(bytesOf(digest));
  return all.digest();
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex, (digit) => digit.charCodeAt(0));
}
