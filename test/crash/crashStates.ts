import { sqlite3 } from '../support/storeFixture';
import { isConnectionSave } from './saves';

/** What the file holds after that many saves, as SQL reads it. State 0 is the file as it was made. */
export function contentOf(state: number, users: number): Record<string, string | number | null> {
  const last = (wanted: (save: number) => boolean): number => {
    for (let save = state; save > 0; save -= 1) if (wanted(save)) return save;
    return 0;
  };
  const lastImport = last((save) => !isConnectionSave(save));
  const lastConnection = last(isConnectionSave);
  const imports = Array.from({ length: state }, (_, index) => index + 1).filter(
    (save) => !isConnectionSave(save),
  );
  return {
    // Making the file is the first generation.
    generation: state + 1,
    connection: lastConnection === 0 ? null : `state ${lastConnection}`,
    imports: imports.length,
    names: lastImport === 0 ? null : `state ${lastImport}`,
    users: lastImport === 0 ? 0 : users,
    seats: lastImport === 0 ? 0 : users,
    enabled: lastImport === 0 ? null : lastImport,
  };
}

const contentSql = `SELECT (SELECT generation FROM store) AS generation,
  (SELECT name FROM connections) AS connection,
  (SELECT count(*) FROM v_imports) AS imports,
  (SELECT group_concat(DISTINCT displayName) FROM v_users) AS names,
  (SELECT count(*) FROM v_users) AS users,
  (SELECT count(*) FROM v_seats) AS seats,
  (SELECT enabled FROM v_position) AS enabled`;

/** The content of a file, and what SQLite's own check says of it. */
export function readContent(file: string): {
  readonly integrity: string;
  readonly content: Record<string, string | number | null>;
} {
  const [check] = sqlite3(file, 'PRAGMA integrity_check');
  const [content] = sqlite3(file, contentSql);
  return { integrity: String(check?.integrity_check), content: content ?? {} };
}
