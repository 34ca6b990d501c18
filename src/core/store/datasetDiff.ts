import type { SqlDatabase } from './sqlDatabase';

/** What applying a dataset did to the rows of the file. */
export interface RowChanges {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export const noChanges: RowChanges = { added: 0, changed: 0, removed: 0 };

/** Adds up changes of several datasets. */
export function sumChanges(list: readonly RowChanges[]): RowChanges {
  return list.reduce(
    (sum, item) => ({
      added: sum.added + item.added,
      changed: sum.changed + item.changed,
      removed: sum.removed + item.removed,
    }),
    noChanges,
  );
}

/** A table of the file, and where its new rows come from. */
export interface DiffSpec {
  /** Table of the file with a `tenantKey` column. */
  readonly table: string;
  /** Key column of the file → expression over the source. */
  readonly key: Readonly<Record<string, string>>;
  /** Other column of the file → expression over the source. */
  readonly columns: Readonly<Record<string, string>>;
  /** FROM clause of the new rows; `?1` is the tenant's key. */
  readonly source: string;
  /** SQL condition on `f` under which a row that is not in the source is removed; absent: every one. */
  readonly removes?: string;
  /** Runs when rows were removed, before others can get their keys. */
  readonly afterRemoval?: () => void;
  /** Adds the rows that the file does not have, and says how many; absent: as they come from the source. */
  readonly add?: () => number;
}

/**
 * Makes the rows of one tenant equal to the source, touching only what differs: so the counts are true, rows that
 * did not change cost no writing, and a later history can record differences at this one place.
 */
export function applyDiff(db: SqlDatabase, spec: DiffSpec, tenantKey: number): RowChanges {
  const keyNames = Object.keys(spec.key);
  const columnNames = Object.keys(spec.columns);
  const sameKey = keyNames.map((name) => `${spec.key[name]} = f.${name}`).join(' AND ');
  const sourceRow = `SELECT 1 FROM ${spec.source} WHERE ${sameKey}`;
  const fileRow = `SELECT 1 FROM main.${spec.table} f WHERE f.tenantKey = ?1 AND ${sameKey}`;
  const expressions = [...Object.values(spec.key), ...Object.values(spec.columns)].join(', ');
  const hadRows =
    db.value(`SELECT 1 FROM main.${spec.table} WHERE tenantKey = ?1 LIMIT 1`, [tenantKey]) !== null;

  const removed = hadRows
    ? db.run(
        `DELETE FROM main.${spec.table} AS f WHERE f.tenantKey = ?1 AND (${spec.removes ?? 'true'}) AND NOT EXISTS (${sourceRow})`,
        [tenantKey],
      )
    : 0;
  if (removed > 0) spec.afterRemoval?.();
  const changed =
    hadRows && columnNames.length > 0
      ? db.run(
          `UPDATE main.${spec.table} AS f SET ${columnNames.map((name) => `${name} = ${spec.columns[name]}`).join(', ')}
           FROM ${spec.source} WHERE f.tenantKey = ?1 AND ${sameKey}
           AND (${columnNames.map((name) => `f.${name}`).join(', ')}) IS NOT (${Object.values(spec.columns).join(', ')})`,
          [tenantKey],
        )
      : 0;
  const added =
    spec.add?.() ??
    db.run(
      `INSERT INTO main.${spec.table} (tenantKey, ${[...keyNames, ...columnNames].join(', ')})
       SELECT ?1, ${expressions} FROM ${spec.source} ${hadRows ? `WHERE NOT EXISTS (${fileRow})` : ''}`,
      [tenantKey],
    );
  return { added, changed, removed };
}
