import type pg from 'pg';

export interface MovedTable {
  /** Quoted where it must be. */
  name: string;
  /** Columns that can be written, in order. */
  columns: string[];
}

/** A row may hold a body of megabytes. */
const BATCH = 200;

/**
 * Copies a table's rows into the same table of another database, whatever their types: a row travels as PostgreSQL writes
 * it and is read by PostgreSQL again. Both clients are in a transaction.
 * @returns the number of rows
 */
export async function copyTable(
  from: pg.Client,
  to: pg.Client,
  { name, columns }: MovedTable,
  onRows: (rows: number) => void,
): Promise<number> {
  await from.query(`declare moved no scroll cursor for select t::text as line from ${name} t`);
  const insert = `insert into ${name} (${columns.join(', ')}) overriding system value
select ${columns.map((column) => `(r.line).${column}`).join(', ')} from (select unnest($1::text[])::${name} as line offset 0) r`;
  let copied = 0;
  for (;;) {
    const { rows } = await from.query<{ line: string }>(`fetch ${BATCH} from moved`);
    if (!rows.length) break;
    await to.query(insert, [rows.map(({ line }) => line)]);
    copied += rows.length;
    onRows(rows.length);
  }
  await from.query('close moved');
  return copied;
}
