// Who may import whom, as data, and the check of it. The table is the plan of the house made exact:
// what a folder is not allowed is forbidden, and a file in no listed folder has no business
// existing.

import { posix } from "node:path";
import type { ImportOf, SourceFile } from "./source-text.ts";
import { importsOf } from "./source-text.ts";

type Layer = Readonly<{
  /** Folders of ours it may import besides itself; "*" is every one. */
  folders: readonly string[];
  /** Folders it may import types of, and nothing that runs. */
  types?: readonly string[];
  /** Packages it may import; "node:" stands for the platform. */
  packages?: readonly string[];
}>;

const BASE = ["src/domain", "src/ports"];
const WORLD = ["sim/kernel", "sim/network", "sim/exchange"];
const BELIEF = ["src/journal", "src/state", "src/risk"];

/** The layer of strategies/<name>/kit.ts, and of kit-<part>.ts beside it. */
const KITS = "strategies/*/kit";
const KIT_FILE = /^strategies\/[^/]+\/kit(?:-[a-z-]+)?\.ts$/;

/** The folders, from the bottom up. The longest matching prefix is a file's layer. */
export const layers: Readonly<Record<string, Layer>> = {
  "src/domain": { folders: [], packages: ["decimal.js"] },
  "src/ports": { folders: ["src/domain"] },
  "src/indicators": { folders: BASE },
  "src/journal": { folders: BASE },
  "src/state": { folders: BASE },
  "src/risk": { folders: BASE },
  "src/execution": { folders: [...BASE, ...BELIEF] },
  "src/bot": { folders: [...BASE, ...BELIEF, "src/execution"] },
  "src/data": {
    folders: BASE,
    packages: ["node:", "apache-arrow", "decimal.js", "zod"],
  },
  // A schema is held against the type it makes; a live bot's config loads no simulator for it.
  "src/config": {
    folders: [...BASE, "sim/exchange/profiles"],
    types: ["sim/exchange", "sim/network", "sim/checkers", "src/risk", "src/bot"],
    packages: ["node:", "zod", "decimal.js"],
  },
  "src/observe": { folders: [...BASE, "src/journal"], packages: ["node:"] },
  "src/report": {
    folders: [...BASE, "src/journal"],
    packages: ["node:", "decimal.js", "apache-arrow", "hyparquet-writer"],
  },
  // Watches runs and tells of them; it knows what was seen and sent, and nothing of worlds.
  "src/explain": { folders: [...BASE, "src/journal", "src/report"], packages: ["decimal.js"] },
  // Runs in a reader's browser; nothing of ours loads it.
  "src/report/page/browser": { folders: [], types: ["src/report"], packages: ["uplot"] },
  "src/live": { folders: BASE, packages: ["node:", "zod"] },
  // Makes cases of seeds and runs them; files, threads and clocks are the command line's.
  "src/campaign": {
    folders: [
      ...BASE,
      ...WORLD,
      "sim/exchange/profiles",
      "src/bot",
      "src/execution",
      "src/journal",
      "sim/market",
      "sim/faults",
      "sim/checkers",
      "sim/scenario",
    ],
  },
  // What a user's own tests import: worlds and arbitraries, nothing of files.
  "src/testing": {
    folders: [
      ...BASE,
      ...WORLD,
      "sim/exchange/profiles",
      "src/bot",
      "src/risk",
      "src/campaign",
      "sim/faults",
      "sim/checkers",
      "sim/scenario",
    ],
    packages: ["fast-check"],
  },
  // Reads other bots' logs; replaying them against a bot is the command line's.
  "src/incident": {
    folders: [...BASE, "src/data", "src/campaign"],
    packages: ["node:", "zod", "decimal.js"],
  },
  "src/cli": {
    folders: ["*"],
    packages: [
      "node:",
      "commander",
      "picocolors",
      "cli-table3",
      "cli-progress",
      "zod",
      "decimal.js",
    ],
  },
  "sim/kernel": { folders: BASE, packages: ["seedrandom"] },
  "sim/network": { folders: [...BASE, "sim/kernel"] },
  "sim/market": { folders: [...BASE, "sim/kernel"] },
  // Profiles are written in decimals, and brought to steps when a venue is made.
  "sim/exchange": { folders: [...BASE, "sim/kernel"], packages: ["decimal.js"] },
  "sim/exchange/profiles": { folders: [...BASE, "sim/exchange"] },
  "sim/faults": { folders: [...BASE, ...WORLD] },
  "sim/checkers": { folders: [...BASE, ...WORLD, ...BELIEF] },
  "sim/scenario": {
    folders: [
      ...BASE,
      ...WORLD,
      ...BELIEF,
      "src/execution",
      "src/bot",
      "sim/market",
      "sim/faults",
      "sim/checkers",
      "strategies",
    ],
  },
  strategies: { folders: [...BASE, "src/indicators"] },
  // What a strategy tells the house of itself: its settings, and how it is made of them. It knows
  // its own decider; the decider knows nothing of it, and so nothing of zod (ADR 0015).
  [KITS]: { folders: [...BASE, "src/config", "strategies"], packages: ["zod", "decimal.js"] },
};

/** The layer of a path, undefined when no listed folder holds it. */
export function layerOf(path: string): string | undefined {
  if (KIT_FILE.test(path)) return `${posix.dirname(path)}/kit`;
  const folder = Object.keys(layers)
    .filter((name) => path.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];
  // Each strategy stands alone: one never imports another.
  return folder === "strategies" ? path.split("/").slice(0, 2).join("/") : folder;
}

/** One sentence for each import the table does not allow. */
export function layerViolations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const layer = layerOf(path);
    if (layer === undefined) return [`${path} is in no folder of the layers table`];
    return importsOf(text).flatMap((each) => {
      const complaint = complaintAbout(path, layer, each);
      return complaint === undefined ? [] : [`${path}:${each.line} ${complaint}`];
    });
  });
}

function complaintAbout(path: string, layer: string, each: ImportOf): string | undefined {
  const { specifier, typeOnly } = each;
  const allowed = layers[tableName(layer)] as Layer;
  if (!specifier.startsWith(".")) {
    if (allowed.packages?.some((name) => comesFrom(specifier, name))) return undefined;
    return `${layer} may not import the package ${specifier}`;
  }
  const target = posix.join(posix.dirname(path), specifier);
  const targetLayer = layerOf(target);
  if (targetLayer === undefined) return `imports ${target}, which is in no layer`;
  if (targetLayer === layer || allowed.folders.includes("*")) return undefined;
  const asked = tableName(targetLayer);
  if (asked === "strategies" && tableName(layer) === KITS) {
    return layer === `${targetLayer}/kit` ? undefined : `${layer} may not import ${targetLayer}`;
  }
  if (allowed.folders.includes(asked)) return undefined;
  if (!allowed.types?.includes(asked)) return `${layer} may not import ${targetLayer}`;
  return typeOnly ? undefined : `${layer} may import types alone of ${targetLayer}`;
}

/** "strategies/grid" stands in the table as "strategies", its kit as `KITS`. */
function tableName(layer: string): string {
  if (layer.startsWith("strategies/") && layer.endsWith("/kit")) return KITS;
  return layer.startsWith("strategies/") ? "strategies" : layer;
}

function comesFrom(specifier: string, name: string): boolean {
  return name.endsWith(":") ? specifier.startsWith(name) : `${specifier}/`.startsWith(`${name}/`);
}

/**
 * Each cycle of imports that run, once, as the path that closes it; types may refer to each other.
 */
export function importCycles(files: readonly SourceFile[]): readonly string[] {
  const targets = new Map(
    files.map(({ path, text }) => {
      const own = importsOf(text).filter(
        (each) => each.specifier.startsWith(".") && !each.typeOnly,
      );
      const dirname = posix.dirname(path);
      return [path, own.map(({ specifier }) => posix.join(dirname, specifier))] as const;
    }),
  );
  const cycles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt !== -1) cycles.push([...trail.slice(seenAt), path].join(" → "));
    if (seenAt !== -1 || done.has(path)) return;
    trail.push(path);
    for (const target of targets.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const path of [...targets.keys()].sort()) visit(path);
  return cycles;
}
