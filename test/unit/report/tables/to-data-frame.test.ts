// Columns handed to a data frame: the numbers of the table they were written from. The package itself is tried by
// `npm run test:danfo`, in a project of its own.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { arrowTable } from "../../../../src/report/tables/arrow-table.ts";
import { TableRows } from "../../../../src/report/tables/result-table.ts";
import {
  arrowColumns,
  DanfoError,
  toDataFrame,
} from "../../../../src/report/tables/to-data-frame.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-frames-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A µs that a double of milliseconds cannot hold, to the last digit. */
const AT = 1_704_095_100_000_001;

function written(): string {
  const rows = new TableRows("fills", { at: "time", id: "integer", price: "number", side: "text" });
  rows.add({ at: AT, id: 2 ** 53 - 1, price: 0.1, side: "bid" });
  rows.add({ at: undefined, id: -7, price: undefined, side: undefined });
  const file = join(folder, "fills.arrow");
  writeFileSync(file, arrowTable(rows.table()));
  return file;
}

describe("a table for a data frame", () => {
  test("has the numbers that were written, times to the microsecond", () => {
    expect(arrowColumns(written())).toEqual({
      at: [AT, Number.NaN],
      id: [2 ** 53 - 1, -7],
      price: [0.1, Number.NaN],
      side: ["bid", null],
    });
  });

  test("is refused where a file is no Arrow table, with what to give instead", () => {
    const file = join(folder, "text.arrow");
    writeFileSync(file, "at,price\n1,2\n");
    expect(() => arrowColumns(file)).toThrow(DanfoError);
    expect(() => arrowColumns(file)).toThrow(`cannot read ${file} as an Arrow table`);
    expect(() => arrowColumns(join(folder, "none.arrow"))).toThrow(
      "rehearse export --format arrow",
    );
  });

  test("says how to install the package that is not there", async () => {
    await expect(toDataFrame(written())).rejects.toThrow("docs/commands/export.md");
  });
});
