// The public matching workload, whole: 2 million messages and 2.2 million reports a scenario, by their hashes.
// Oracle: flash1-dev/matching-engine-benchmark (MIT; arXiv 2606.01183). 160 of 247 engines tested there agree on the
// report hashes; the message hashes tell a fault of the generator from one of the matcher.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { MatchReports } from "../../sim/exchange/order-book/match-reports.ts";
import { REPORT_FIELDS } from "../../sim/exchange/order-book/match-reports.ts";
import type { MatchingMessages } from "../../sim/market/matching-workload.ts";
import {
  MESSAGE_ASK,
  MESSAGE_IOC,
  MESSAGE_KIND,
  matchingScenarios,
} from "../../sim/market/matching-workload.ts";
import { runMatchingWorkload } from "../../sim/scenario/matching-workload-run.ts";

type Published = Readonly<{
  messages: string;
  reports: string;
  /** Accepted, trades, cancelled, modified, cancels refused, modifies refused. */
  counts: readonly number[];
}>;

const published: Readonly<Record<string, Published>> = {
  static: {
    messages: "5b115b7a1aa5a173c020956365dabd702fcf9cc001de2b1e218c7b12c3151aa2",
    reports: "9803843ee404fc29c9a0aa5614f8f0d5a58b5c44fcac9ef89067886fcaaa30d1",
    counts: [1_000_000, 827, 957_377, 169_577, 16_279, 3_098],
  },
  normal: {
    messages: "b7a06e06e2778e95a7b3f0100994a2c8a22db4f36d05c496cfc57489f86edb6a",
    reports: "e9b2e3926854410b01a035aeb25dd05f1e597c233be8263de9eb49b6713d367e",
    counts: [1_000_000, 62_474, 931_363, 164_857, 38_131, 7_818],
  },
  "swing-25": {
    messages: "4ec312ab33e50aa433887f196100dfcdf6b135093f59e2ec68c03df93e70984c",
    reports: "61a84be9469661bd039e00dbc9a7c011e70b6ace37aadfe60045ea083b05f4df",
    counts: [1_000_000, 66_908, 929_823, 164_640, 39_462, 8_035],
  },
  "swing-40": {
    messages: "f7b020819aabf6d57e4f2dda3d631433fca3926616d37db9aa0698f502506228",
    reports: "3cb0175e7982ff09ea220d1feaee3844cf9116a5ce455757879dea1d880b9b9f",
    counts: [1_000_000, 68_803, 929_071, 164_521, 40_113, 8_154],
  },
  "flash-crash": {
    messages: "4ca10a16b8d1cbd242c80ed82ed3e4f89b58c6c3a14ec056d738e055539f86f8",
    reports: "cff8d3f94b709fc64a8b2058a6ca4fb6920364904796e46906895e362d2bb16b",
    counts: [1_000_000, 70_178, 928_614, 164_441, 40_464, 8_234],
  },
};

/** Hashes `count` texts one after another, in pieces large enough to be quick. */
function sha256(count: number, textAt: (index: number) => string): string {
  const hash = createHash("sha256");
  let piece = "";
  for (let i = 0; i < count; i += 1) {
    piece += textAt(i);
    if (piece.length > 65_536) {
      hash.update(piece);
      piece = "";
    }
  }
  return hash.update(piece).digest("hex");
}

function messageText(messages: MatchingMessages, i: number): string {
  const bits = messages.meta[i] ?? 0;
  const side = (bits & MESSAGE_ASK) === 0 ? 0 : 1;
  const immediate = (bits & MESSAGE_IOC) === 0 ? 0 : 1;
  const { quantity, id, price } = messages;
  return `${bits & MESSAGE_KIND},${side},${immediate},${quantity[i]},${id[i]},${price[i]}\n`;
}

function countsByKind(reports: MatchReports): number[] {
  const counts = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < reports.count; i += 1) {
    const kind = reports.fields[i * REPORT_FIELDS] ?? 0;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

test.each(matchingScenarios)("agrees with the published engines on $name", (scenario) => {
  const { messages, reports } = runMatchingWorkload(scenario);
  const expected = published[scenario.name];
  expect(messages.count).toBe(1_996_097);
  expect(sha256(messages.count, (i) => messageText(messages, i))).toBe(expected?.messages);
  expect(countsByKind(reports)).toEqual(expected?.counts);
  const lineAt = (i: number): string => (i === 0 ? reports.line(i) : `\n${reports.line(i)}`);
  expect(sha256(reports.count, lineAt)).toBe(expected?.reports);
});
