// What the lives of a bot left on its disk, and what the next one makes of it. Where a crash turned a bit, this side knows
// which: of what stands from there on nothing may be believed.

import type { Hasher } from "../../src/ports/storage.ts";
import type { Recovery } from "../../src/state/recovery.ts";
import { recoveryOf } from "../../src/state/recovery.ts";
import type { SimulatedFile, Survival } from "../faults/simulated-disk.ts";
import { rememberedEntries, sealedCount } from "./remembered.ts";

export class Remains {
  readonly #forgot: (what: string) => void;
  readonly #files: Uint8Array[] = [];
  /** The byte of the newest file that its crash changed. */
  #turnedAt: number | undefined;

  /** `forgot`: a record that was changed is believed. */
  constructor(forgot: (what: string) => void) {
    this.#forgot = forgot;
  }

  /** A process died, and this is what it leaves. */
  bury(file: Pick<SimulatedFile, "afterCrash" | "turnedAt">, survival: Survival): void {
    this.#files.push(file.afterCrash(survival));
    this.#turnedAt = file.turnedAt;
  }

  /** What the next process is. @throws {BrokenJournal} when a file is damaged before its last block. */
  recovery(hasher: () => Hasher): Recovery {
    const { entries, ofNewest } = rememberedEntries(this.#files, hasher);
    if (this.#turnedAt !== undefined) this.#lookBehind(this.#turnedAt, ofNewest, hasher);
    return recoveryOf(entries);
  }

  #lookBehind(turnedAt: number, believed: number, hasher: () => Hasher): void {
    const newest = this.#files.at(-1) as Uint8Array;
    const written = sealedCount(newest.subarray(0, turnedAt), hasher);
    if (believed <= written) return;
    this.#forgot(
      `entries ${written} to ${believed} of its journal are believed, with a bit turned`,
    );
  }
}
