// What `rehearse replay --what-if` found, for people.

import { timeText } from "../../report/time-text.ts";
import type { CliIo } from "../cli-io.ts";
import { printOrders } from "../compare/comparison.ts";
import { painter } from "../paint.ts";
import { plainTable } from "../text-table.ts";
import type { DoneCommand } from "./since-moment.ts";
import type { WhatIf } from "./what-if.ts";

/** Entries of what led to a command that are shown, itself among them. */
const CHAIN_MAX = 5;

export function printWhatIf(told: WhatIf, io: CliIo): void {
  const { seq, at, changed, carried, belief, first, since, comparison } = told;
  const paint = painter(io.stdout, io.env);
  const out = (text: string): void => {
    io.stdout.write(`${text}\n`);
  };
  const list = (title: string, lines: readonly string[]): void => {
    out(paint.bold(title));
    for (const line of lines) out(`  ${line}`);
  };
  const what = changed.length === 0 ? "nothing" : changed.join(", ");
  out(`${paint.bold("What if")}  ${what} changed before entry ${seq}, ${timeText(at)}`);
  list("carried over", carried);
  list("belief then", belief);
  if (first === undefined) out(paint.green("The two do the same to the end."));
  else {
    out(paint.bold("the first command that differs"));
    const side = (label: string, done: DoneCommand | undefined): void => {
      out(`  ${label}  ${done?.text ?? "(nothing more)"}`);
      for (const line of done?.chain.slice(-CHAIN_MAX, -1) ?? [])
        out(paint.dim(`    after ${line}`));
    };
    side("recorded", first.recorded);
    side("what if ", first.otherwise);
  }
  out(`\n${paint.bold("From then on")}`);
  const rows = since.map(({ label, recorded, otherwise }) => [label, recorded, otherwise]);
  io.stdout.write(plainTable(["", "recorded", "what if"], rows, [1, 2]));
  if (first !== undefined) printOrders(comparison, out, paint.bold);
}
