// What an import report counted in its importer's own words.

import type { ImportReport } from "../../src/data/importing/import-report.ts";

/** 0 when the report does not speak of it. */
export function counted(report: ImportReport, what: string): number {
  return report.counted.find((one) => one.what === what)?.count ?? 0;
}
