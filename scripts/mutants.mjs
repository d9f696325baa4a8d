// Plants each bug of test/mutants/*.json in a copy of what was built, and runs the campaign of its bots until a checker
// speaks: growing batches of seeds, SEEDS_MAX at most. A seed that fails with nothing planted counts for nobody; so many
// (--clean) are run to see that none does. Writes the table of docs/MUTANTS.md with --write.
//
//   npm run mutants [-- --only <id,…>] [--seeds <count>] [--minutes <count>] [--jobs <count>] [--write] [--out <file>]
//
// With --out each result is kept as it comes, and a run that was broken off goes on from there.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { cleanTree, plantedBugs, plantedTree } from "./planted-tree.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SEEDS_MAX = 2_000;
/**
 * Minutes of a world: what a bug does in an hour it mostly does in a third of one, at a third of the cost. A macd bot
 * trades ten times an hour, and a hedge goes round ten times in half of one.
 */
const MINUTES = { hedge: 30, macd: 60 };
const MINUTES_USUAL = 20;
/** What a process is asked to run at a time: a mutant that dies young dies cheaply. */
const BATCHES = [20, 80, 150, 250, 500, 1_000];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    seeds: { type: "string", default: String(SEEDS_MAX) },
    clean: { type: "string", default: String(SEEDS_MAX) },
    jobs: { type: "string", default: String(availableParallelism()) },
    out: { type: "string" },
    minutes: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

/**
 * A process of its own: runs seeds of one bot in one tree, and tells the first that fails there and not in the clean
 * tree, or all that fail.
 */
async function runSeeds({ tree, clean, bot, minutes, from, count }) {
  // Where the sound one cannot be made either, nobody was found out: that ends the whole run.
  const sound = clean === undefined ? undefined : await runnerOf(clean, bot, minutes);
  let planted;
  try {
    planted = await runnerOf(tree, bot, minutes);
  } catch (error) {
    if (error instanceof SyntaxError || error.code !== undefined) throw error;
    const found = { seed: from, id: "breaks a fair world", ids: [], said: error.message };
    process.stdout.write(`${JSON.stringify([found])}\n`);
    return;
  }
  const alarms = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const alarm = planted(seed);
    if (alarm === undefined || sound?.(seed) !== undefined) continue;
    alarms.push(alarm);
    if (clean !== undefined) break;
  }
  process.stdout.write(`${JSON.stringify(alarms)}\n`);
}

async function runnerOf(tree, bot, minutes) {
  const load = (path) => import(pathToFileURL(join(tree, "dist", path)).href);
  const { jobRunner } = await load("src/cli/fuzz/job-runner.js");
  const { phasesOf } = await load("src/campaign/fuzz-bot.js");
  const { isFailure } = await load("src/campaign/case-outcome.js");
  const { failureId } = await load("src/campaign/shrink-case.js");
  const { withAmbientTrap } = await load("sim/kernel/ambient-trap.js");
  const file = join(tree, "examples", "fuzz", `${bot}.json`);
  const text = readFileSync(file, "utf8");
  const phases = phasesOf(minutes * 60);
  const { runner } = await jobRunner({ name: bot, text, file, market: "sparse", phases });
  return (seed) => {
    const outcome = withAmbientTrap(() => runner.seed(String(seed)));
    if (!isFailure(outcome)) return undefined;
    const said = outcome.violations[0]?.detail ?? outcome.crash ?? "two runs differ";
    return { seed, id: failureId(outcome), ids: outcome.violations.map(({ id }) => id), said };
  };
}

async function main() {
  const seedsMax = Number(values.seeds);
  const only = values.only?.split(",");
  const mutants = plantedBugs(ROOT).filter(({ id }) => only === undefined || only.includes(id));
  const scratch = mkdtempSync(join(tmpdir(), "rehearse-mutants-"));
  const startedAt = Date.now();
  let done = 0;
  try {
    const trees = { clean: join(scratch, "clean"), scratch };
    cleanTree(ROOT, trees.clean);
    const pool = new Pool(Number(values.jobs));
    const kept = values.out === undefined ? new Map() : keptResults(values.out);
    const rows = await Promise.all(
      mutants.map(async (mutant) => {
        const before = kept.get(mutant.id);
        done += before === undefined ? 0 : 1;
        if (before !== undefined) return before;
        const row = await pool.run(() => judge(mutant, trees, seedsMax));
        done += 1;
        process.stdout.write(`[${done} of ${mutants.length}] `);
        say(row);
        if (values.out !== undefined && row.ran > 0) keep(values.out, mutant.id, row);
        return row;
      }),
    );
    const bots = [...new Set(mutants.flatMap((each) => each.bots))];
    const cleanMax = Number(values.clean);
    const clean = cleanMax === 0 ? [] : await cleanAlarms(trees.clean, bots, cleanMax, pool);
    report(rows, { clean, cleanMax }, seedsMax, (Date.now() - startedAt) / 1_000);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Per bot, the seeds that fail with nothing planted: none, in a tree that is well. */
async function cleanAlarms(clean, bots, seedsMax, pool) {
  const chunk = 125;
  const rows = bots.map(async (bot) => {
    const parts = [];
    for (let from = 1; from <= seedsMax; from += chunk) {
      const count = Math.min(chunk, seedsMax - from + 1);
      parts.push(pool.run(() => child({ tree: clean, bot, from, count, minutes: minutesOf(bot) })));
    }
    const found = (await Promise.all(parts)).flat();
    for (const { seed, id, said } of found)
      process.stdout.write(`clean ${bot} ${seed}: ${id} ${said}\n`);
    process.stdout.write(`clean ${bot}: ${found.length} of ${seedsMax} seeds fail\n`);
    return [bot, found.length];
  });
  return Promise.all(rows);
}

/** One mutant, to its end: bot after bot, in batches that grow. */
async function judge(mutant, trees, seedsMax) {
  const { area, id, story, expect, minutes } = mutant;
  const row = { area, id, story, expect, ran: 0 };
  const tree = join(trees.scratch, mutant.id);
  try {
    plantedTree(ROOT, trees.clean, tree, mutant);
    for (const bot of mutant.bots) {
      let from = 1;
      for (const batch of BATCHES) {
        const count = Math.min(batch, seedsMax - from + 1);
        if (count <= 0) break;
        const job = { tree, clean: trees.clean, bot, from, count };
        const [found] = await child({ ...job, minutes: minutesOf(bot, minutes) });
        row.ran += found === undefined ? count : found.seed - from + 1;
        if (found !== undefined) {
          const { seed, id: by, ids, said } = found;
          return { ...row, bot, seed, by, ids, said };
        }
        from += count;
      }
    }
    return row;
  } catch (error) {
    process.stdout.write(`${id} cannot be judged: ${error.message}\n`);
    return { ...row, ran: 0 };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** So many things at a time. */
class Pool {
  #free;
  #waiting = [];

  constructor(jobs) {
    this.#free = jobs;
  }

  async run(job) {
    if (this.#free === 0) await new Promise((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await job();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

/** `own` are those of a bug that a shorter world gives no time to be seen in. */
function minutesOf(bot, own) {
  return Number(values.minutes ?? own ?? MINUTES[bot] ?? MINUTES_USUAL);
}

function child(job) {
  return new Promise((resolve, reject) => {
    const self = fileURLToPath(import.meta.url);
    const told = JSON.stringify(job);
    const process_ = spawn(process.execPath, [self, "run", told], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let last = "";
    let errors = "";
    createInterface({ input: process_.stdout }).on("line", (line) => {
      last = line;
    });
    process_.stderr.on("data", (data) => {
      errors += data;
    });
    process_.on("close", (code) => {
      if (code === 0) return resolve(JSON.parse(last));
      reject(new Error(`${job.bot} of ${job.tree} does not run: ${errors.slice(0, 2_000)}`));
    });
  });
}

function keptResults(file) {
  try {
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    return new Map(lines.map((line) => JSON.parse(line)));
  } catch {
    return new Map();
  }
}

function keep(file, key, value) {
  writeFileSync(file, `${JSON.stringify([key, value])}\n`, { flag: "a" });
}

function say({ id, bot, seed, by, ran, expect, said }) {
  const what = seed === undefined ? `SURVIVES ${ran} seeds` : `${by} at ${bot} ${seed}`;
  process.stdout.write(`${id}: ${what} (expected ${expect.join(" ")}) ${said ?? ""}\n`);
}

function report(rows, { clean, cleanMax }, seedsMax, seconds) {
  const killed = rows.filter(({ seed }) => seed !== undefined);
  const share = ((100 * killed.length) / rows.length).toFixed(1);
  const sorted = killed.map(({ ran }) => ran).sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))];
  process.stdout.write(
    `${killed.length} of ${rows.length} killed (${share} %), median ${at(0.5)} seeds, nine in ten by ${at(0.9)}; ${seconds.toFixed(0)} s\n`,
  );
  if (!values.write) return;
  const file = join(ROOT, "docs/MUTANTS.md");
  const text = readFileSync(file, "utf8");
  const lines = rows.map(({ area, id, story, bot, seed, by, ran }) => {
    const told = story.replaceAll("|", "\\|");
    const end = seed === undefined ? `**lives** | – | ${ran}` : `${by} | ${bot} ${seed} | ${ran}`;
    return `| ${area} | \`${id}\` | ${told} | ${end} |`;
  });
  const lengths = ["grid", "market-maker", "hedge", "macd"]
    .map((bot) => `${bot} ${minutesOf(bot)} minutes`)
    .join(", ");
  const figures = [
    `${killed.length} of ${rows.length} bugs are found (${share} %) within ${seedsMax} worlds a bot (${lengths}); half of those within ${at(0.5)} seeds, nine in ten within ${at(0.9)}.`,
    `Seeds that fail with nothing planted, of ${cleanMax}: ${clean.map(([bot, found]) => `${bot} ${found}`).join(", ")}.`,
    `${cpus()[0]?.model ?? "processor"}, ${values.jobs} jobs, Node ${process.version}: ${Math.round(seconds)} s.`,
  ];
  const table = [
    ...figures,
    "",
    "| where | bug | what goes wrong, and who reported it | found by | bot and seed | seeds run |",
    "|---|---|---|---|---|---|",
    ...lines,
  ];
  const [head, rest] = text.split("<!-- table -->");
  const tail = rest.split("<!-- end -->")[1];
  writeFileSync(file, `${head}<!-- table -->\n${table.join("\n")}\n<!-- end -->${tail}`);
}

if (positionals[0] === "run") await runSeeds(JSON.parse(positionals[1]));
else await main();
