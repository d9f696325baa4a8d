// Prints what a campaign came to: what was lived through, in numbers; then the first failure and how to repeat it.

import type { CampaignSummary } from "../../campaign/campaign-totals.ts";
import { timeText } from "../../report/time-text.ts";
import type { CliIo } from "../cli-io.ts";
import { shortNumber } from "../progress.ts";
import type { FailureStory } from "./failure-story.ts";
import { worldLines } from "./story-print.ts";

export type CampaignResult = Readonly<{
  name: string;
  from: number;
  /** Seeds asked for; fewer were run when time was up or Ctrl-C came. */
  asked: number;
  summary: CampaignSummary;
  story: FailureStory | undefined;
  /** Wall and processor time of the seeds, for people; no part of any result. */
  seconds: number;
  userSeconds: number;
  jobs: number;
}>;

const HOUR_US = 3_600_000_000;

export function printCampaign(result: CampaignResult, io: CliIo): void {
  const lines = [...totalsOf(result), ...(result.story === undefined ? [] : storyOf(result.story))];
  io.stdout.write(`${lines.join("\n")}\n\n`);
}

function totalsOf({ name, from, asked, summary, seconds, jobs }: CampaignResult): string[] {
  const { seeds, failed, fired, effective, events, simulatedUs, kinds, cells, mixes } = summary;
  const hours = simulatedUs / HOUR_US;
  const mixText = Object.entries(mixes)
    .map(([mix, count]) => `${count} ${mix}`)
    .join(", ");
  const wholly = seeds === asked ? "" : ` of ${asked}`;
  const anHour = (fired / Math.max(hours, 1e-9)).toFixed(1);
  const rate = (seeds / seconds).toFixed(1);
  return [
    `${name}: ${failed === 0 ? "every promise kept" : `${failed} seeds failed`}`,
    `  seeds      ${seeds}${wholly} from ${from} (${mixText})`,
    `  simulated  ${hours.toFixed(1)} h, ${shortNumber((hours * 3_600) / seconds)} × real time`,
    `  faults     ${shortNumber(fired)} struck, ${shortNumber(effective)} changed something, ${anHour} an hour`,
    `  reached    ${Object.keys(kinds).length} kinds, ${Object.keys(cells).length} of kind × order state`,
    `  events     ${shortNumber(events)}, ${shortNumber(events / seconds)}/s`,
    `  speed      ${rate} seeds/s with ${jobs} ${jobs === 1 ? "job" : "jobs"}, ${seconds.toFixed(1)} s`,
    `  digest     ${summary.digest}`,
  ];
}

function storyOf({ seed, sentence, faultsBefore, repro, reruns, repeat }: FailureStory): string[] {
  const { violation, plan } = repro;
  const at = violation.at === undefined ? "" : ` at ${timeText(violation.at)}`;
  return [
    "",
    `  first failure: seed ${seed}, ${violation.id}${at}`,
    ...(sentence === undefined ? [] : [`    promise    ${sentence}`]),
    `    broken     ${violation.detail}`,
    `    left       ${plan.length} of ${faultsBefore} faults, after ${reruns} runs`,
    ...worldLines(repro).map((line) => `  ${line}`),
    ...repeat.map((line) => `    repeat     ${line}`),
  ];
}
