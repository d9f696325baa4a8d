// `rehearse/danfo`: a table that `rehearse export --format arrow` wrote, as a data frame of danfojs-node, for who has it.
// The package is not one of ours: it is loaded when this is called (docs/commands/export.md says how it installs).

import { readFileSync } from "node:fs";
import { DataType, tableFromIPC, Vector } from "apache-arrow";

/** Held apart from the import, so that nothing looks for it before it is asked for. */
const PACKAGE: string = "danfojs-node";

/** A column as a data frame takes it: numbers, with NaN where there is none, or words, with null. */
type ColumnValues = readonly (number | string | null)[];

type Danfo<Frame> = Readonly<{
  DataFrame: new (columns: Readonly<Record<string, ColumnValues>>) => Frame;
}>;

/** The data frame could not be made: the message says of what, and what to do. */
export class DanfoError extends Error {
  override readonly name = "DanfoError";
}

/**
 * `file`, an Arrow file of `rehearse export`, as a data frame: a column for each of its own, under the same name.
 * Times are µs since the epoch, UTC: whole numbers that doubles hold exactly. What is missing is NaN, of words null.
 * `Frame` is the package's `DataFrame`. Its Series count in doubles; arithmetic on whole frames rounds to 32 bits.
 * @throws {DanfoError} when danfojs-node is not installed, or the file cannot be read as Arrow.
 */
export async function toDataFrame<Frame = unknown>(file: string): Promise<Frame> {
  const columns = arrowColumns(file);
  const { DataFrame } = await danfo<Frame>();
  return new DataFrame(columns);
}

/** @throws {DanfoError} when `file` cannot be read as Arrow. */
export function arrowColumns(file: string): Readonly<Record<string, ColumnValues>> {
  try {
    const table = tableFromIPC(readFileSync(file));
    const entries = table.schema.fields.map(({ name }) => {
      const column = table.getChild(name);
      return [name, column === null ? [] : valuesOf(column)] as const;
    });
    return Object.fromEntries(entries);
  } catch (error) {
    const { message } = error as Error;
    const hint = "give a file that `rehearse export --format arrow` wrote";
    throw new DanfoError(`cannot read ${file} as an Arrow table: ${message}; ${hint}`);
  }
}

function valuesOf(column: Vector): ColumnValues {
  return column.data.flatMap((chunk) => {
    const { length, type } = chunk;
    const values = new Vector([chunk]);
    const missing = DataType.isDictionary(type) ? null : Number.NaN;
    // A vector hands timestamps out in milliseconds; the µs stand in the chunk itself.
    const wholes = DataType.isTimestamp(type) || DataType.isInt(type);
    return Array.from({ length }, (_, row): number | string | null => {
      if (!values.isValid(row)) return missing;
      return wholes ? Number((chunk.values as BigInt64Array)[row]) : values.get(row);
    });
  });
}

async function danfo<Frame>(): Promise<Danfo<Frame>> {
  try {
    return (await import(PACKAGE)) as Danfo<Frame>;
  } catch (error) {
    const { message } = error as Error;
    const hint = "docs/commands/export.md says how it installs";
    throw new DanfoError(`cannot load ${PACKAGE}: ${message}; ${hint}`);
  }
}
