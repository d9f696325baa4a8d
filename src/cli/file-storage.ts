// An append-only file on the real disk, and whole files that are there completely or not at all.

import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import type { Storage } from "../ports/storage.ts";

/** A storage that is written under another name until it is kept. */
export interface FileStorage extends Storage {
  /** Everything is on disk under its name. */
  keep(): void;
  /** Nothing was ever there. */
  discard(): void;
}

/** Opens `path` anew; what stood there stays until `keep`. @throws when the folder cannot be written. */
export function fileStorage(path: string): FileStorage {
  const partial = `${path}.partial`;
  const file = openSync(partial, "w");
  return {
    append(bytes) {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    },
    sync: () => fsyncSync(file),
    snapshot: () => readFileSync(partial),
    keep() {
      fsyncSync(file);
      closeSync(file);
      renameSync(partial, path);
    },
    discard() {
      closeSync(file);
      rmSync(partial, { force: true });
    },
  };
}

/** Writes a whole file under another name and renames it: a reader sees the old one or the new one. */
export function writeFileAtomically(path: string, text: string): void {
  const partial = `${path}.partial`;
  try {
    writeFileSync(partial, text, { flush: true });
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
