// Plans are functions of their seed, hold what their mix says, stay inside the envelope, and lose one fault at a time.

import { describe, expect, test } from "vitest";
import { FAULT_CATALOGUE, faultKind } from "../../../../sim/faults/catalogue.ts";
import type { DrawnPlan, PlanSpace } from "../../../../sim/faults/draw-plan.ts";
import { drawPlan } from "../../../../sim/faults/draw-plan.ts";
import { ENVELOPE_DEFAULTS } from "../../../../sim/faults/envelope.ts";
import { sortedPlan } from "../../../../sim/faults/plan-order.ts";
import { KeyedRng } from "../../../../sim/kernel/keyed-rng.ts";

const SPACE: PlanSpace = {
  kinds: FAULT_CATALOGUE,
  venues: 2,
  instruments: 2,
  seconds: 3_000,
  requests: 2_000,
  answers: 2_000,
  acts: 6_000,
  openActs: 6_000,
  envelope: ENVELOPE_DEFAULTS,
};

function drawn(seed: number, space: Partial<PlanSpace> = {}): DrawnPlan {
  return drawPlan(new KeyedRng(`plan ${seed}`), { ...SPACE, ...space });
}

const MANY = Array.from({ length: 2_000 }, (_, seed) => drawn(seed));

describe("a drawn plan", () => {
  test("is the same again from the same seed, and in the order of plans", () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { plan } = drawn(seed);
      expect(drawn(seed).plan).toEqual(plan);
      expect(sortedPlan(plan)).toEqual(plan);
    }
  });

  test("is empty for a fifth of the seeds, and of each sort of trouble for a good share of the rest", () => {
    const share = (mix: string): number =>
      MANY.filter((each) => each.mix === mix).length / MANY.length;
    expect(share("none")).toBeCloseTo(0.2, 1);
    for (const mix of ["everything", "subset", "few"]) expect(share(mix)).toBeCloseTo(0.25, 1);
    expect(share("outside")).toBeGreaterThan(0.03);
    expect(MANY.every(({ mix, plan }) => mix !== "none" || plan.length === 0)).toBe(true);
  });

  test("holds kinds, sites and numbers the catalogue knows", () => {
    for (const { kind, site, parameter, ordinal } of MANY.flatMap(({ plan }) => plan)) {
      const told = faultKind(kind);
      if (told?.site !== site) expect.fail(`${kind} does not strike at ${site}`);
      const { least, most } = told.parameter.range;
      if (parameter < least || parameter > most) expect.fail(`${kind} of ${parameter}`);
      if (!Number.isSafeInteger(ordinal) || ordinal < 0) expect.fail(`${kind} at ${ordinal}`);
    }
  });

  test("goes beyond the envelope only where its mix says so", () => {
    for (const { mix, plan } of MANY) {
      const outside = plan.some(({ kind }) => faultKind(kind)?.envelope === "outside");
      if (outside) expect(mix).toBe("outside");
    }
  });

  test("never has two venues out at once", () => {
    const outages = new Set(["link-down", "link-silent", "answers-silent", "venue-maintenance"]);
    for (const { plan } of MANY) {
      const out = plan.filter(({ kind }) => outages.has(kind));
      for (const one of out) {
        for (const other of out) {
          const apart =
            one.entity === other.entity ||
            one.ordinal > other.ordinal ||
            one.ordinal + one.parameter / 1e6 <= other.ordinal;
          if (!apart) expect.fail(`${one.kind} and ${other.kind} at once`);
        }
      }
    }
  });

  test("does not change when a kind nobody asked for joins the catalogue", () => {
    const fewer = FAULT_CATALOGUE.filter(({ kind }) => kind !== "answer-lost");
    for (let seed = 0; seed < 100; seed += 1) {
      const { mix, plan } = drawn(seed);
      if (mix !== "everything") continue;
      const without = plan.filter(({ kind }) => kind !== "answer-lost");
      expect(drawn(seed, { kinds: fewer }).plan).toEqual(without);
    }
  });

  test("holds every kind that is named, on whichever side of the envelope", () => {
    const kinds = FAULT_CATALOGUE.filter(
      ({ kind }) => kind === "venue-gone" || kind === "fill-lost",
    );
    const seen = Array.from({ length: 20 }, (_, seed) => drawn(seed, { kinds, mix: "named" }));
    const names = new Set(seen.flatMap(({ plan }) => plan.map(({ kind }) => kind)));
    expect([...names].sort()).toEqual(["fill-lost", "venue-gone"]);
  });

  test("is of the mix that is asked for", () => {
    expect(drawn(1, { mix: "none" }).plan).toEqual([]);
    const kinds = new Set(drawn(1, { mix: "few" }).plan.map(({ kind }) => kind));
    expect(kinds.size).toBeLessThanOrEqual(2);
  });

  test("reaches every kind within two thousand seeds", () => {
    const seen = new Set(MANY.flatMap(({ plan }) => plan.map(({ kind }) => kind)));
    expect(FAULT_CATALOGUE.filter(({ kind }) => !seen.has(kind))).toEqual([]);
  });
});
