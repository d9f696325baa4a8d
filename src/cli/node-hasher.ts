// SHA-256 of the platform, lent to the core, which imports none.

import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { Hasher } from "../ports/storage.ts";

const READ_BYTES = 1 << 20;

export function nodeHasher(): Hasher {
  const hash = createHash("sha256");
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => hash.copy().digest("hex"),
  };
}

/** Hex SHA-256 of a text. */
export function sha256OfText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Hex SHA-256 of a file, read in pieces. @throws when it cannot be read. */
export function sha256OfFile(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
