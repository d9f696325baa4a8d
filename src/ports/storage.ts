// The only way to disk, so that a simulated disk can tear, drop and fill up.

/** An append-only file. */
export interface Storage {
  /**
   * Adds bytes at the end, all or (when it throws) none; durable only after `sync`.
   * The bytes are the caller's again when it returns.
   * @throws when the disk is full or read-only.
   */
  append(bytes: Uint8Array): void;
  sync(): void;
  /** Everything that would be read after a crash now. */
  snapshot(): Uint8Array;
}

/** A running SHA-256; the edge gives it, since the core imports no platform module. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Hex digest of everything so far; the hasher may be updated further. */
  digest(): string;
  /** The same 32 bytes put into `bytes` at `offset`; a hasher that is asked often has it. */
  seal?(bytes: Uint8Array, offset: number): void;
}
