// A table of a result: named columns of one length, as plain values. What may be missing is undefined.

/** "time": µs since the epoch, UTC. "integer": safe integers. "number": doubles. "text": few different words. */
export type ColumnKind = "time" | "integer" | "number" | "text";

export type TableColumn = Readonly<{
  name: string;
  kind: ColumnKind;
  values: readonly (number | string | undefined)[];
}>;

export type ResultTable = Readonly<{ name: string; rows: number; columns: readonly TableColumn[] }>;

/** Column names and kinds of one table, in the order of the file. */
export type TableShape<Name extends string> = Readonly<Record<Name, ColumnKind>>;

/** A table that grows by rows. */
export class TableRows<Name extends string> {
  readonly #name: string;
  readonly #shape: TableShape<Name>;
  readonly #values = new Map<string, (number | string | undefined)[]>();
  #rows = 0;

  constructor(name: string, shape: TableShape<Name>) {
    this.#name = name;
    this.#shape = shape;
    for (const column of Object.keys(shape)) this.#values.set(column, []);
  }

  add(row: Readonly<Record<Name, number | string | undefined>>): void {
    for (const [name, values] of this.#values) values.push(row[name as Name]);
    this.#rows += 1;
  }

  table(): ResultTable {
    const columns = [...this.#values].map(([name, values]) => ({
      name,
      kind: this.#shape[name as Name],
      values,
    }));
    return { name: this.#name, rows: this.#rows, columns };
  }
}
