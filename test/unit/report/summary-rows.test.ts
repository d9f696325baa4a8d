import { expect, test } from "vitest";
import { instrumentOf } from "../../../src/domain/instrument.ts";
import { instrumentId, timeUs, venueId } from "../../../src/domain/units.ts";
import { SummaryCollector } from "../../../src/report/summary-collector.ts";
import { summaryJson } from "../../../src/report/summary-json.ts";
import { moneyText, ratioText, summaryRows } from "../../../src/report/summary-rows.ts";

const instrument = (venueName: string, id: number) =>
  instrumentOf(
    {
      venueName,
      symbol: "BTC",
      contract: "linear",
      base: "BTC",
      quote: "USDT",
      tickSize: "0.1",
      lotSize: "0.001",
      contractSize: "1",
    },
    instrumentId(id),
    venueId(id),
  );

function summaryOf(venues: readonly string[], coins = venues.map(() => "BTC")) {
  const collector = new SummaryCollector({
    instruments: venues.map((venue, id) => ({
      ...instrument(venue, id),
      base: coins[id] ?? "BTC",
      symbol: coins[id] ?? "BTC",
    })),
    startingCash: venues.map(() => "100"),
  });
  return collector.summary({ startedAt: timeUs(0), endedAt: timeUs(1_000_000), complete: true });
}

test("every row has a label of its own and says what it means", () => {
  const rows = summaryRows(summaryOf(["alpha"]));
  expect(rows.length).toBeGreaterThanOrEqual(28);
  expect(new Set(rows.map((row) => row.label)).size).toBe(rows.length);
  for (const row of rows) expect(row.definition).not.toBe("");
});

test("a run that did nothing shows reasons, not zeros or NaN", () => {
  const rows = new Map(summaryRows(summaryOf(["alpha"])).map((row) => [row.label, row.value]));
  expect(rows.get("Maker share")).toBe("N/A: no fills");
  expect(rows.get("Fill rate, by order")).toBe("N/A: no order rested");
  expect(rows.get("Markout maker 1/10/60 s")).toBe("N/A: 0 maker fills, 10 are needed");
  expect(rows.get("Net PnL")).toBe("0.00 USDT");
  expect([...rows.values()].join(" ")).not.toMatch(/NaN|undefined|Infinity| -0/);
});

test("rows of several instruments carry their names", () => {
  const labels = summaryRows(summaryOf(["alpha", "beta"])).map((row) => row.label);
  expect(labels).toContain("Max inventory alpha BTC");
  expect(labels).toContain("Max inventory beta BTC");
  expect(new Set(labels).size).toBe(labels.length);
});

test("coins side by side have a line of profit each; two venues of one coin have one a venue", () => {
  const profits = (summary: ReturnType<typeof summaryOf>): readonly string[] =>
    summaryRows(summary).flatMap(({ label }) => (label.startsWith("Net PnL") ? [label] : []));
  expect(profits(summaryOf(["alpha"]))).toEqual(["Net PnL"]);
  expect(profits(summaryOf(["alpha", "alpha"], ["BTC", "ETH"]))).toEqual([
    "Net PnL",
    "Net PnL BTC",
    "Net PnL ETH",
  ]);
  const pair = ["Net PnL", "Net PnL alpha BTC", "Net PnL beta BTC"];
  expect(profits(summaryOf(["alpha", "beta"]))).toEqual(pair);
});

test("the JSON begins with the span in words and is stable", () => {
  const json = JSON.stringify(summaryJson(summaryOf(["alpha"])));
  expect(json).toMatch(
    /^\{"start":"1970-01-01T00:00:00Z","end":"1970-01-01T00:00:01Z","durationUs":/,
  );
  expect(JSON.stringify(summaryJson(summaryOf(["alpha"])))).toBe(json);
});

test.each([
  ["5", "5.00 USD"],
  ["-0.125", "-0.125 USD"],
  ["1.23456789", "1.234568 USD"],
])("money %s is shown as %s", (decimal, text) => expect(moneyText(decimal, "USD")).toBe(text));

test("a ratio is a percentage, or the reason why there is none", () => {
  expect(ratioText({ value: 0.12345, samples: 9 })).toBe("12.35 %");
  expect(ratioText({ value: null, samples: 0, why: "no fills" })).toBe("N/A: no fills");
});
