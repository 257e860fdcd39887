import Sqlite from 'better-sqlite3';
import { migrate } from '../migrations.js';
import type { Cell } from './btree.js';
import type { Field } from './record.js';

/** How the rows of a table look in a tree: in the table's own, or in an index that has all of its columns. */
export interface Shape {
  table: string;
  /** Name of the tree, as in sqlite_schema. */
  tree: string;
  kind: 'table' | 'index';
  /** The columns' values in the order of the table; undefined where the cell cannot be a row of it. */
  rowOf(cell: Cell): Field[] | undefined;
}

interface Column {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

interface IndexField {
  /** Of the column; −1 is the rowid. */
  cid: number;
}

/** The shapes of all tables of a version of the schema, read from the schema itself. */
export function shapesOf(version: number): Shape[] {
  const sqlite = new Sqlite(':memory:');
  try {
    migrate(sqlite, version);
    return tablesOf(sqlite).flatMap((table) => shapesOfTable(sqlite, table));
  } finally {
    sqlite.close();
  }
}

interface Table {
  name: string;
  wr: number;
}

/** All tables that are our own. */
export function tablesOf(sqlite: Sqlite.Database): Table[] {
  return (sqlite.pragma('table_list') as (Table & { type: string; schema: string })[]).filter(
    ({ name, type, schema }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'),
  );
}

function shapesOfTable(sqlite: Sqlite.Database, { name, wr }: Table): Shape[] {
  const columns = sqlite.pragma(`table_info(${name})`) as Column[];
  const keys = columns.filter(({ pk }) => pk > 0);
  const withoutRowid = wr === 1;
  const alias = !withoutRowid && keys.length === 1 ? columns.findIndex(isRowid) : -1;
  const inOrder = columns.map((_, index) => index);
  const own: Shape = {
    table: name,
    tree: name,
    kind: withoutRowid ? 'index' : 'table',
    rowOf: rowReader(columns, withoutRowid ? keysFirst(columns) : inOrder, alias),
  };
  const indices = (sqlite.pragma(`index_list(${name})`) as { name: string }[]).map(({ name: tree }) => ({
    tree,
    fields: (sqlite.pragma(`index_xinfo(${tree})`) as IndexField[]).map(({ cid }) => (cid < 0 ? alias : cid)),
  }));
  return [
    own,
    ...indices
      .filter(({ fields }) => !withoutRowid && inOrder.every((column) => fields.includes(column)))
      .map(({ tree, fields }): Shape => {
        return { table: name, tree, kind: 'index', rowOf: rowReader(columns, fields, -1) };
      }),
  ];
}

function isRowid({ type, pk }: Column): boolean {
  return pk === 1 && type === 'INTEGER';
}

/** Without rowids a tree has the key's columns first. */
function keysFirst(columns: readonly Column[]): number[] {
  const indices = columns.map((_, index) => index);
  const place = (index: number) => columns[index]?.pk || Number.POSITIVE_INFINITY;
  return indices.toSorted((a, b) => (place(a) === place(b) ? a - b : place(a) - place(b)));
}

/**
 * @param places which column each field of a record is
 * @param alias the column that stands for the rowid and is NULL in the record; −1 for none
 */
function rowReader(columns: readonly Column[], places: readonly number[], alias: number): Shape['rowOf'] {
  const defaults = columns.map(({ dflt_value }) => (dflt_value === null ? null : JSON.parse(dflt_value)));
  return ({ rowid, fields }) => {
    if (fields.length > places.length) return undefined;
    // A column that a later version has added is not in older records.
    const row: Field[] = [...defaults];
    for (const [index, field] of fields.entries()) row[places[index] ?? -1] = field;
    if (alias >= 0) {
      if (row[alias] !== null || rowid <= 0) return undefined;
      row[alias] = rowid;
    }
    return columns.every((column, index) => holds(column, row[index] ?? null)) ? row : undefined;
  };
}

function holds({ type, notnull, pk }: Column, field: Field): boolean {
  if (field === null) return notnull === 0 && pk === 0;
  switch (type) {
    case 'INTEGER':
      return Number.isInteger(field);
    case 'REAL':
      return typeof field === 'number';
    case 'TEXT':
      return typeof field === 'string';
    case 'BLOB':
      return field instanceof Uint8Array;
    default:
      return true;
  }
}
