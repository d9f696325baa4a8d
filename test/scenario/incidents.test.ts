// The corpus of incidents: each scenario in incidents/ was cut from a log. A bot that is wrong as the logged one was breaks
// the same promise again, and our hedge keeps every one. `rehearse incident keep --to test/scenario/incidents` adds one.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SCRIPT_BYTES_MAX, scriptSchema } from "../../src/incident/script.ts";
import { playedByHedge, playedByPlanTimeBot } from "../support/incident-script.ts";

const folder = join(import.meta.dirname, "incidents");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

test("there are incidents to rehearse", () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)("%s", (file) => {
  const path = join(folder, file);
  const script = scriptSchema.parse(JSON.parse(readFileSync(path, "utf8")));

  test("is small, and named as its file is", () => {
    expect(statSync(path).size).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
    expect(`${script.name}.json`).toBe(file);
  });

  test("a bot that is wrong as the logged one was breaks the same promise", () => {
    const { broken } = playedByPlanTimeBot(script);
    expect(broken.map(({ id }) => id)).toContain(script.breaks.id);
  });

  test("our hedge keeps every promise", () => {
    const { broken, orders, positions } = playedByHedge(script);
    expect(broken).toEqual([]);
    expect(orders).toBeGreaterThan(0);
    for (const { truth, believed } of positions) expect(believed).toBe(truth);
  });

  test("comes out the same when it is played twice", () => {
    expect(playedByHedge(script)).toEqual(playedByHedge(script));
  });
});
