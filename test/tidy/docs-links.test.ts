import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { brokenReferences, treeOf } from "./docs-links.ts";
import { root } from "./source-text.ts";

/** Made by tools, never pointed at. */
const MADE = new Set(["node_modules", "dist", "coverage", ".git", "runs", "results"]);

function filesUnder(folder: string): readonly string[] {
  return readdirSync(resolve(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return MADE.has(entry.name) ? [] : filesUnder(path);
  });
}

const files = filesUnder("");
const documents = files
  .filter((path) => path.endsWith(".md"))
  .map((path) => ({ path, text: readFileSync(resolve(root, path), "utf8") }));

const tree = treeOf(["README.md", "docs/FILLS.md", "docs/adr/0001-a.md", "src/domain/tape.ts"]);
const broken = (text: string) =>
  brokenReferences(
    [
      { path: "docs/A.md", text },
      { path: "docs/FILLS.md", text: "# The two cursors (L2)\n" },
    ],
    tree,
  );

describe("what the documents point at", () => {
  test("is there", () => {
    expect(documents.map(({ path }) => path)).toContain("docs/ARCHITECTURE.md");
    expect(brokenReferences(documents, treeOf(files))).toEqual([]);
  });

  test.each([
    "See [fills](FILLS.md).",
    "See [fills](FILLS.md#the-two-cursors-l2).",
    "See [a decision](adr/0001-a.md) and [all](adr/).",
    "See [home](../README.md), [a site](https://example.org/x.md), `docs/` and `src/domain/tape.ts`.",
    "Rows are `tape.ts`'s; `rehearse verify runs/r.json` and `dist/main.js` are not ours to check.",
    "One of `docs/adr/*`, `docs/adr/NNNN…` or `src/domain/{tape,units}.ts`.",
    "```\nsrc/nowhere.ts [gone](gone.md) `src/gone.ts`\n```\n",
    "A column `[from, to](x)` in backticks is no link.",
  ])("is left alone in: %s", (text) => {
    expect(broken(text)).toEqual([]);
  });

  test.each([
    ["a link to no file", "See [gone](GONE.md).", "GONE.md"],
    ["a link to no heading", "See [gone](FILLS.md#gone).", "FILLS.md#gone"],
    ["a link to no heading of its own", "# Here\n\nSee [gone](#gone).", "#gone"],
    ["a link from the wrong folder", "See [home](README.md).", "README.md"],
    ["a path in backticks", "It is in `src/domain/gone.ts`.", "src/domain/gone.ts"],
    ["a path in a command", "Run `node src/gone.ts now`.", "src/gone.ts"],
    ["a folder in backticks", "All of `src/gone/`.", "src/gone/"],
    ["a pattern in no folder", "All of `src/gone/*.ts`.", "src/gone/*.ts"],
    ["a bare name", "It is in `gone.ts`.", "gone.ts"],
  ])("is missed: %s", (_what, text, target) => {
    expect(broken(text)).toEqual([`docs/A.md points at ${target}, which is not there`]);
  });
});
