// The manifest: which recordings there are, where each lies, and the fingerprint that says it is still that one.
// Looked for in REHEARSE_DATASETS, else in `datasets/` of the package. Paths in it are relative to its folder.

import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { DataError } from "./data-error.ts";

const datasetSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1),
  kind: z.enum(["levels", "orders", "bars"]),
  synthetic: z.boolean(),
  source: z.string(),
  /** What makes it again. */
  command: z.string().optional(),
  licence: z.string(),
  venue: z.string(),
  symbol: z.string(),
  contract: z.enum(["spot", "linear", "inverse"]),
  tickSize: z.string(),
  lotSize: z.string(),
  rows: z.int().min(0),
  firstVenueAtUs: z.int(),
  lastVenueAtUs: z.int(),
});

const manifestSchema = z.strictObject({
  version: z.literal(1),
  datasets: z.array(datasetSchema),
});

/** One recording the manifest knows. `path` is absolute or relative to the working folder, as the manifest was. */
export type Dataset = z.output<typeof datasetSchema> & Readonly<{ path: string }>;

const MANIFEST = "manifest.json";
const READ_BYTES = 1_048_576;

/** Folder of the manifest in force. */
export function datasetsFolder(): string {
  const told = process.env.REHEARSE_DATASETS;
  if (told !== undefined && told !== "") return told;
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return join(folder, "datasets");
}

/**
 * Every recording of the manifest, in its order; their files are not looked at.
 * @throws {DataError} when there is no manifest, or it is not one.
 */
export function readManifest(folder: string = datasetsFolder()): readonly Dataset[] {
  const file = join(folder, MANIFEST);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const was = code === "ENOENT" ? "no file" : message;
    const advice = "set REHEARSE_DATASETS to the folder of your manifest, or restore the file";
    throw new DataError({ file, expected: "a manifest in JSON", was, advice, cause });
  }
  const result = manifestSchema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    const was = `${issue?.path.join(".")}: ${issue?.message}`;
    const advice = "correct the entry";
    throw new DataError({ file, expected: "a manifest of version 1", was, advice });
  }
  const { datasets } = result.data;
  const twice = datasets.find(({ name }, at) => datasets.findIndex((d) => d.name === name) !== at);
  if (twice !== undefined) {
    const advice = "rename one of them";
    throw new DataError({ file, expected: "each name once", was: `"${twice.name}" twice`, advice });
  }
  return datasets.map((dataset) => ({ ...dataset, path: join(folder, dataset.file) }));
}

/**
 * The recording of that name, its file proved to be the one the manifest speaks of.
 * @throws {DataError} when there is no such name or file, or the file is stale or edited.
 */
export function resolveDataset(name: string, folder: string = datasetsFolder()): Dataset {
  const datasets = readManifest(folder);
  const dataset = datasets.find((each) => each.name === name);
  if (dataset === undefined) {
    const file = join(folder, MANIFEST);
    const advice = `choose one of ${datasets.map((each) => each.name).join(", ")}`;
    throw new DataError({ file, expected: "a known data set", was: `"${name}"`, advice });
  }
  verifyDataset(dataset);
  return dataset;
}

/** What a manifest is told of a recording; size and sum are taken from the file. */
export type NewDataset = Omit<z.input<typeof datasetSchema>, "sha256" | "bytes">;

/**
 * Lists a recording that lies in `folder`, in place of the one of its name if there is one; makes the manifest when
 * there is none. The manifest is replaced whole or not at all.
 * @throws {DataError} when the file is missing, the entry is not one, or the manifest there is not one.
 */
export function addDataset(told: NewDataset, folder: string = datasetsFolder()): Dataset {
  const file = join(folder, MANIFEST);
  const path = join(folder, told.file);
  if (!existsSync(path)) {
    const advice = `give a path relative to ${folder}`;
    throw new DataError({
      file: path,
      expected: `the file of ${told.name}`,
      was: "no file",
      advice,
    });
  }
  const entry = { ...told, sha256: sha256Of(path), bytes: statSync(path).size };
  const checked = datasetSchema.safeParse(entry);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const was = `${issue?.path.join(".")}: ${issue?.message}`;
    throw new DataError({ file, expected: "an entry of a manifest", was, advice: "correct it" });
  }
  const known = existsSync(file) ? readManifest(folder) : [];
  const listed = known.map(({ path: _, ...dataset }) => dataset);
  const place = listed.findIndex(({ name }) => name === told.name);
  if (place < 0) listed.push(checked.data);
  else listed[place] = checked.data;
  const temporary = `${file}.tmp`;
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(temporary, `${JSON.stringify({ version: 1, datasets: listed }, null, 2)}\n`);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  return { ...checked.data, path };
}

/** Holds a file against its entry, size first. @throws {DataError} when it is missing, stale or edited. */
export function verifyDataset(dataset: Dataset): void {
  const { path: file, bytes, sha256, name } = dataset;
  const again =
    dataset.command === undefined ? "get it again" : `make it again: ${dataset.command}`;
  const advice = `the file of ${name} is not the one the manifest speaks of; ${again}`;
  if (!existsSync(file)) {
    throw new DataError({ file, expected: `the file of ${name}`, was: "no file", advice: again });
  }
  const size = statSync(file).size;
  if (size !== bytes) {
    throw new DataError({ file, expected: `${bytes} bytes`, was: `${size}`, advice });
  }
  const sum = sha256Of(file);
  if (sum !== sha256)
    throw new DataError({ file, expected: `SHA-256 ${sha256}`, was: sum, advice });
}

function sha256Of(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
