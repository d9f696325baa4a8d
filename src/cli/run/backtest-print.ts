// A result for people: what it rests on, some thirty rows with their meanings, the fill band, the fingerprint.

import { moneyText, ratioText, summaryRows } from "../../report/summary-rows.ts";
import type { CliIo } from "../cli-io.ts";
import { painter } from "../paint.ts";
import { shortNumber } from "../progress.ts";
import { explainedTable, plainTable, widthOf, wrapped } from "../text-table.ts";
import type { BacktestResult } from "./backtest-result.ts";
import type { DrivenRun } from "./drive-run.ts";
import type { BandEntry } from "./fill-band.ts";
import { bandIsUneven, verdictFlips } from "./fill-band.ts";

const BAND_SENTENCE =
  "Fills change what the strategy does next: the ends bound fills of one order, not a strategy's PnL.";

export function printResult(
  result: BacktestResult,
  { summary, seconds }: DrivenRun,
  io: CliIo,
): void {
  const paint = painter(io.stdout, io.env);
  const out = io.stdout;
  const title = (text: string): void => out.write(`${paint.bold(text)}\n`);
  title("Assumptions");
  out.write(assumptionLines(result, widthOf(out)));
  out.write("\n");
  title("Result");
  const rows = summaryRows(summary).map(
    ({ label, value, definition }) => [label, value, definition] as const,
  );
  out.write(explainedTable(rows, out, paint.dim));
  if (result.band.length > 0) {
    out.write("\n");
    title("Fill band");
    out.write(bandTable(result.band, summary.currency));
    if (bandIsUneven(result.band)) {
      for (const line of wrapped(BAND_SENTENCE, widthOf(out))) out.write(`${paint.dim(line)}\n`);
    }
    if (verdictFlips(result.band)) {
      out.write(
        paint.yellow("The sign of the profit depends on how queues are believed to move.\n"),
      );
    }
  }
  if (!result.complete) {
    out.write(paint.yellow("\nPARTIAL: ended early. Everything above holds until its end time.\n"));
  }
  const speed = `${shortNumber(result.rows)} rows and ${shortNumber(result.events)} events in`;
  const wall = `${seconds.toFixed(2)} s, ${shortNumber(result.rows / seconds)} rows/s`;
  out.write(`\n${paint.bold("Digest")}  ${result.digest}\n${paint.dim(`${speed} ${wall}`)}\n`);
}

function assumptionLines({ assumptions }: BacktestResult, width: number): string {
  const first = Math.max(...assumptions.map(({ about }) => about.length));
  return assumptions
    .flatMap(({ about, text }) =>
      wrapped(text, width - first - 2).map(
        (line, index) => `${(index === 0 ? about : "").padEnd(first)}  ${line}\n`,
      ),
    )
    .join("");
}

function bandTable(band: readonly BandEntry[], currency: string): string {
  const rows = band.map((entry) => [
    entry.fillModel,
    moneyText(entry.netPnl, currency),
    `${entry.fills}`,
    moneyText(entry.turnover, currency),
    ratioText(entry.makerShare),
    entry.finalPositions.join(", "),
  ]);
  return plainTable(
    ["model", "net PnL", "fills", "turnover", "maker share", "final position"],
    rows,
    [1, 2, 3],
  );
}
