// The story of a failure, for a person: the promise, how it was broken, what was against the bot, the messages around the
// moment, and where belief and truth had parted.

import { checkers } from "../../../sim/checkers/checkers.ts";
import { faultKind } from "../../../sim/faults/catalogue.ts";
import type { FailureRecord, Heard } from "../../campaign/failure-watch.ts";
import type { Repro } from "../../campaign/repro.ts";
import { timeText } from "../../report/time-text.ts";

/** Faults of a story that are told one by one. */
const FAULTS_TOLD_MAX = 20;

/** What became of a repro's case when it was run again. */
export type Replayed = Readonly<{
  repro: Repro;
  /** Undefined when every promise was kept, or the run itself broke. */
  record: FailureRecord | undefined;
  /** How the run broke off, when it did. */
  crash: string | undefined;
  /** Of a run that broke off: what was heard last. */
  last: readonly Heard[];
  digest: string;
}>;

export function storyLines({ repro, record, crash, last, digest }: Replayed): readonly string[] {
  const same = digest === repro.digest ? "the same run, to the last byte" : differs(repro);
  if (crash !== undefined) {
    return [`${repro.bot}, seed ${repro.seed}: the run broke off`, `  ${crash}`, ...heard(last)];
  }
  if (record === undefined) {
    const kept = `${repro.bot}, seed ${repro.seed}: every promise was kept`;
    return [kept, `  was        ${repro.violation.id}: ${repro.violation.detail}`, `  ${same}`];
  }
  const sentence = checkers.find(({ id }) => id === record.id)?.sentence;
  return [
    `${repro.bot}, seed ${repro.seed}: ${record.id} broke at ${timeText(record.at)}`,
    ...(sentence === undefined ? [] : [`  promise    ${sentence}`]),
    `  broken     ${record.detail}`,
    `  repeated   ${same}`,
    ...worldLines(repro),
    "",
    `  the last ${record.before.length} messages before it`,
    ...heard(record.before),
    ...(record.after.length === 0 ? [] : ["  and after", ...heard(record.after)]),
    "",
    "  belief and truth at that moment",
    ...standing(record),
  ];
}

/** What was against the bot: the faults, the market, what was turned. */
export function worldLines(repro: Repro): readonly string[] {
  const { plan, knobs, quiet, phases, brokenVenue, marketEvents } = repro;
  const end = repro.end ?? phases.end;
  const busy = end - quiet.reduce((sum, [from, until]) => sum + until - from, 0);
  const turned = Object.entries(knobs).map(([name, value]) => `${name} ${value}`);
  return [
    `  market     ${marketEvents} messages in ${busy} of ${end} s`,
    ...plan.slice(0, FAULTS_TOLD_MAX).map(faultLine),
    ...(plan.length > FAULTS_TOLD_MAX
      ? [`  and        ${plan.length - FAULTS_TOLD_MAX} faults more`]
      : []),
    ...(turned.length === 0 ? [] : [`  knobs      ${turned.join(", ")}`]),
    ...(brokenVenue === undefined ? [] : [`  for ever   venue ${brokenVenue} never comes back`]),
  ];
}

function faultLine([site, entity, ordinal, kind, parameter]: Repro["plan"][number]): string {
  const size = parameter === 0 ? "" : `, ${parameter} ${faultKind(kind)?.parameter.unit ?? ""}`;
  return `  fault      ${kind} at ${site} ${ordinal} of ${entity}${size}`;
}

function differs({ code }: Repro): string {
  return `another run than the file was made of: it was made by version ${code}, or the code has changed since`;
}

function heard(lines: readonly Heard[]): readonly string[] {
  return lines.map(
    ({ at, who, text }) => `    ${timeText(at).slice(11)}  ${who.padEnd(10)}  ${text}`,
  );
}

function standing({ partings, haltReason }: FailureRecord): readonly string[] {
  return [
    ...partings.flatMap((each) => {
      const { instrument, believedLots, trueLots, believedOrders, trueOrders } = each;
      const belief =
        believedLots === undefined ? "nothing: no process is up" : `${believedLots} lots`;
      return [
        `    ${instrument}: believed ${belief}, orders ${listed(believedOrders)}`,
        `    ${" ".repeat(instrument.length)}      true ${trueLots} lots, orders ${listed(trueOrders)}`,
      ];
    }),
    ...(haltReason === undefined ? [] : [`    halted: ${haltReason}`]),
  ];
}

function listed(ids: readonly number[]): string {
  return ids.length === 0 ? "none" : ids.join(" ");
}
