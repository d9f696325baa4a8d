// An incident for a person: what became of the lines, what happened when, and what of it must not happen.

import { timeText } from "../../data/importing/import-text.ts";
import type { Imported } from "../../incident/import-logs.ts";
import type { Broken, TimelineEvent } from "../../incident/timeline.ts";
import type { CliIo } from "../cli-io.ts";
import { painter } from "../paint.ts";
import { plainTable, widthOf, wrapped } from "../text-table.ts";
import type { Played } from "./script-play.ts";

const SHAPES_SHOWN = 8;
const BROKEN_SHOWN = 20;

/** Lines by what became of them, the zone, secrets, and the forms nobody knows. */
export function printImported(
  { files, shapes, secrets, zoneCause, incident }: Imported,
  io: CliIo,
) {
  const out = io.stdout;
  const rows = files.map(({ name, lines, recognised, continuation, unknown, duplicates }) => [
    name,
    ...[lines, recognised, continuation, unknown, duplicates].map(String),
  ]);
  const head = ["file", "lines", "recognised", "more of a record", "unknown", "told twice"];
  out.write(plainTable(head, rows, [1, 2, 3, 4, 5]));
  out.write(`\ntimes: ${incident.zone} (${zoneCause})\n`);
  if (secrets > 0) out.write(`secrets: ${secrets} values taken out, kept nowhere\n`);
  if (shapes.length === 0) return;
  out.write("\nunknown lines\n");
  for (const { shape, count, lines } of shapes.slice(0, SHAPES_SHOWN)) {
    out.write(`  ${count} × ${shape}\n      ${lines.join(", ")}\n`);
  }
  if (shapes.length > SHAPES_SHOWN)
    out.write(`  and ${shapes.length - SHAPES_SHOWN} other forms\n`);
}

/** What must not happen, numbered for --broken. */
export function printBroken(broken: readonly Broken[], io: CliIo): void {
  const paint = painter(io.stdout, io.env);
  if (broken.length === 0) {
    io.stdout.write("\nnothing that is asked here is broken\n");
    return;
  }
  io.stdout.write(`\nbroken (the numbers of the checkers: docs/CHECKERS.md)\n`);
  broken.slice(0, BROKEN_SHOWN).forEach(({ id, name, at, source, leg, text }, index) => {
    const place = leg === undefined ? "" : ` on ${leg}`;
    io.stdout.write(
      `  ${index + 1}. ${paint.red(`${id} ${name}`)}${place}, ${timeText(at)}, ${source}\n`,
    );
    for (const line of wrapped(text, widthOf(io.stdout) - 5)) io.stdout.write(`     ${line}\n`);
  });
  const rest = broken.length - BROKEN_SHOWN;
  if (rest > 0) io.stdout.write(`  and ${rest} more\n`);
}

/** Every event, a line each; what is broken stands below the line it came from. */
export function printTimeline(
  events: readonly TimelineEvent[],
  broken: readonly Broken[],
  io: CliIo,
): void {
  const paint = painter(io.stdout, io.env);
  const bySource = new Map<string, Broken[]>();
  for (const each of broken)
    bySource.set(each.source, [...(bySource.get(each.source) ?? []), each]);
  let day = "";
  events.forEach((event, index) => {
    const time = timeText(event.at);
    if (time.slice(0, 10) !== day) {
      day = time.slice(0, 10);
      io.stdout.write(`${day} (UTC)\n`);
    }
    io.stdout.write(`${time.slice(11, 23)}  ${eventText(event)}  ${paint.dim(event.source)}\n`);
    if (events[index + 1]?.source === event.source) return;
    for (const { id, name, text } of bySource.get(event.source) ?? []) {
      io.stdout.write(`${" ".repeat(14)}${paint.red(`▲ ${id} ${name}: ${text}`)}\n`);
    }
  });
}

function eventText(event: TimelineEvent): string {
  const { what, leg = "", order, side, status, size, filled, price, position, text } = event;
  const parts = [
    leg.padEnd(9),
    what.padEnd(14),
    order,
    side,
    status,
    size,
    filled === undefined ? undefined : `filled ${filled}`,
    price === undefined ? undefined : `@ ${price}`,
    position === undefined ? undefined : `holds ${position}`,
    text,
  ];
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

/** How a bot came through a script. */
export function printPlayed(name: string, played: Played, io: CliIo): void {
  const paint = painter(io.stdout, io.env);
  const { broken, positions, orders, unplayed, haltReason } = played;
  const word = broken.length === 0 ? paint.green("kept") : paint.red("BROKEN");
  const ends = positions.map(({ leg, truth, believed }) =>
    truth === believed ? `${leg} ${truth} lots` : `${leg} ${truth} lots, believed ${believed}`,
  );
  io.stdout.write(`${word}  ${name}: ${orders} orders, at the end ${ends.join("; ")}\n`);
  for (const { id, name: rule, afterUs, leg = "both legs", text } of broken) {
    const seconds = (afterUs / 1_000_000).toFixed(3);
    io.stdout.write(`  ${id} ${rule} on ${leg} after ${seconds} s: ${text}\n`);
  }
  if (unplayed > 0) io.stdout.write(`  ${unplayed} scripted orders were not placed\n`);
  if (haltReason !== undefined) io.stdout.write(`  it halted: ${haltReason}\n`);
}
