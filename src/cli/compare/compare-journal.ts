// `rehearse compare` where one side, or both, is a journal: a live bot's, which nobody can run again. Nothing is run for it
// but the result; the gap is told from orders held against each other.

import { decimalDifference } from "../../domain/decimal.ts";
import { attributeGap } from "../../report/attribution/attribute-gap.ts";
import { runHabits } from "../../report/attribution/run-habits.ts";
import { comparisonPage } from "../../report/page/comparison-page.ts";
import { CliError } from "../cli-error.ts";
import { firstDifference } from "../run/first-difference.ts";
import { builtFile } from "../run/report-page.ts";
import type { ComparePlace } from "./compare-side.ts";
import { compareSide } from "./compare-side.ts";
import type { JournalComparison } from "./journal-comparison.ts";
import { atText, CAUSE_TEXT, habitRows, ordersOf, stepsOf } from "./journal-comparison.ts";
import type { JournalSide } from "./journal-side.ts";
import { isJournal, journalSide } from "./journal-side.ts";
import type { SameBot } from "./same-bot.ts";
import { sameBotAs, sameBotByConfig } from "./same-bot.ts";

/** What is printed, and the page of it, made when asked for. */
export type ComparedJournals = Readonly<{ comparison: JournalComparison; page: () => string }>;

type Side = JournalSide & Readonly<{ name: string; file: string; isResult: boolean }>;

/** @throws {ConfigError | DataError | CliError} when one of them cannot be read, or they trade other instruments. */
export async function compareJournals(
  names: readonly [string, string],
  place: ComparePlace,
): Promise<ComparedJournals> {
  const isResult = names.map((name) => !isJournal(name, place.io));
  const results = await Promise.all(
    names.map((name, index) =>
      isResult[index] === true ? compareSide(name, place, `side-${index}`) : undefined,
    ),
  );
  const hedgedPair = results[0]?.hedgedPair ?? results[1]?.hedgedPair;
  const sideOf = (index: 0 | 1): Side => {
    const file = results[index]?.journal ?? names[index];
    const side = journalSide(file, place.io, hedgedPair);
    return { ...side, name: names[index], file, isResult: results[index] !== undefined };
  };
  const [first, second] = [sideOf(0), sideOf(1)];
  judgeInstruments(first, second);
  const comparison = judged(first, second, await sameBot(first, second, place));
  return { comparison, page: () => pageOf(comparison, first, second) };
}

/** Ids count from the same instruments in the same order; their grids may differ. */
function judgeInstruments(first: Side, second: Side): void {
  const namesOf = ({ header }: Side): string =>
    header.instruments.map(({ venueName, symbol }) => `${venueName} ${symbol}`).join(", ");
  if (namesOf(first) === namesOf(second)) return;
  const was = `${first.name} trades ${namesOf(first)}, ${second.name} trades ${namesOf(second)}`;
  throw new CliError(`expected two runs of the same instruments: ${was}`);
}

function sameBot(first: Side, second: Side, { io }: ComparePlace): Promise<SameBot> | SameBot {
  if (first.isResult) return sameBotAs(first.name, second, io);
  if (second.isResult) return sameBotAs(second.name, first, io);
  return sameBotByConfig(first, second);
}

function judged(first: Side, second: Side, same: SameBot): JournalComparison {
  const net = [first.summary.pnl.net, second.summary.pnl.net] as const;
  const gap = attributeGap({
    first: first.told,
    second: second.told,
    net,
    sameBot: same.same,
  });
  return {
    names: [first.name, second.name],
    digests: [first.digest, second.digest],
    net,
    fills: [first.summary.fills.count, second.summary.fills.count],
    habits: [runHabits(first.told), runHabits(second.told)],
    currency: first.summary.currency,
    difference: decimalDifference(net[1], net[0]),
    sameBot: same,
    steps: stepsOf(gap),
    partedAt: atText(gap.partedAt),
    first: firstDifference(first.file, second.file),
    orders: ordersOf(gap, first.header.instruments, second.header.instruments),
    warnings: [...warningsOf(first), ...warningsOf(second)],
  };
}

function warningsOf({ name, told, torn, isResult }: Side): readonly string[] {
  if (isResult) return [];
  const { repeated, foreign } = told;
  return [
    ...(torn ? [`${name} is cut off in its last block: what is whole of it is compared`] : []),
    ...(repeated > 0 ? [`${name} tells ${repeated} fills more than once: each counts once`] : []),
    ...(foreign.length > 0
      ? [`${name} has ${foreign.length} fills of orders it never sent: their worth is the residual`]
      : []),
  ];
}

/** More differing orders than this are counted, not listed. */
const LISTED_MAX = 50;

function pageOf(comparison: JournalComparison, first: Side, second: Side): string {
  const { steps, orders, sameBot: same, habits } = comparison;
  return comparisonPage({
    ...comparison,
    how: `Measured order by order; they sum to the difference. Parameters: ${same.how}.`,
    steps: steps.map(({ cause, gain }) => ({ name: cause, meaning: CAUSE_TEXT[cause], gain })),
    habits: habitRows(habits),
    orders: [
      { name: "matched, fared alike", text: String(orders.equal) },
      { name: "matched, fared otherwise", text: String(orders.otherwise.length) },
      { name: "in the first alone", text: String(orders.firstOnly.length) },
      { name: "in the second alone", text: String(orders.secondOnly.length) },
    ],
    otherwise: orders.otherwise.slice(0, LISTED_MAX).map((text) => {
      const [name = "", ...rest] = text.split(": ");
      return { name, text: rest.join(": ") };
    }),
    sheets: [first.sheet, second.sheet],
    instruments: [first.header.instruments, second.header.instruments],
    script: builtFile("tear-sheet.js"),
    chartStyle: builtFile("chart.css"),
  });
}
