// The two tables of docs/FAULTS.md as the catalogue would have them: every kind in its row, and for each known failure
// the kinds that provoke it.

import { FAULT_CATALOGUE } from "../../sim/faults/catalogue.ts";
import type { FaultKind, ParameterUnit } from "../../sim/faults/fault-kind.ts";

/** The rows of the table of kinds, in the order of the catalogue. */
export function kindRows(): readonly string[] {
  return FAULT_CATALOGUE.map((told) => {
    const covers = told.covers.map((number) => `F${number}`).join(" ");
    const strikes = told.strikes === undefined ? told.site : `${told.site}: ${told.strikes}`;
    const cells = [
      `\`${told.kind}\``,
      strikes,
      covers,
      told.sentence,
      parameterText(told),
      `${told.every.least} to ${told.every.most}`,
      told.lasts,
      told.envelope,
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

/** `F7` → the kinds that provoke it, as the second table names them. */
export function kindsOfFailure(number: number): string {
  return FAULT_CATALOGUE.filter(({ covers }) => covers.includes(number))
    .map(({ kind }) => `\`${kind}\``)
    .join(", ");
}

function parameterText({ parameter }: FaultKind): string {
  const { unit, meaning, range } = parameter;
  if (unit === "none" && range.most === 0) return "";
  return `${numberText(range.least, unit)} to ${numberText(range.most, unit)}: ${meaning}`;
}

function numberText(value: number, unit: ParameterUnit): string {
  if (unit === "none") return String(value);
  if (unit !== "µs") return `${value} ${unit}`;
  if (value % 1_000_000 === 0) return `${value / 1_000_000} s`;
  return `${value / 1_000} ms`;
}
