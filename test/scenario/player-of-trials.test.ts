// A film of a troubled hour shows what was so: belief and truth at every moment against a naive witness, books against a slow
// replay of the recording, and a run that is the same with the camera as without it.

import { describe, expect, test } from "vitest";
import type { CheckerMaker } from "../../sim/checkers/checker.ts";
import { checkers } from "../../sim/checkers/checkers.ts";
import type { FaultPlan } from "../../sim/faults/fault.ts";
import { resolveInstruments } from "../../sim/scenario/run-parts.ts";
import { runTrial } from "../../sim/scenario/trial-run.ts";
import { MACHINERY_DEFAULTS } from "../../src/bot/machinery-config.ts";
import { TrialCamera } from "../../src/cli/player/trial-camera.ts";
import { firstParting } from "../../src/report/page/first-parting.ts";
import type { Change, Film } from "../../src/report/player/film.ts";
import { FilmRecorder } from "../../src/report/player/film-recorder.ts";
import { trialBots, trialOf } from "../support/trial-bots.ts";

const SECOND = 1_000_000;
const WHOLE = { from: 0, until: Number.POSITIVE_INFINITY, stepsMax: 1_000_000 };
const answers = (kind: string, parameter: number, ordinals: readonly number[]): FaultPlan =>
  ordinals.flatMap((ordinal) =>
    [0, 1].map((entity) => ({ site: "answer" as const, entity, ordinal, kind, parameter })),
  );

const plan: FaultPlan = [
  ...answers("fill-lost", 0, [10, 60]),
  ...answers("fill-late", 20 * SECOND, [30, 90]),
  ...answers("fill-duplicated", 4_000, [45]),
  { site: "request", entity: 0, ordinal: 12, kind: "request-lost", parameter: 0 },
  { site: "request", entity: 0, ordinal: 20, kind: "request-duplicated", parameter: 5_000 },
  { site: "link", entity: 1, ordinal: 200, kind: "link-down", parameter: 15 * SECOND },
];

type Seen = Readonly<{
  at: number;
  believed: readonly (number | undefined)[];
  held: readonly number[];
}>;

/** Writes down both sides after everything the bot hears: the slow and obvious way. */
function witness(seen: Seen[]): CheckerMaker {
  return {
    id: "witness",
    sentence: "What is so is written down.",
    watch: (scene) => {
      const note = (): void => {
        seen.push({
          at: scene.now,
          believed: scene.instruments.map(({ id }) => scene.belief?.position(id).lots),
          held: scene.instruments.map(({ id }) => scene.trueLots(id)),
        });
      };
      return { heard: note, noticed: note };
    },
  };
}

function filmed(seed: number): Readonly<{ film: Film; seen: readonly Seen[]; digests: string[] }> {
  const options = { seed, plan, seconds: 900 };
  const plain = runTrial(trialOf(trialBots.hedge, options));
  const trial = trialOf(trialBots.hedge, options);
  const instruments = resolveInstruments(trial.scenario);
  const recorder = new FilmRecorder(instruments, WHOLE);
  const camera = new TrialCamera(recorder);
  const seen: Seen[] = [];
  const makers = [...camera.watching(checkers), witness(seen)];
  const watched = runTrial({ ...trial, checkers: makers, ...camera.ears });
  const film = recorder.film(["a", "b"], camera.violations);
  return { film, seen, digests: [plain.digest, watched.digest] };
}

/** The last value of a track at a time. */
function lotsAt(film: Film, what: "believed" | "true", instrument: number, at: number) {
  const own = (change: Change): boolean => change.what === what && change.instrument === instrument;
  const step = film.steps.findLast((each) => each.at <= at && each.changes.some(own));
  const change = step?.changes.findLast(own) ?? film.before.find(own);
  return change?.what === what ? change.lots : undefined;
}

describe.each([1, 2])("the hedge in a troubled world, seed %i", (seed) => {
  const { film, seen, digests } = filmed(seed);

  test("is the same run, watched or not", () => {
    expect(digests[1]).toBe(digests[0]);
  });

  test("shows what either side had, as the witness wrote it down", () => {
    const last = new Map(seen.map((each) => [each.at, each]));
    const looked = [...last.values()].filter((_, index) => index % 7 === 0);
    expect(looked.length).toBeGreaterThan(50);
    for (const { at, believed, held } of looked) {
      const told = [0, 1].map((id) => [
        lotsAt(film, "believed", id, at),
        lotsAt(film, "true", id, at),
      ]);
      expect({ at, told }).toEqual({ at, told: [0, 1].map((id) => [believed[id], held[id]]) });
    }
  });

  test("names the faults on the messages they touched, each with its fate", () => {
    const touched = film.messages.filter(({ faults }) => faults.length > 0);
    const fates = new Set(touched.map(({ faults }) => faults[0]));
    for (const kind of ["fill-lost", "fill-late", "request-lost"]) expect(fates).toContain(kind);
    for (const { faults, gotAt, sentAt } of touched) {
      if (faults.includes("fill-lost") || faults.includes("request-lost")) {
        expect(gotAt).toBeUndefined();
      }
      if (faults.includes("fill-late")) expect((gotAt ?? 0) - sentAt).toBeGreaterThan(20 * SECOND);
    }
  });

  test("marks each strike of a fault once, at the message it met", () => {
    const lost = film.messages.filter(({ faults }) => faults.includes("fill-lost"));
    const marks = film.steps.filter(
      ({ kind, text }) => kind === "fault" && text.startsWith("fill-lost"),
    );
    expect(marks.map(({ at }) => at)).toEqual(lost.map(({ sentAt }) => sentAt));
  });

  test("belief leaves truth where a fill that is never heard is said, and comes back", () => {
    const lost = film.messages.filter(({ faults }) => faults.includes("fill-lost"));
    expect(lost.length).toBeGreaterThan(0);
    for (const { instrument, sentAt } of lost) {
      const begun = film.partings.find(
        (each) => each.instrument === instrument && film.steps[each.from]?.at === sentAt,
      );
      expect(begun?.until).toBeDefined();
    }
  });

  test("belief leaves truth by nothing but a message that met a fault", () => {
    for (const { message } of film.partings) {
      expect(film.messages[message ?? -1]?.faults).not.toEqual([]);
    }
  });
});

describe("a bot that tells of a drift and leaves it as it is", () => {
  const lost = answers("fill-lost", 0, [10]).slice(0, 1);
  const trial = trialOf(trialBots.hedge, { seed: 3, plan: lost, seconds: 900 });
  const { machinery } = trial.scenario;
  const reconciliation = { drift: "alert", orphans: "cancel", graceUs: 2 * SECOND } as const;
  const scenario = {
    ...trial.scenario,
    machinery: { ...MACHINERY_DEFAULTS, ...machinery, reconciliation },
  };
  const recorder = new FilmRecorder(resolveInstruments(scenario), WHOLE);
  const camera = new TrialCamera(recorder);
  runTrial({ ...trial, scenario, checkers: camera.watching(checkers), ...camera.ears });
  const film = recorder.film(["a", "b"], camera.violations);

  test("breaks B1, and the film has the numbers the checker names at its moment", () => {
    const broken = film.violations.find(({ id }) => id === "B1");
    const [, instrument, believed, held] =
      /^instrument (\d): believed (-?\d+), true (-?\d+)$/.exec(broken?.detail ?? "") ?? [];
    const at = broken?.at ?? Number.NaN;
    expect([Number(believed), Number(held)]).toEqual([
      lotsAt(film, "believed", Number(instrument), at),
      lotsAt(film, "true", Number(instrument), at),
    ]);
  });

  test("its belief left truth with the lost fill, half a minute before the checker could say so", () => {
    const left = firstParting(film);
    const message = film.messages[left?.message ?? -1];
    expect(message).toMatchObject({ kind: "filled", gotAt: undefined, faults: ["fill-lost"] });
    expect(film.steps[left?.from ?? -1]?.at).toBe(message?.sentAt);
    const broken = film.violations.find(({ id }) => id === "B1");
    expect((broken?.at ?? 0) - (message?.sentAt ?? 0)).toBeGreaterThan(SECOND);
  });
});
