import { expect, test } from "vitest";
import { houseKits } from "../../../src/cli/run/strategy-kits.ts";
import { backtestSchemaOf } from "../../../src/config/backtest-config.ts";
import { ConfigError } from "../../../src/config/config-error.ts";
import { readConfig } from "../../../src/config/read-config.ts";

const backtestSchema = backtestSchemaOf({ house: await houseKits(), outside: undefined });

const GOOD = {
  version: 1,
  venues: [{ name: "alpha", profile: "generic" }],
  instruments: [{ dataset: "sample-alpha" }],
  strategy: {
    name: "grid",
    halfSpread: "0.5",
    spacing: "0.5",
    levelSize: "0.01",
    positionMax: "0.1",
  },
};

/** Problems of GOOD with `change` laid over it, as "path: message". */
function problemsOf(change: Record<string, unknown>): readonly string[] {
  return problemsOfText(JSON.stringify({ ...GOOD, ...change }));
}

function problemsOfText(text: string): readonly string[] {
  try {
    readConfig(backtestSchema, text, "test.json");
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

test("fills in every default", () => {
  const { config } = readConfig(backtestSchema, JSON.stringify(GOOD), "test.json");
  expect(config.seed).toBe("1");
  expect(config.fillModel).toBe("power-3:3");
  expect(config.venues[0]).toEqual({
    name: "alpha",
    profile: "generic",
    startingCash: "10000",
    latency: { place: "20ms", response: "20ms" },
  });
  expect(config.strategy).toMatchObject({ levels: 5, centre: "mid", wake: "100ms" });
});

const grid = (change: object) => ({ strategy: { ...GOOD.strategy, ...change } });
const venue = (change: object) => ({ venues: [{ ...GOOD.venues[0], ...change }] });

test.each<[string, Record<string, unknown>, readonly (string | RegExp)[]]>([
  ["a good file", {}, []],
  [
    "a mistyped key of the strategy",
    grid({ spacng: "1" }),
    ['strategy.spacng: unknown key "spacng" at strategy, did you mean "spacing"?'],
  ],
  [
    "a mistyped key at the top",
    { sed: "1" },
    ['sed: unknown key "sed" at the top, did you mean "seed"?'],
  ],
  [
    "a key of another strategy is unknown here",
    grid({ orderSize: "1" }),
    [
      /^strategy\.orderSize: unknown key "orderSize" at strategy; known: name, instrument, levels, /,
    ],
  ],
  [
    "a mistyped key inside an array",
    venue({ latncy: {} }),
    ['venues.0.latncy: unknown key "latncy" at venues.0, did you mean "latency"?'],
  ],
  [
    "a mistyped key inside a union",
    venue({ latency: { place: { mn: "1ms", max: "2ms" } } }),
    [
      "venues.0.latency.place.min: missing",
      'venues.0.latency.place.mn: unknown key "mn" at venues.0.latency.place, did you mean "min"?',
    ],
  ],
  [
    "a wrong kind of latency",
    venue({ latency: { place: 5 } }),
    [/^venues\.0\.latency\.place: expected "5ms", .* was 5$/],
  ],
  [
    "a duration without a unit",
    grid({ wake: "100" }),
    [/^strategy\.wake: expected a length of time with its unit .* was "100"$/],
  ],
  [
    "a number where a decimal string belongs",
    grid({ spacing: 0.5 }),
    ['strategy.spacing: expected a decimal string above zero, like "0.25", was 0.5'],
  ],
  [
    "zero where there must be something",
    grid({ spacing: "0.00" }),
    ['strategy.spacing: expected a decimal string above zero, like "0.25", was "0.00"'],
  ],
  [
    "an unknown strategy",
    { strategy: { name: "gird" } },
    [/^strategy\.name: expected one of grid, .*, was "gird", did you mean "grid"\?$/],
  ],
  [
    "an unknown profile",
    venue({ profile: "hyperliqid" }),
    [/^venues\.0\.profile: expected one of "generic", .* was "hyperliqid"/],
  ],
  [
    "an unknown fill model",
    { fillModel: "power-4:3" },
    [/^fillModel: expected one of optimistic, /],
  ],
  ["another version", { version: 2 }, ["version: expected 1, was 2"]],
  ["no strategy", { strategy: undefined }, ["strategy: missing"]],
  ["no instruments", { instruments: [] }, [/^instruments: /]],
  ["a fraction of a level", grid({ levels: 2.5 }), [/^strategy\.levels: expected a whole number/]],
  [
    "a time that is not UTC",
    { from: "2026-01-01T00:00:00+01:00" },
    [/^from: expected a UTC time, like .* was "2026-01-01T00:00:00\+01:00"$/],
  ],
])("%s", (_name, change, expected) => {
  const found = problemsOf(change);
  expect(found).toHaveLength(expected.length);
  for (const [index, each] of expected.entries()) {
    if (typeof each === "string") expect(found[index]).toBe(each);
    else expect(found[index]).toMatch(each);
  }
});

test("all problems of a file come at once, in the order of their lines", () => {
  const text = `{
  "version": 1,
  "venues": [{ "name": "alpha", "profile": "generic", "fee": {} }],
  "instruments": [{ "dataset": "sample-alpha" }],
  "strategy": {
    "name": "grid", "halfSpread": "0.5", "spacng": "1",
    "levelSize": 3, "positionMax": "1"
  }
}`;
  try {
    readConfig(backtestSchema, text, "test.json");
    expect.unreachable();
  } catch (error) {
    expect((error as Error).message).toBe(
      [
        "test.json has 4 problems",
        '  3:55  venues.0.fee: unknown key "fee" at venues.0, did you mean "fees"?',
        "  5:3  strategy.spacing: missing",
        '  6:42  strategy.spacng: unknown key "spacng" at strategy, did you mean "spacing"?',
        '  7:5  strategy.levelSize: expected a decimal string above zero, like "0.25", was 3',
      ].join("\n"),
    );
  }
});

test.each([
  ['{"version": 1,,}', 'not JSON: expected a key in double quotes, was ","', 1, 15],
  ['{"version": 1 /* }', 'not JSON: expected "," or "}", was "/"', 1, 15],
  ['{"version": 1 / }', 'not JSON: expected "," or "}", was "/"', 1, 15],
  ["[,]", 'not JSON: expected a value, was ","', 1, 2],
  ['{\n  "version" 1}', 'not JSON: expected ":", was "1"', 2, 13],
  ['{"version": 1', 'not JSON: expected "," or "}", was the end of the file', 1, 14],
  ["", "not JSON: expected a value, was the end of the file", 1, 1],
  ["{'version': 1}", 'not JSON: expected a key in double quotes, was "\'"', 1, 2],
  ['{"seed": "\\q"}', 'not JSON: expected a string with valid escapes, was "\\""', 1, 10],
  ["{} x", 'not JSON: expected the end of the file, was "x"', 1, 4],
])("names line and column of what is not JSON: %s", (text, message, line, column) => {
  try {
    readConfig(backtestSchema, text, "test.json");
    expect.unreachable();
  } catch (error) {
    expect((error as ConfigError).problems).toEqual([{ path: "", message, line, column }]);
  }
});

test("refuses a key that is given twice, which JSON.parse would not", () => {
  const text = JSON.stringify(GOOD).replace('"version":1', '"version":1,"version":1');
  expect(problemsOfText(text)).toEqual(["version: this key is given twice"]);
});
