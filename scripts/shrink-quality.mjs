// How small failures get: for each planted bug (test/mutants) the first seed that finds it is cut down, and what is left is
// counted: faults, market messages, reruns, seconds, bytes of the repro file.
//
//   npm run shrink-quality [-- --only <id,…>] [--every <n>] [--seeds <count>]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { cleanTree, plantedBugs, plantedTree } from "./planted-tree.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    every: { type: "string", default: "1" },
    seeds: { type: "string", default: "100" },
  },
});

/** A process of its own: the first failing seed of the bug's bots, cut down. */
async function cut({ tree, bots, seeds }) {
  const load = (path) => import(pathToFileURL(join(tree, "dist", path)).href);
  const { jobRunner } = await load("src/cli/fuzz/job-runner.js");
  const { failureStory } = await load("src/cli/fuzz/failure-story.js");
  const { isFailure } = await load("src/campaign/case-outcome.js");
  for (const name of bots) {
    const file = join(tree, "examples", "fuzz", `${name}.json`);
    const job = { name, text: readFileSync(file, "utf8"), file, words: "", market: "sparse" };
    const { runner, bot } = await jobRunner(job);
    for (let seed = 1; seed <= seeds; seed += 1) {
      const outcome = runner.seed(String(seed));
      if (!isFailure(outcome)) continue;
      const startedAt = performance.now();
      const { repro, faultsBefore, reruns } = failureStory(job, bot, runner, outcome);
      const seconds = (performance.now() - startedAt) / 1_000;
      return {
        bot: name,
        seed,
        id: repro.violation.id,
        faultsBefore,
        faults: repro.plan.length,
        events: repro.marketEvents,
        reruns,
        seconds,
        bytes: JSON.stringify(repro).length,
      };
    }
  }
  return undefined;
}

function main() {
  const only = values.only?.split(",");
  const every = Number(values.every);
  const scratch = mkdtempSync(join(tmpdir(), "rehearse-shrink-"));
  const clean = join(scratch, "clean");
  const rows = [];
  try {
    cleanTree(ROOT, clean);
    const bugs = plantedBugs(ROOT).filter(({ id }, index) =>
      only === undefined ? index % every === 0 : only.includes(id),
    );
    for (const bug of bugs) {
      const row = measured(bug, clean, join(scratch, bug.id));
      process.stdout.write(`${bug.id}: ${JSON.stringify(row ?? "not found")}\n`);
      if (row !== undefined) rows.push(row);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  for (const what of ["faults", "events", "reruns", "seconds", "bytes"]) {
    const sorted = rows.map((row) => row[what]).sort((a, b) => a - b);
    const at = (part) => sorted[Math.floor(part * (sorted.length - 1))];
    process.stdout.write(`${what}: median ${at(0.5)}, nine in ten ${at(0.9)}, most ${at(1)}\n`);
  }
  process.stdout.write(`${rows.length} bugs\n`);
}

function measured(bug, clean, tree) {
  try {
    plantedTree(ROOT, clean, tree, bug);
    const told = JSON.stringify({ tree, bots: bug.bots, seeds: Number(values.seeds) });
    const self = fileURLToPath(import.meta.url);
    const { stdout, status } = spawnSync(process.execPath, [self, "cut", told], {
      encoding: "utf8",
    });
    return status === 0 && stdout !== "" ? JSON.parse(stdout) : undefined;
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    return undefined;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

if (positionals[0] === "cut") {
  const row = await cut(JSON.parse(positionals[1]));
  if (row !== undefined) process.stdout.write(JSON.stringify(row));
} else main();
