import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import type { KeptVenue } from "../../../src/config/machinery-config.ts";
import { machineryConfigOf, machinerySchema } from "../../../src/config/machinery-config.ts";
import { UnitReader } from "../../../src/config/unit-reader.ts";

function machineryOf(
  told: unknown,
  switches: readonly KeptVenue["scheduledCancel"][] = [],
  batch?: KeptVenue["batch"],
) {
  const units = new UnitReader();
  const venues = switches.map((scheduledCancel) => ({ scheduledCancel, batch }));
  const config = machineryConfigOf(machinerySchema.parse(told), venues, units);
  return { config, problems: units.problems.map(({ path, message }) => `${path}: ${message}`) };
}

const defined = (value: object) => JSON.parse(JSON.stringify(value));

describe("a config's machinery", () => {
  test("is the documents' defaults where it is standard, and where nothing is said of its parts", () => {
    for (const told of ["standard", {}]) {
      const { config, problems } = machineryOf(told);
      expect(defined(config as object)).toEqual(defined(MACHINERY_DEFAULTS));
      expect(problems).toEqual([]);
    }
  });

  test("is none where it is off", () => {
    expect(machineryOf("off").config).toBeUndefined();
  });

  test("can have each part switched off by itself", () => {
    const { config } = machineryOf({
      requestTimeout: "off",
      poll: "off",
      circuitBreaker: "off",
      deadManSwitch: "off",
      degradation: "off",
    });
    const { watchEveryUs, reconciliation, retry } = MACHINERY_DEFAULTS;
    expect(defined(config as object)).toEqual({ watchEveryUs, reconciliation, retry });
  });

  test("keeps the other defaults of a part that is told in part", () => {
    const { config } = machineryOf({
      stuckOrder: "90s",
      poll: { every: "2s" },
      reconciliation: { drift: "halt", orphans: "cancel" },
      degradation: { criticalEmergency: "5m" },
    });
    expect(config).toMatchObject({
      stuckOrderUs: 90_000_000,
      poll: { everyUs: 2_000_000, ttlUs: 15_000_000, timeoutUs: 3_000_000 },
      reconciliation: { drift: "halt", orphans: "cancel", graceUs: 2_000_000 },
      degradation: { criticalEmergencyUs: 300_000_000, degradedSizeBps: 5000 },
    });
  });

  test("keeps the switches of the venues that have one, within the limits of each", () => {
    const switches = [
      undefined,
      { aheadMinUs: 5_000_000, aheadMaxUs: undefined },
      { aheadMinUs: 300_000_000, aheadMaxUs: 1_296_000_000_000 },
      { aheadMinUs: 1_000_000, aheadMaxUs: 300_000_000 },
    ];
    const timeoutsOf = (told: unknown) =>
      machineryOf(told, switches).config?.venueSwitches?.map((each) => [
        each.venue,
        each.timeoutUs / 1_000_000,
      ]);
    expect(timeoutsOf("standard")).toEqual([
      [1, 300],
      [2, 310],
      [3, 300],
    ]);
    expect(timeoutsOf({ venueSwitch: { timeout: "12s", refreshEvery: "2s" } })).toEqual([
      [1, 15],
      [2, 310],
      [3, 12],
    ]);
    expect(timeoutsOf({ venueSwitch: { timeout: "1h" } })).toEqual([
      [1, 3600],
      [2, 3600],
      [3, 300],
    ]);
    expect(timeoutsOf({ venueSwitch: "off" })).toBeUndefined();
    expect(
      machineryOf({ venueSwitch: { timeout: "12s", refreshEvery: "20s" } }, switches).problems,
    ).toEqual([
      'machinery.venueSwitch.refreshEvery: expected less than the time after which it fires, was "20s"',
    ]);
  });

  test("lets commands leave together where it is asked for, as each venue takes them", () => {
    const most = { placeMax: 5, amendMax: 5, cancelMax: 10 };
    expect(machineryOf({ batch: "on" }, [undefined], most).config?.batches).toEqual([most]);
    expect(machineryOf("standard", [undefined], most).config?.batches).toBeUndefined();
  });

  test("takes no length of nothing", () => {
    const { problems } = machineryOf({ watchEvery: "0s", circuitBreaker: { rest: "0ms" } });
    expect(problems).toEqual([
      'machinery.watchEvery: expected more than 0, was "0s"',
      'machinery.circuitBreaker.rest: expected more than 0, was "0ms"',
    ]);
  });
});
