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

/** ASCII is read so many bytes at once: a call takes no more arguments than its stack has room for. */
const ASCII_BYTES_MAX = 4096;

/** Reads what `writeUtf8` wrote between two offsets. */
export function readUtf8(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  let at = from;
  for (let end = asciiEnd(bytes, at, to); end > at; end = asciiEnd(bytes, at, to)) {
    // A plain list: of typed bytes the engine would make one first, slowly.
    const units: number[] = [];
    for (let from = at; from < end; from += 1) units.push(bytes[from] as number);
    text += String.fromCharCode.apply(undefined, units);
    at = end;
  }
  return at === to ? text : text + readPoints(bytes, at, to);
}

/** Where ASCII that begins at `from` ends, or has to be read for now. */
function asciiEnd(bytes: Uint8Array, from: number, to: number): number {
  const limit = Math.min(to, from + ASCII_BYTES_MAX);
  let at = from;
  while (at < limit && (bytes[at] as number) < 0x80) at += 1;
  return at;
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
