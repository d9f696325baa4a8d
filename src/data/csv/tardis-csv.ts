// Tardis CSV files (plain or gzip) to a tape: incremental_book_L2 and trades of one symbol, merged by local_timestamp.
// Both clocks are µs. A file's kind is known by its header. Rows that share both clocks are one message; snapshot rows
// forget the book first. Source: docs.tardis.dev, "Downloadable CSV files", data types.

import type { ImportOptions, ImportResult } from "../importing/import-options.ts";
import { importCsv } from "./csv-generic.ts";
import type { CsvMapping } from "./csv-generic-mapping.ts";

/** Name and version that stand in the header of what this importer makes. */
const TARDIS_CSV_IMPORTER = "tardis-csv 1";

const CLOCKS_AND_VALUES = {
  delimiter: ",",
  received: { column: "local_timestamp", unit: "us" },
  venue: { column: "timestamp", unit: "us" },
  price: "price",
  size: "amount",
  aggressor: "side",
} as const;

/** The two kinds of file a tape can hold; quotes and derivative tickers are neither levels nor prints. */
const tardisMappings: readonly CsvMapping[] = [
  {
    ...CLOCKS_AND_VALUES,
    type: { column: "is_snapshot", snapshot: ["true"], update: ["false"], trade: [] },
    side: { column: "side", bid: ["bid"], ask: ["ask"] },
  },
  {
    ...CLOCKS_AND_VALUES,
    type: { all: "trade" },
    side: { column: "side", bid: ["buy"], ask: ["sell"], untold: ["unknown"] },
  },
];

/**
 * Imports the files of one symbol into one tape; give the book before the trades, it goes first on a tie.
 * @throws {DataError} naming file, line and value; {ImportStopped} when told to stop. No tape is left then.
 */
export async function importTardisCsv(options: ImportOptions): Promise<ImportResult> {
  return await importCsv({ ...options, mappings: tardisMappings, importer: TARDIS_CSV_IMPORTER });
}
