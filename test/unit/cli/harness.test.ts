import { expect, test } from "vitest";
import { measure } from "../../../src/cli/bench/harness.ts";

const benchmark = (results: readonly string[], log: string[] = []) => {
  let run = -1;
  return {
    name: "made-up",
    text: "counts to three",
    unit: "steps",
    prepare: () => ({
      count: 3,
      run: () => {
        run += 1;
        log.push("run");
        return () => results[Math.min(run, results.length - 1)] as string;
      },
      reset: () => void log.push("reset"),
      close: () => void log.push("close"),
    }),
  };
};

test("warms up twice, runs as often as asked, resets between and closes at the end", async () => {
  const log: string[] = [];
  const measured = await measure(benchmark(["a"], log), 3);
  expect(measured).toMatchObject({
    name: "made-up",
    unit: "steps",
    runs: 3,
    count: 3,
    digest: "a",
  });
  expect(measured.bestPerSecond).toBeGreaterThanOrEqual(measured.medianPerSecond);
  const once = ["run", "reset"];
  expect(log).toEqual([...once, ...once, ...once, ...once, ...once, "close"]);
});

test("refuses runs that do not come to the same result, and closes all the same", async () => {
  const log: string[] = [];
  await expect(measure(benchmark(["a", "a", "b"], log), 5)).rejects.toThrow(
    "expected the result a, was b",
  );
  expect(log.at(-1)).toBe("close");
});
