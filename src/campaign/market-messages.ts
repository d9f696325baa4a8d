// How much a market did: its messages, counted without replaying them.

import { META_KIND, META_LAST, META_SNAPSHOT, ROW_CLEAR, ROW_MARK } from "../domain/tape.ts";
import type { TapeSource } from "../ports/tape-source.ts";

/** Messages received until `until`, µs, without whole books and marks. */
export function messagesOf(source: TapeSource, until: number): number {
  let messages = 0;
  for (let index = 0; index < source.batchCount; index += 1) {
    const { rows, meta, receivedAt } = source.batch(index);
    for (let row = 0; row < rows; row += 1) {
      if ((receivedAt[row] as number) > until) break;
      const flags = meta[row] as number;
      const kind = flags & META_KIND;
      if ((flags & META_LAST) === 0 || (flags & META_SNAPSHOT) !== 0) continue;
      if (kind !== ROW_CLEAR && kind !== ROW_MARK) messages += 1;
    }
  }
  return messages;
}
