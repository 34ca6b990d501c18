import type { Connection } from '../core/model/connection';
import type { SqlRow, SqlValue, Store } from '../core/store/store';

/** What `activate` returns, for other extensions and for tests. Works before any window of ours is open. */
export interface ExtensionApi {
  readonly version: string;
  readonly connections: {
    /** All connections, without secrets. */
    list(): Promise<readonly Connection[]>;
  };
  readonly imports: {
    /** Rows of `v_imports`, newest first, of one tenant or of all. */
    list(tenantId?: string): Promise<SqlRow[]>;
  };
  /** Runs one read-only statement with bound parameters; rows are keyed by column. */
  query(sql: string, params?: readonly SqlValue[] | Readonly<Record<string, SqlValue>>): Promise<SqlRow[]>;
}

/** Builds the API over the store. */
export function createExtensionApi(store: Store, version: string): ExtensionApi {
  return {
    version,
    connections: { list: () => store.connections() },
    imports: {
      list: (tenantId) =>
        store.query(
          'SELECT * FROM v_imports WHERE ?1 IS NULL OR tenantId = ?1 ORDER BY startedAt DESC, importId',
          [tenantId ?? null],
        ),
    },
    query: (sql, params) => store.query(sql, params),
  };
}
