// Where the real recordings are, if this machine has them. They are never committed; tests over them skip without.

import { existsSync } from "node:fs";
import { resolve } from "node:path";

const candidate = process.env.REHEARSE_DATA ?? resolve(import.meta.dirname, "../../../shared/data");

/** Folder of the recordings, or undefined: then tests over them skip, saying what is missing. */
export const recordings: string | undefined = existsSync(candidate) ? candidate : undefined;

/** Title suffix for a skipped suite. */
export const needsRecordings =
  recordings === undefined ? " (skipped: recordings folder absent, set REHEARSE_DATA)" : "";
