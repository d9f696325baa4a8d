import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { UnitReader } from "../../../../src/config/unit-reader.ts";
import { kit } from "../../../../strategies/grid/kit.ts";
import { fakeInstrument } from "../../../support/fake-view.ts";

const instruments = [{ name: "btc", spec: fakeInstrument }];
const told = { halfSpread: "2.5", spacing: "1", levelSize: "0.02", positionMax: "0.1" };

function configOf(more: object) {
  const units = new UnitReader();
  const config = kit.toConfig(kit.schema.parse({ ...told, ...more }), instruments, units);
  return { config, problems: units.problems.map(({ path, message }) => `${path}: ${message}`) };
}

describe("the grid's settings", () => {
  test("have no measure of the market unless it is asked for", () => {
    const { config, problems } = configOf({});
    expect(problems).toEqual([]);
    for (const measure of ["volatility", "trend", "inventory", "orderTtlUs"]) {
      expect(config).not.toHaveProperty(measure);
    }
  });

  test("have the design document's defaults where one is asked for", () => {
    const { config, problems } = configOf({ volatility: {}, trend: {}, inventory: {} });
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      barUs: 2_000_000,
      volatility: {
        atrLength: 14,
        ewmaAlphaPermille: 120,
        initVolPermille: 1_000,
        atrWeightPermille: 500,
        volWeightPermille: 2_500,
        spacingE8: 60_000,
        spacingMinE8: 50_000,
        spacingMaxE8: 500_000,
        circuitSigmaPermille: 4_000,
      },
      trend: { fastEma: 12, slowEma: 48, maxE8: 400_000 },
      inventory: { skewSoftPermille: 200, skewHardPermille: 500 },
    });
  });

  test("say what contradicts itself", () => {
    const volatility = { ewmaAlpha: "1.1", gridSpacingMinPct: "0.01" };
    const trend = { trendFastEma: 48, trendSlowEma: 48 };
    const inventory = { skewSoft: "0.6" };
    const { problems } = configOf({ volatility, trend, inventory, loopInterval: "0s" });
    expect(problems).toEqual([
      'loopInterval: expected more than 0, was "0s"',
      "volatility.ewmaAlpha: expected at most 1, was 1.1",
      "volatility.gridSpacingMaxPct: expected at least the least spacing 0.01, was 0.005",
      "trend.trendSlowEma: expected more bars than the fast average's 48, was 48",
      "inventory.skewHard: expected at least the soft limit 0.6, was 0.5",
    ]);
  });

  test("stand on the bot's page, each with its name", () => {
    const page = readFileSync(
      resolve(import.meta.dirname, "../../../../docs/bots/grid.md"),
      "utf8",
    );
    const table = page.slice(page.indexOf("## Settings"), page.indexOf("## What it does"));
    const whole = kit.schema.parse({ ...told, volatility: {}, trend: {}, inventory: {} });
    for (const key of Object.keys(kit.schema.shape)) expect(table).toContain(`\`${key}\``);
    for (const group of ["volatility", "trend", "inventory"] as const) {
      for (const key of Object.keys(whole[group] ?? {})) {
        expect(table).toContain(`\`${group}.${key}\``);
      }
    }
  });
});
