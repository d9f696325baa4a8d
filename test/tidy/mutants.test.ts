// The planted bugs of test/mutants keep up with the code: each one's text is there just once, what it becomes is still a
// program, no two share a name, and each names bots the campaign has and checkers that exist.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { expect, test } from "vitest";
import { checkers } from "../../sim/checkers/checkers.ts";
import { root } from "./source-text.ts";

type Mutant = Readonly<{
  id: string;
  bots: readonly string[];
  story: string;
  expect: readonly string[];
  patches: readonly Readonly<{ file: string; find: string; replace: string }>[];
}>;

const folder = join(root, "test/mutants");
const mutants: readonly Mutant[] = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
const ids = new Set(checkers.map(({ id }) => id));

test("there are sixty planted bugs or more, each by its own name", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(60);
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
});

test.each(mutants.map((each) => [each.id, each] as const))("%s applies", (_, mutant) => {
  const texts = new Map<string, string>();
  for (const { file, find, replace } of mutant.patches) {
    const text = texts.get(file) ?? readFileSync(join(root, file), "utf8");
    const parts = text.split(find);
    expect(parts.length - 1, `places of "${find}" in ${file}`).toBe(1);
    expect(replace).not.toBe(find);
    texts.set(file, parts.join(replace));
  }
  expect(texts.size).toBeGreaterThan(0);
  for (const text of texts.values()) expect(() => parseAst(text, { lang: "ts" })).not.toThrow();
  expect(mutant.story.length).toBeGreaterThan(20);
  expect(mutant.bots.length).toBeGreaterThan(0);
  for (const bot of mutant.bots)
    expect(existsSync(join(root, `examples/fuzz/${bot}.json`)), bot).toBe(true);
  for (const id of mutant.expect) expect(ids, id).toContain(id);
});
