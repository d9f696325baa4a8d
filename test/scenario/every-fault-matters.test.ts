// H5 and H7 over a campaign: each kind of fault there is fires in some world and makes a difference there, and what should
// sometimes happen does. A kind that never strikes, or a moment no fault ever meets, is a campaign that looks at nothing.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULT_CATALOGUE } from "../../sim/faults/catalogue.ts";
import type { CaseOutcome } from "../../src/campaign/case-outcome.ts";
import { phasesOf } from "../../src/campaign/fuzz-bot.ts";
import type { FuzzJob } from "../../src/cli/fuzz/fuzz-job.ts";
import { unmeasuredRunner } from "../../src/cli/fuzz/job-runner.ts";
import { packageFile } from "../../src/cli/package-root.ts";

const BOTS = ["hedge", "macd", "grid", "market-maker"] as const;
/** A quarter of an hour: two closed bars of the slowest, and every outage has room. */
const SECONDS = 900;
/** Measured: two in a bot are enough for each kind that has an occasion there. */
const SEEDS_OF_A_KIND = 4;
const SEEDS_OF_ALL = 30;

type Named = Pick<FuzzJob, "kinds" | "mix">;

async function* outcomes(named: Named, bots: readonly string[], seeds: number) {
  for (const name of bots) {
    const file = packageFile(`examples/fuzz/${name}.json`);
    const text = readFileSync(file, "utf8");
    const phases = phasesOf(SECONDS);
    const job = { name, text, file, market: "sparse", phases, ...named } as const;
    const { runner, close } = await unmeasuredRunner(job);
    try {
      for (let seed = 1; seed <= seeds; seed += 1) yield runner.seed(String(seed));
    } finally {
      close();
    }
  }
}

test("H5 each kind of fault fires, and makes a difference", async () => {
  const idle: string[] = [];
  for (const { kind } of FAULT_CATALOGUE) {
    let matters = false;
    for await (const { kinds } of outcomes(
      { kinds: [kind], mix: "named" },
      BOTS,
      SEEDS_OF_A_KIND,
    )) {
      matters = (kinds[kind]?.[1] ?? 0) > 0;
      if (matters) break;
    }
    if (!matters) idle.push(kind);
  }
  expect(idle).toEqual([]);
}, 300_000);

/** What, and where it is seen: "kind/state of the order it meets". */
const MARKS: readonly (readonly [string, string])[] = [
  ["a fill races a cancel", "fill-races-request/cancelling"],
  ["a fill is told late, a cancel on its way", "fill-late/cancelling"],
  ["a venue limits us while we cancel", "rate-limited/cancelling"],
  ["a journal is torn with an order on its way", "tail-torn/sent"],
  ["a journal is torn with a cancel on its way", "tail-torn/cancelling"],
  ["a process dies with an order on its way", "crash-after/sent"],
  ["a process dies with a cancel on its way", "crash-after/cancelling"],
  ["a process dies not knowing what became of an order", "crash-before/unknown"],
  ["a link goes down with an order on its way", "link-down/sent"],
  ["a link goes down with a cancel on its way", "link-down/cancelling"],
  ["an answer is lost about an order of unknown outcome", "answer-lost/unknown"],
  ["an acknowledgement is lost", "acknowledgement-lost/sent"],
  ["the end of an order is lost, a cancel on its way", "end-lost/cancelling"],
  ["a cancel is lost", "request-lost/cancelling"],
  ["an order vanishes, a cancel on its way", "order-vanishes/cancelling"],
  ["the venue is away while we cancel", "venue-unavailable/cancelling"],
  ["a process stands still with an order on its way", "pause/sent"],
  ["a disk is full with an order live", "disk-full/live"],
  ["a snapshot is lost with an order live", "snapshot-lost/live"],
  ["other settings begin over a live order", "restart-changed/live"],
];

test("H7 each of these moments comes up in some world, and no promise breaks by it", async () => {
  const kinds = FAULT_CATALOGUE.filter(({ envelope }) => envelope === "inside");
  const cells = new Map<string, number>();
  const broken: (readonly [string, CaseOutcome["violations"], string | undefined])[] = [];
  const named: Named = { kinds: kinds.map(({ kind }) => kind), mix: "named" };
  for await (const { seed, violations, crash, ...outcome } of outcomes(named, BOTS, SEEDS_OF_ALL)) {
    if (violations.length > 0 || crash !== undefined) broken.push([seed, violations, crash]);
    for (const [cell, times] of Object.entries(outcome.cells)) {
      cells.set(cell, (cells.get(cell) ?? 0) + times);
    }
  }
  expect(MARKS.filter(([, cell]) => !cells.has(cell))).toEqual([]);
  expect(broken).toEqual([]);
}, 300_000);
