// A journal's file that is kept or discarded whole, and whole files that are there completely or not at all.

import { renameSync, rmSync, writeFileSync } from "node:fs";
import { createJournalFile } from "../live/journal-file.ts";
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
  rmSync(partial, { force: true });
  const file = createJournalFile(partial);
  return {
    append: (bytes) => file.append(bytes),
    sync: () => file.sync(),
    snapshot: () => file.snapshot(),
    keep() {
      file.sync();
      file.close();
      renameSync(partial, path);
    },
    discard() {
      file.close();
      rmSync(partial, { force: true });
    },
  };
}

/** Writes a whole file under another name and renames it: a reader sees the old one or the new one. */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  const partial = `${path}.partial`;
  try {
    writeFileSync(partial, content, { flush: true });
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
