// Base64 to columns, in the browser.

/** Doubles, little endian. */
function doubles(text: string): Float64Array {
  return new Float64Array(bytes(text).buffer);
}

/** Floats, little endian, as plain numbers: what charts take. */
export function floats(text: string): number[] {
  return Array.from(new Float32Array(bytes(text).buffer));
}

/** Single bytes. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const out = new Uint8Array(new ArrayBuffer(binary.length));
  for (let index = 0; index < binary.length; index += 1) out[index] = binary.charCodeAt(index);
  return out;
}

/** µs to the seconds charts count in. */
export function seconds(text: string): number[] {
  return Array.from(doubles(text), (us) => us / 1_000_000);
}
