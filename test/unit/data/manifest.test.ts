// The manifest: what it lists is found, and a file that is not the one it lists is refused.

import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataError } from "../../../src/data/data-error.ts";
import {
  addDataset,
  readManifest,
  resolveDataset,
  verifyDataset,
} from "../../../src/data/manifest.ts";
import { checkTape } from "../../../src/data/tapes/tape-check.ts";

const told = {
  name: "abc-2024",
  file: "abc.arrow",
  kind: "levels",
  synthetic: false,
  source: "somewhere",
  licence: "MIT",
  venue: "test",
  symbol: "ABC",
  contract: "linear",
  tickSize: "0.1",
  lotSize: "0.001",
  rows: 3,
  firstVenueAtUs: 1,
  lastVenueAtUs: 2,
} as const;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "manifest-"));
  writeFileSync(join(folder, "abc.arrow"), "abc");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("lists a file with its size and its sum", () => {
  addDataset(told, folder);
  const found = resolveDataset("abc-2024", folder);
  // The published SHA-256 of "abc" (FIPS 180-2, appendix B.1).
  expect(found).toEqual({
    ...told,
    bytes: 3,
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    path: join(folder, "abc.arrow"),
  });
});

test("replaces an entry of the same name in its place, and leaves no other file", () => {
  addDataset(told, folder);
  addDataset({ ...told, name: "other" }, folder);
  writeFileSync(join(folder, "abc.arrow"), "abcd");
  addDataset({ ...told, rows: 4 }, folder);
  expect(readManifest(folder).map(({ name, rows }) => [name, rows])).toEqual([
    ["abc-2024", 4],
    ["other", 3],
  ]);
  expect(readdirSync(folder).sort()).toEqual(["abc.arrow", "manifest.json"]);
});

test("refuses a file that was edited, cut off or lost", () => {
  const dataset = addDataset(told, folder);
  writeFileSync(dataset.path, "abd");
  expect(() => resolveDataset("abc-2024", folder)).toThrow(
    /expected SHA-256 ba7816bf.*, was a52d159f.*; the file of abc-2024 is not the one/,
  );
  appendFileSync(dataset.path, "e");
  expect(() => verifyDataset(dataset)).toThrow("expected 3 bytes, was 4");
  rmSync(dataset.path);
  expect(() => verifyDataset(dataset)).toThrow("expected the file of abc-2024, was no file");
  expect(() => addDataset(told, folder)).toThrow(DataError);
});

test("refuses an unknown name, naming those there are", () => {
  addDataset(told, folder);
  expect(() => resolveDataset("xyz", folder)).toThrow('was "xyz"; choose one of abc-2024');
});

test("refuses entries and manifests that are none", () => {
  expect(() => addDataset({ ...told, name: "A B" }, folder)).toThrow("was name: ");
  expect(() => readManifest(folder)).toThrow("expected a manifest in JSON");
  addDataset(told, folder);
  const file = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...manifest, version: 2 }));
  expect(() => readManifest(folder)).toThrow("expected a manifest of version 1, was version: ");
  const twice = [...manifest.datasets, ...manifest.datasets];
  writeFileSync(file, JSON.stringify({ ...manifest, datasets: twice }));
  expect(() => readManifest(folder)).toThrow('was "abc-2024" twice');
});

test("the package's own manifest lists files that are what it says", () => {
  const own = readManifest();
  expect(own.length).toBeGreaterThan(0);
  for (const dataset of own) {
    verifyDataset(dataset);
    if (dataset.kind !== "levels") continue;
    const { header } = checkTape(dataset.path);
    expect(header).toMatchObject({ rows: dataset.rows, firstVenueAt: dataset.firstVenueAtUs });
  }
});
