// A file in memory, which may be full.

import type { Storage } from "../../src/ports/storage.ts";

/** A file in memory. */
export class MemoryStorage implements Storage {
  readonly #parts: Uint8Array[] = [];
  synced: () => void = () => undefined;

  /** Nothing more fits on this disk, while it is set. */
  full = false;

  append(bytes: Uint8Array): void {
    if (this.full) throw new Error("no space left on device");
    this.#parts.push(bytes.slice());
  }

  sync(): void {
    this.synced();
  }

  snapshot(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts));
  }
}
