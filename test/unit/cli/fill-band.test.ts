import { describe, expect, test } from "vitest";
import type { BandEntry } from "../../../src/cli/run/fill-band.ts";
import { bandIsUneven, verdictFlips } from "../../../src/cli/run/fill-band.ts";

/** A band of [net PnL, fills], the hopeful end first. */
function band(...entries: readonly (readonly [string, number])[]): readonly BandEntry[] {
  return entries.map(([netPnl, fills]) => ({
    fillModel: "any",
    netPnl,
    fills,
    turnover: "0",
    makerShare: { value: 1, samples: 1 },
    finalPositions: [],
    digest: "",
  }));
}

describe("a band", () => {
  test.each([
    [band(["3", 9], ["2", 5], ["-1", 0]), false],
    [band(["3", 9], ["3", 9], ["3", 9]), false],
    [band(["2", 9], ["3", 5], ["1", 0]), true],
    [band(["3", 5], ["2", 9], ["1", 0]), true],
    [band(), false],
  ])("%# is uneven when PnL or fills rise towards the pessimistic end", (entries, uneven) => {
    expect(bandIsUneven(entries)).toBe(uneven);
  });

  test("flips its verdict when the sign of the profit differs", () => {
    expect(verdictFlips(band(["3", 9], ["-1", 1]))).toBe(true);
    expect(verdictFlips(band(["3", 9], ["0", 0]))).toBe(false);
  });
});
