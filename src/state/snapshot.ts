// A saved state that knows its version and whether it is whole. The checksum finds damage, not malice.

import type { JsonValue } from "../ports/strategy.ts";

/** A snapshot that is damaged, or of another version: it is not restored. */
export class BrokenSnapshot extends Error {
  override readonly name = "BrokenSnapshot";
}

/** Wraps `state`, whose parts are written in the order they are in. */
export function sealSnapshot(version: number, state: JsonValue): JsonValue {
  return { version, checksum: checksumOf(version, state), state };
}

/**
 * What was wrapped.
 * @throws {BrokenSnapshot} when the version is not the one expected, or the checksum does not match.
 */
export function openSnapshot(sealed: JsonValue, version: number): JsonValue {
  const { version: found, checksum, state } = partsOf(sealed);
  if (found !== version || state === undefined) {
    throw new BrokenSnapshot(`expected a snapshot of version ${version}, was ${String(found)}`);
  }
  const expected = checksumOf(version, state);
  if (checksum !== expected) {
    throw new BrokenSnapshot(`expected checksum ${String(checksum)}, was ${expected}`);
  }
  return state;
}

function partsOf(sealed: JsonValue): Readonly<Record<string, JsonValue | undefined>> {
  if (sealed === null || typeof sealed !== "object" || Array.isArray(sealed)) {
    throw new BrokenSnapshot("expected a snapshot to be an object");
  }
  return sealed as Readonly<Record<string, JsonValue>>;
}

/** FNV-1a, 32 bits, over the UTF-16 units of version and JSON text. Source: Fowler, Noll, Vo. */
function checksumOf(version: number, state: JsonValue): string {
  const text = `${version}:${JSON.stringify(state)}`;
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
