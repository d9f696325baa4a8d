// What a command found: as JSON or as text on stdout, and as a page where one was asked for.

import type { CliIo } from "../cli-io.ts";
import { writePage } from "./report-page.ts";

export type Finding = Readonly<{
  json: unknown;
  print: () => void;
  /** Made only when asked for. */
  page: () => Promise<string>;
}>;

export async function tellFinding(
  { json, report }: Readonly<{ json?: boolean; report?: string }>,
  io: CliIo,
  finding: Finding,
): Promise<void> {
  if (json === true) io.stdout.write(`${JSON.stringify(finding.json, undefined, 2)}\n`);
  else finding.print();
  if (report !== undefined) writePage("--report", report, await finding.page(), io);
}
