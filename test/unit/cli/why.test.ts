import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CapturedIo, runCaptured } from "../../support/captured-io.ts";

const example = resolve(import.meta.dirname, "../../../examples/grid-sample.json");

let folder: string;
const cli = (...words: string[]) => runCaptured(words, new CapturedIo(folder));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rehearse-why-"));
  const whole = JSON.parse(readFileSync(example, "utf8"));
  const config = { ...whole, until: "2024-01-01T07:46:30Z" };
  writeFileSync(join(folder, "grid.json"), JSON.stringify(config));
  await cli("backtest", "grid.json", "--out", "result.json", "--no-band", "--quiet");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("why", () => {
  test("tells an order's story, its reason first", async () => {
    const { code, stdout, stderr } = await cli("why", "result.json", "2");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("order 2  alpha RHS-PERP  buy 0.010 at 59990.0, POST_ONLY");
    expect(lines[1]).toMatch(/^never touched: the other side came no nearer than 49 ticks/);
    for (const part of ["woken by", "saw bid", "passed risk", "15 ms to the venue", "rests at"]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).toContain("one tick better (59990.1): not filled either");
  });

  test("--json holds the same as numbers", async () => {
    const { stdout } = await cli("why", "result.json", "2", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      orderId: 2,
      filledLots: 0,
      sizeLots: 10,
      reason: { kind: "never-touched", closest: { ticks: 49 } },
      replayAgrees: true,
      otherwise: [{ change: "one-tick-better" }, { change: "sooner" }, { change: "left-standing" }],
    });
  });

  test("an order that does not exist is answered with those near it", async () => {
    const { code, stdout, stderr } = await cli("why", "result.json", "9999");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/there is no order 9999; of the \d+ there were, the nearest are \d+, /);
  });

  test("tells a moment by the time of the run's day, or in full", async () => {
    const { code, stdout } = await cli("why", "result.json", "07:45:01.92", "--within", "20ms");
    expect(code).toBe(0);
    expect(stdout).toContain("order 1 live: buy 0.010 at 59995.0");
    expect(stdout).toContain("07:45:01.922306  OrderFilled of order 1: filled 0.001 at 59995.0");
    const whole = ["why", "result.json", "2024-01-01T07:45:01.92Z", "--within", "20ms"];
    expect((await cli(...whole)).stdout).toBe(stdout);
  });

  test("tells a span without a trade", async () => {
    const { code, stdout } = await cli("why", "result.json", "no-trade", "--to", "07:45:01");
    expect(code).toBe(0);
    expect(stdout).toContain("10 orders stood or were sent and none filled");
    expect(stdout).toContain("07:45:00         link of venue 0 is up: the run begins");
    const json = await cli("why", "result.json", "no-trade", "--to", "07:45:01", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      fills: 0,
      ordersByReason: { "never-touched": 10 },
    });
  });

  test.each([
    [["soon"], 'expected an order id, a time or no-trade, was "soon"'],
    [["25:00"], "expected a UTC time, like"],
    [["2024-01-02"], "expected a moment of the run, 2024-01-01T07:45:00Z to "],
    [["07:45:01", "--within", "soon"], "expected a length of time, like 250ms or 2s, was soon"],
    [["no-trade", "--from", "07:46:00", "--to", "07:45:30"], "expected --from before --to"],
  ])("refuses %j with 2, saying what it expects", async (words, why) => {
    const { code, stdout, stderr } = await cli("why", "result.json", ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(why);
  });

  test("a result that does not run again as it was is refused with 4", async () => {
    const text = readFileSync(join(folder, "result.json"), "utf8");
    const { digest } = JSON.parse(text) as { digest: string };
    writeFileSync(join(folder, "other.json"), text.replace(digest, "0".repeat(64)));
    const { code, stdout, stderr } = await cli("why", "other.json", "2");
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toContain(
      "what would be told is of another run; see `rehearse verify other.json`",
    );
  });

  test("Ctrl-C ends it with 130, and nothing is told", async () => {
    const io = new CapturedIo(folder, {}, (listening) => listening.interrupt?.());
    const { code, stdout, stderr } = await runCaptured(["why", "result.json", "2"], io);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toBe("interrupted: nothing was answered\n");
  });
});
