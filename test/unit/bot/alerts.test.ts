import { describe, expect, test } from "vitest";
import { MACHINERY_DEFAULTS } from "../../../src/bot/machinery-config.ts";
import type { Alert } from "../../../src/ports/alert-sink.ts";
import type { RiskConfig } from "../../../src/risk/risk-config.ts";
import { BotBench, benchInstruments } from "../../support/bot-bench.ts";

function heard(risk: RiskConfig = {}, sink?: (alert: Alert) => void) {
  const alerts: Alert[] = [];
  const bench = new BotBench(risk, benchInstruments(), {
    machinery: { ...MACHINERY_DEFAULTS, poll: undefined },
    alerts: { alert: sink ?? ((alert) => alerts.push(alert)) },
  });
  bench.tell({ kind: "LinkChanged", venue: 0, link: "up", cause: "test" });
  const lines = () => alerts.map(({ severity, rule, text }) => `${severity} ${rule}: ${text}`);
  return { bench, lines };
}

const report = (lots: number) => ({
  kind: "AccountReported",
  venue: 0,
  balance: 0,
  positions: [{ instrument: 0, lots }],
  openOrders: [],
});

describe("alerts", () => {
  test("are told with their rule and how bad it is, and the journal has each as a note", () => {
    const { bench, lines } = heard();
    bench.tell(report(7));
    bench.tell({ kind: "LinkChanged", venue: 0, link: "down", cause: "test" });
    for (let second = 0; second < 31; second += 1) bench.watch();
    expect(lines()).toEqual([
      "error drift: drift of instrument 0: we believe 0 lots, it is 7",
      "warning degradation: degradation is degraded, was normal: a link is down",
      "error degradation: degradation is critical, was degraded: a link is down for 30000000 µs",
    ]);
    const noted = bench.notes.filter((each) => each.startsWith("alert: "));
    expect(noted).toEqual(lines().map((each) => `alert: ${each.slice(each.indexOf(": ") + 2)}`));
  });

  test("of a graded rule carry its grade", () => {
    const pair = { left: 0, right: 0, leftUnitsPerLot: 1, rightUnitsPerLot: 1, orderUnits: 1 };
    const { bench, lines } = heard({ criticalSize: { pairs: [pair], multiple: 5 } });
    bench.place(1);
    bench.fill(1, 10, 10);
    expect(lines().map((each) => each.split(":")[0])).toEqual([
      "emergency halt",
      "emergency critical-size",
      "emergency degradation",
    ]);
  });

  test("of a halt reach people though the journal has it as a command", () => {
    const { bench, lines } = heard();
    bench.command({ kind: "Halt", reason: "enough" });
    expect(lines()[0]).toBe("emergency halt: enough");
  });

  test("that do not get through are on record, and nothing else changes", () => {
    const { bench } = heard({}, () => {
      throw new Error("no network");
    });
    bench.tell(report(7));
    expect(bench.notes).toEqual([
      "alert: drift of instrument 0: we believe 0 lots, it is 7",
      "an alert of drift did not get through: no network",
    ]);
    bench.place(1);
    expect(bench.open).toEqual(["1 sent 0/10"]);
  });
});
