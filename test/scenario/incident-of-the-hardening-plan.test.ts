// The hardening plan's incident from its log to a test: order 1981330673612984320, 1.33 SOL filled, cancelled, replaced at
// full size; +0.66 SOL left in iteration 14. The log is constructed, in the line forms of the bot that wrote it.

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LOG_FORMATS } from "../../src/incident/formats.ts";
import { importLogs } from "../../src/incident/import-logs.ts";
import { brokenBy } from "../../src/incident/invariants.ts";
import { scriptSchema, scriptText } from "../../src/incident/script.ts";
import { scriptFrom } from "../../src/incident/script-from.ts";
import { shrinkIncident } from "../../src/incident/shrink-timeline.ts";
import type { Broken } from "../../src/incident/timeline.ts";
import { playedByHedge, playedByPlanTimeBot } from "../support/incident-script.ts";

const folder = join(import.meta.dirname, "../support/incident-logs");
const hedgeExt = LOG_FORMATS.find(({ name }) => name === "hedge-ext");
if (hedgeExt === undefined) throw new Error("there is a reader of hedge-ext");
const names = ["extended_SOL_hedge_mode_log.txt", "extended_SOL_hedge_mode_trades.csv"];
const imported = await importLogs({
  format: hedgeExt,
  files: names.map((name) => ({ name, path: join(folder, name) })),
});
const { incident } = imported;
const broken = brokenBy(incident.events);

function script(events: typeof incident.events, of: Broken) {
  const cut = { name: "test", story: of.text, broken: of };
  return scriptSchema.parse(JSON.parse(scriptText(scriptFrom({ ...incident, events }, cut))));
}

describe("the log", () => {
  test("is put in its zone by the fills that the table of trades has too", () => {
    expect([incident.zone, imported.zoneCause]).toEqual(["+08:00", "aligned to the table's fills"]);
    const cancelled = incident.events.find(({ status }) => status === "CANCELED");
    expect(cancelled?.at).toBe(Date.UTC(2025, 9, 23, 4, 1, 17, 990) * 1_000);
    expect(incident.events.filter(({ what }) => what === "booked")).toHaveLength(8);
  });

  test("shows what was broken, each where it first shows", () => {
    expect(broken.map(({ id, text }) => `${id} ${text}`)).toEqual([
      "B4 order 1981330673612984320 of 5 was cancelled with 1.33 filled; 3.67 was left, 5 was placed in its stead",
      "B1 the bot believes +5, the fills say +6.33: the fills of cancelled 1981330673612984320 (+1.33) were not counted",
      "B4 order 1981330673612984448 of 5 was cancelled with 0.67 filled; 4.33 was left, 5 was placed in its stead",
      "B4 the hedge took the two legs from -4.34 to +0.66",
      "B1 the bot believes 0, the fills say +0.66: the fills of cancelled 1981330673612984320 (+1.33) and 1981330673612984448 (-0.67) were not counted",
    ]);
  });
});

test("played whole: the planted bot ends as the logged one did, 0.66 too long; our hedge ends flat", () => {
  const whole = script(
    incident.events.filter(({ at }) => at >= Date.UTC(2025, 9, 23, 4, 1) * 1_000),
    broken[1] as Broken,
  );
  const bad = playedByPlanTimeBot(whole);
  expect(bad.positions[0]).toEqual({ leg: "extended", truth: 66, believed: 0 });
  expect(bad.broken.map(({ id, text }) => `${id} ${text}`).sort()).toEqual([
    "B1 the bot believes 0.00, the venue holds 1.33",
    "B4 3.67 was left of an order, 5.00 was placed in its stead",
    "B6 the two legs differ by 0.66 for more than 30 s",
  ]);
  const ours = playedByHedge(whole);
  expect([ours.broken, ours.haltReason, ours.unplayed]).toEqual([[], undefined, 0]);
  expect(ours.positions.map(({ truth }) => truth)).toEqual([0, 0]);
});

describe.each(broken.map((each, index) => [index + 1, each] as const))("broken %i", (_, target) => {
  const shrunk = shrinkIncident(incident, target);

  test("is cut to a handful of events that break the same thing", () => {
    expect(shrunk.incident.events.length).toBeLessThanOrEqual(6);
    expect(shrunk.broken).toEqual(target);
  });

  test("what is left still catches the planted bot, and our hedge passes it", () => {
    const cut = script(shrunk.incident.events, shrunk.broken);
    expect(playedByPlanTimeBot(cut).broken.map(({ id }) => id)).toContain("B1");
    expect(playedByHedge(cut).broken).toEqual([]);
  });
});
