// Text to bytes and back. The core has no platform module to do it with, and texts here are short and mostly ASCII.
// A lone surrogate, which no text of ours holds, is written as U+FFFD.

const REPLACEMENT = 0xfffd;

/** Most bytes one UTF-16 unit can take. */
export const BYTES_PER_UNIT_MAX = 3;

/** Writes `text` at `offset`, where there is room for it, and returns the offset after it. */
export function writeUtf8(text: string, bytes: Uint8Array, offset: number): number {
  let at = offset;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    let point = text.codePointAt(index) as number;
    if (point > 0xffff) index += 1;
    else if (point >= 0xd800 && point <= 0xdfff) point = REPLACEMENT;
    if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
    } else {
      if (point > 0xffff) {
        bytes[at++] = 0xf0 | (point >> 18);
        bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
      } else {
        bytes[at++] = 0xe0 | (point >> 12);
      }
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (point & 0x3f);
  }
  return at;
}

/** The bytes of a text. */
export function utf8Of(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * BYTES_PER_UNIT_MAX);
  return bytes.slice(0, writeUtf8(text, bytes, 0));
}

/** Reads what `writeUtf8` wrote between two offsets. */
export function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  let at = from;
  // Sixteen units a call: fewer calls gain nothing more, and the list that one call with all of them needs is slower.
  for (const last = to - 16; at <= last; at += 16) {
    const a = bytes[at] as number;
    const b = bytes[at + 1] as number;
    const c = bytes[at + 2] as number;
    const d = bytes[at + 3] as number;
    const e = bytes[at + 4] as number;
    const f = bytes[at + 5] as number;
    const g = bytes[at + 6] as number;
    const h = bytes[at + 7] as number;
    const i = bytes[at + 8] as number;
    const j = bytes[at + 9] as number;
    const k = bytes[at + 10] as number;
    const l = bytes[at + 11] as number;
    const m = bytes[at + 12] as number;
    const n = bytes[at + 13] as number;
    const o = bytes[at + 14] as number;
    const p = bytes[at + 15] as number;
    if ((a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p) >= 0x80) break;
    text += String.fromCharCode(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
  }
  for (const last = to - 4; at <= last; at += 4) {
    const a = bytes[at] as number;
    const b = bytes[at + 1] as number;
    const c = bytes[at + 2] as number;
    const d = bytes[at + 3] as number;
    if ((a | b | c | d) >= 0x80) break;
    text += String.fromCharCode(a, b, c, d);
  }
  return at === to ? text : text + readPoints(bytes, at, to);
}

function readPoints(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; ) {
    const lead = bytes[at] as number;
    const tail = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let point = tail === 0 ? lead : lead & (0x3f >> tail);
    for (let step = 1; step <= tail; step += 1) {
      point = (point << 6) | ((bytes[at + step] ?? 0) & 0x3f);
    }
    text += point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
    at += tail + 1;
  }
  return text;
}
