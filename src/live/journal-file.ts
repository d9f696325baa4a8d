// The journal's file on a real disk: append-only, in the folder's directory before its first byte counts.
// An append that fails half-way is taken back, so that what follows it later never stands behind a torn block.

import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Storage } from "../ports/storage.ts";

export interface JournalFile extends Storage {
  close(): void;
}

/** Makes a new file; @throws when there is one already, or the folder cannot be written. */
export function createJournalFile(path: string): JournalFile {
  const file = openSync(path, "wx");
  syncFolder(dirname(path));
  let end = 0;
  return {
    append(bytes) {
      try {
        for (let done = 0; done < bytes.length; ) {
          done += writeSync(file, bytes, done, bytes.length - done, end + done);
        }
        end += bytes.length;
      } catch (cause) {
        ftruncateSync(file, end);
        throw cause;
      }
    },
    sync: () => fsyncSync(file),
    snapshot: () => readFileSync(path),
    close: () => closeSync(file),
  };
}

/** A file's name is durable only once its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
