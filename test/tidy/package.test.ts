import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./source-text.ts";

const read = (path: string): unknown => JSON.parse(readFileSync(resolve(root, path), "utf8"));
const manifest = read("package.json") as {
  scripts: Readonly<Record<string, string>>;
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
};

describe("package.json", () => {
  test("pins every dependency to one version: a run is repeated with the code it had", () => {
    const versions = { ...manifest.dependencies, ...manifest.devDependencies };
    const loose = Object.entries(versions).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test("runs nothing on install", () => {
    const hooks = ["preinstall", "install", "postinstall", "prepare"];
    expect(hooks.filter((hook) => hook in manifest.scripts)).toEqual([]);
  });

  test("checks everything with one command", () => {
    const { check = "", types = "" } = manifest.scripts;
    for (const step of ["biome check .", "run --silent types", "knip", "build", "vitest run"]) {
      expect(check).toContain(step);
    }
    expect(types).toContain("tsc -p tsconfig.json");
    expect(types).toContain("tsc -p tsconfig.core.json");
  });
});

test("tsconfig.core.json gives what decides neither the platform nor the browser", () => {
  const core = read("tsconfig.core.json") as {
    compilerOptions: { lib: readonly string[]; types: readonly string[] };
  };
  expect(core.compilerOptions.types).toEqual([]);
  expect(core.compilerOptions.lib).toEqual(["es2023"]);
});
