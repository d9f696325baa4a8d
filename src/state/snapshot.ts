// A saved state that knows its version and whether it is whole. The checksum finds damage, not malice.

import type { JsonValue } from "../ports/strategy.ts";

const CHECKSUM_DIGITS = 8;
const STATE_KEY = '","state":';

/** A snapshot that is damaged, or of another version: it is not restored. */
export class BrokenSnapshot extends Error {
  override readonly name = "BrokenSnapshot";
}

/** Wraps `state`, whose parts are written in the order they are in. */
export function sealSnapshot(version: number, state: JsonValue): JsonValue {
  return { version, checksum: checksumOf(version, JSON.stringify(state)), state };
}

/** The wrapped state as JSON, in one pass: the text that `sealSnapshot` would become. */
export function sealedText(version: number, state: JsonValue): string {
  const text = JSON.stringify(state);
  const checksum = checksumOf(version, text);
  return `${headOf(version)}${checksum}${STATE_KEY}${text}}`;
}

/**
 * What was wrapped, from the text that `sealedText` made: it is summed as it stands.
 * @throws {BrokenSnapshot | SyntaxError} when it is of another version, damaged, or no JSON.
 */
export function openSealedText(text: string, version: number): JsonValue {
  const head = headOf(version);
  const keyAt = head.length + CHECKSUM_DIGITS;
  if (text.startsWith(head) && text.startsWith(STATE_KEY, keyAt) && text.endsWith("}")) {
    const state = text.slice(keyAt + STATE_KEY.length, -1);
    const checksum = text.slice(head.length, keyAt);
    if (checksumOf(version, state) === checksum) return JSON.parse(state) as JsonValue;
  }
  return openSnapshot(JSON.parse(text) as JsonValue, version);
}

function headOf(version: number): string {
  return `{"version":${version},"checksum":"`;
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
  const expected = checksumOf(version, JSON.stringify(state));
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
function checksumOf(version: number, text: string): string {
  const hash = hashed(text, hashed(`${version}:`, 0x811c_9dc5));
  return (hash >>> 0).toString(16).padStart(CHECKSUM_DIGITS, "0");
}

function hashed(text: string, from: number): number {
  let hash = from;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  return hash;
}
