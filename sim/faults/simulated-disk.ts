// A file on a disk that can be cut off: synced bytes are safe, the others may survive a crash, or not, or in part.
// Full, it takes nothing; failing, it does not make durable. Source: reference "Crash and disk model".

import type { Storage } from "../../src/ports/storage.ts";

/** What a crash does to the file; `place` is in thousandths of the bytes it strikes. */
export type Survival = Readonly<{
  kind: "kept" | "lost" | "torn" | "flipped" | "damaged";
  place: number;
}>;

const FIRST_BYTES = 16_384;

export class SimulatedFile implements Storage {
  #bytes = new Uint8Array(FIRST_BYTES);
  #end = 0;
  #durable = 0;
  /** The byte a crash changed; undefined while none has. */
  turnedAt: number | undefined;

  /** Bytes not synced yet. */
  get pending(): number {
    return this.#end - this.#durable;
  }

  append(bytes: Uint8Array): void {
    const end = this.#end + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#end));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#end);
    this.#end = end;
  }

  sync(): void {
    this.#durable = this.#end;
  }

  snapshot(): Uint8Array {
    return this.#bytes.slice(0, this.#end);
  }

  /** What is read after a crash; the file is not used again. */
  afterCrash({ kind, place }: Survival): Uint8Array {
    const durable = this.#durable;
    const pending = this.pending;
    if (kind === "lost") return this.#bytes.subarray(0, durable);
    const struck = Math.floor((pending * place) / 1000);
    if (kind === "torn") return this.#bytes.subarray(0, durable + struck);
    const whole = this.#bytes.subarray(0, this.#end);
    if (kind === "flipped" && pending > 0) this.turnedAt = durable + struck;
    if (kind === "damaged" && durable > 0) this.turnedAt = Math.floor((durable * place) / 1000);
    if (this.turnedAt !== undefined) turnBit(whole, this.turnedAt, place);
    return whole;
  }
}

function turnBit(bytes: Uint8Array, offset: number, which: number): void {
  bytes[offset] = (bytes[offset] as number) ^ (1 << (which & 7));
}
