// Which housekeeping the bot of a backtest keeps: what the config says, and where it says nothing, what a live bot
// keeps over recorded books. Over candles alone there is none by default: a bar says nothing of the seconds in it,
// and a year of them would be thirty million looks at a clock.

import type { ScenarioVenue } from "../../../sim/scenario/scenario.ts";
import type { MachineryConfig } from "../../bot/machinery-config.ts";
import type { BacktestConfig } from "../../config/backtest-config.ts";
import { machineryConfigOf } from "../../config/machinery-config.ts";
import type { UnitReader } from "../../config/unit-reader.ts";
import { durationText } from "../../report/time-text.ts";
import type { OpenRecording } from "./open-recording.ts";

export function plannedMachinery(
  told: BacktestConfig["machinery"],
  recordings: readonly OpenRecording[],
  venues: readonly ScenarioVenue[],
  units: UnitReader,
): MachineryConfig | undefined {
  const candlesAlone = recordings.every(({ source }) => source.kind === "bars");
  const profiles = venues.map(({ profile }) => profile);
  return machineryConfigOf(told ?? (candlesAlone ? "off" : "standard"), profiles, units);
}

/** The parts in force, with the numbers that decide; a part that is off is not there. */
export function machineryText(
  machinery: MachineryConfig | undefined,
  venues: readonly ScenarioVenue[],
): string {
  if (machinery === undefined) return "off: the strategy is on its own";
  const { poll, reconciliation, circuitBreaker, deadManSwitch, degradation } = machinery;
  const { requestTimeoutUs, stuckOrderUs, venueSwitches = [] } = machinery;
  const named = (venue: number): string => venues[venue]?.name ?? `${venue}`;
  const parts = [
    `looks every ${durationText(machinery.watchEveryUs)}`,
    requestTimeoutUs === undefined ? "" : `answers within ${durationText(requestTimeoutUs)}`,
    poll === undefined
      ? ""
      : `accounts every ${durationText(poll.everyUs)} (drift ${reconciliation.drift}, orphans ${reconciliation.orphans})`,
    stuckOrderUs === undefined ? "" : `orders stuck after ${durationText(stuckOrderUs)}`,
    circuitBreaker === undefined ? "" : `breaker at ${circuitBreaker.failuresMax} failures`,
    deadManSwitch === undefined ? "" : `dead man's switch ${durationText(deadManSwitch.ttlUs)}`,
    ...venueSwitches.map(
      ({ venue, timeoutUs }) => `${named(venue)}'s own after ${durationText(timeoutUs)}`,
    ),
    degradation === undefined ? "" : "degradation",
    machinery.batches === undefined ? "" : "batches",
  ];
  return parts.filter((each) => each !== "").join(", ");
}
