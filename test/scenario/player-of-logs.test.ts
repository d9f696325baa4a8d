// A bot's own log in the player: the moment it says what is not so, by its lines; sizes and times read off the log by hand.

import { join } from "node:path";
import { expect, test } from "vitest";
import { filmLog } from "../../src/cli/player/film-log.ts";
import { LOG_FORMATS } from "../../src/incident/formats.ts";
import { importLogs } from "../../src/incident/import-logs.ts";
import { firstParting } from "../../src/report/page/first-parting.ts";

const folder = join(import.meta.dirname, "../support/incident-logs");
const format = LOG_FORMATS.find(({ name }) => name === "hedge-ext");
if (format === undefined) throw new Error("there is a reader of hedge-ext");
const names = ["extended_SOL_hedge_mode_log.txt", "extended_SOL_hedge_mode_trades.csv"];
const files = names.map((name) => ({ name, path: join(folder, name) }));
const { incident } = await importLogs({ format, files });
const WHOLE = { from: 0, until: Number.POSITIVE_INFINITY, stepsMax: 1_000 };
const film = filmLog(incident, WHOLE);
const timeOf = (text: string) => Date.parse(`2025-10-23T${text}Z`) * 1_000;
const at = (step: number | undefined) => film.steps[step ?? -1]?.at;

test("the bot says at 04:01:24.414 that it holds 5; 5 and 1.33 of the cancelled order were filled by then", () => {
  const left = firstParting(film);
  expect(left).toMatchObject({ instrument: 0, believed: 500, true: 633, until: undefined });
  expect(at(left?.from)).toBe(timeOf("04:01:24.414"));
  expect(film.violations.map(({ id, at: when }) => [id, when])).toContainEqual([
    "B1",
    timeOf("04:01:24.414"),
  ]);
});

test("truth moves with the venue's word: 1.33 with the cancel, 6.33 with the fill, 0.66 at the end", () => {
  const truth = film.steps.flatMap(({ at: when, changes }) =>
    changes.flatMap((change) =>
      change.what === "true" && change.instrument === 0 ? [[when, change.lots]] : [],
    ),
  );
  expect(truth).toContainEqual([timeOf("04:01:17.990"), 133]);
  expect(truth).toContainEqual([timeOf("04:01:22.204"), 633]);
  expect(truth.at(-1)?.[1]).toBe(66);
});

test("every step names its line, and a message is at both its ends at once", () => {
  for (const { kind, text } of film.steps)
    if (kind !== "broken") expect(text).toMatch(/\.(?:txt|csv):\d+/);
  for (const { sentAt, gotAt } of film.messages) expect(gotAt).toBe(sentAt);
  const cancelled = film.messages.find(({ text }) => text === "cancelled #1981330673612984320");
  expect(cancelled).toMatchObject({ kind: "closed", filled: 133, toBot: true });
});

test("a window leaves out what is outside, and keeps what was so when it begins", () => {
  const from = timeOf("04:01:18.000");
  const part = filmLog(incident, { from, until: Number.POSITIVE_INFINITY, stepsMax: 5 });
  expect(part.before).toContainEqual({ what: "true", instrument: 0, lots: 133 });
  expect(part.leftOut).toBeGreaterThan(0);
  expect(part.steps.filter(({ kind }) => kind !== "broken")).toHaveLength(5);
  expect(part.brokeOffAt).toBeDefined();
});
