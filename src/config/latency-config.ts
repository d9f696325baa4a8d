// Latencies in a config: a constant, an even spread, or quantiles of what was measured.

import { z } from "zod";
import type { LatencySpec, LinkLatency } from "../../sim/network/latency.ts";
import { duration } from "./fields.ts";
import type { UnitReader } from "./unit-reader.ts";

const latencyField = () =>
  z.union(
    [
      duration(),
      z.strictObject({ min: duration(), max: duration() }),
      z.strictObject({
        quantiles: z.array(z.tuple([z.number().min(0).max(1), duration()])).min(2),
      }),
    ],
    {
      error: (issue) =>
        `expected "5ms", {"min": …, "max": …} or {"quantiles": [[0, …], …, [1, …]]}, ` +
        `was ${JSON.stringify(issue.input)}`,
    },
  );

/** How long requests take to the venue, and its answers back. The feed's own latency is in the recording. */
export const latencySchema = z.strictObject({
  place: latencyField().describe("a new order's way to the venue").default("20ms"),
  cancel: latencyField().describe("a cancel's way; as `place` when absent").optional(),
  amend: latencyField().describe("an amend's way; as `place` when absent").optional(),
  response: latencyField().describe("an answer's or a fill's way back").default("20ms"),
});

export type LatencyConfig = z.output<typeof latencySchema>;
type LatencyField = LatencyConfig["place"];

/** The link of a config, every absent kind as slow as a placement. */
export function linkLatencyOf(config: LatencyConfig, path: string, units: UnitReader): LinkLatency {
  const spec = (kind: "place" | "cancel" | "amend" | "response"): LatencySpec =>
    latencySpecOf(config[kind] ?? config.place, `${path}.${kind}`, units);
  return {
    place: spec("place"),
    cancel: spec("cancel"),
    amend: spec("amend"),
    response: spec("response"),
  };
}

function latencySpecOf(field: LatencyField, path: string, units: UnitReader): LatencySpec {
  if (typeof field === "string") return { kind: "constant", us: units.durationUs(path, field) };
  if ("min" in field) {
    const minUs = units.durationUs(`${path}.min`, field.min);
    const maxUs = units.durationUs(`${path}.max`, field.max);
    if (minUs > maxUs) units.problem(path, `expected min ≤ max, was ${field.min} > ${field.max}`);
    return { kind: "uniform", minUs, maxUs };
  }
  const points = field.quantiles.map(
    ([quantile, us], index) =>
      [quantile, units.durationUs(`${path}.quantiles.${index}`, us)] as const,
  );
  judgeQuantiles(points, `${path}.quantiles`, units);
  return { kind: "quantiles", points };
}

function judgeQuantiles(
  points: readonly (readonly [number, number])[],
  path: string,
  units: UnitReader,
): void {
  if (points[0]?.[0] !== 0 || points[points.length - 1]?.[0] !== 1) {
    units.problem(path, "expected quantiles from 0 to 1");
  }
  points.forEach(([quantile, us], index) => {
    const before = points[index - 1];
    if (before !== undefined && (quantile <= before[0] || us < before[1])) {
      units.problem(`${path}.${index}`, "expected quantiles and latencies in ascending order");
    }
  });
}
