// A run whose counted faults are held to the moments they struck at is the same run, to the last byte, and counts as much;
// so is what its counts say of it. Only then may a failing case be cut down with what is left held in its place.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isCounted } from "../../sim/faults/moments.ts";
import { phasesOf } from "../../src/campaign/fuzz-bot.ts";
import type { RunCase } from "../../src/campaign/held-case.ts";
import { runHeld } from "../../src/campaign/held-case.ts";
import { unmeasuredRunner } from "../../src/cli/fuzz/job-runner.ts";
import { packageFile } from "../../src/cli/package-root.ts";

const SECONDS = 600;
const SEEDS = 4;

test.each(["hedge", "macd", "grid", "market-maker"])(
  "%s",
  async (name) => {
    const file = packageFile(`examples/fuzz/${name}.json`);
    const text = readFileSync(file, "utf8");
    const job = { name, text, file, market: "sparse", phases: phasesOf(SECONDS) } as const;
    const { runner, close } = await unmeasuredRunner({ ...job, mix: "everything" });
    try {
      let counted = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const drawn = runner.draw(String(seed));
        const run: RunCase = (told, log) => runner.outcome(told, drawn.mix, log);
        const unwatched = runner.outcome(drawn, drawn.mix);
        const watched = runHeld(drawn, undefined, run);
        expect(watched.outcome).toEqual(unwatched);
        const held = runHeld(drawn, watched.moments, run);
        expect(held.outcome.digest).toBe(unwatched.digest);
        expect([...held.moments]).toEqual([...watched.moments]);
        // By its counts, with what struck nothing left out.
        const again = runner.outcome(held.told, drawn.mix);
        expect(again.digest).toBe(unwatched.digest);
        counted += held.told.plan.filter(isCounted).length;
      }
      expect(counted).toBeGreaterThan(50);
    } finally {
      close();
    }
  },
  60_000,
);
