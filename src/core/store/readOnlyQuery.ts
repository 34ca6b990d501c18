import { isLicenseError, LicenseError } from '../foundation/errors';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlRow, SqlValue } from './store';

const leadingSpace = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*/;
const onlySpace = /^(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*$/;
const readingKeyword = /^(?:explain\s+(?:query\s+plan\s+)?)?(?:select|with|values)\b/i;

/** Bound parameters: by position, or by name with or without `:`, `$`, `@`. */
export type QueryParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

/**
 * Runs one statement that reads. `PRAGMA query_only` makes SQLite itself refuse every write while it runs, however
 * the statement is written; statements that could switch that off (PRAGMA), reach other files (ATTACH, VACUUM INTO)
 * or end a transaction do not begin with a reading keyword and are refused, and so is a second statement.
 * @throws `invalidArgument` for anything else than one reading statement, and for SQL that SQLite does not accept
 */
export function runReadOnly(db: SqlDatabase, sql: string, params: QueryParams = []): SqlRow[] {
  if (!readingKeyword.test(sql.replace(leadingSpace, ''))) {
    throw new LicenseError(
      'invalidArgument',
      'Only a statement that reads (SELECT, WITH, VALUES) may be run.',
    );
  }
  db.execute('PRAGMA query_only = ON');
  try {
    const statements = db.statements(sql);
    // Leaving the loop frees the statement. A second one must not even be prepared: pragmas can act while they are.
    for (const statement of statements) {
      if (!onlySpace.test(statements.getRemainingSQL())) {
        throw new LicenseError('invalidArgument', 'Only one statement may be run.');
      }
      statement.bind(isPositional(params) ? [...params] : namedParams(sql, params));
      const rows: SqlRow[] = [];
      while (statement.step()) rows.push(statement.getAsObject());
      return rows;
    }
    return [];
  } catch (error) {
    throw refused(error);
  } finally {
    db.execute('PRAGMA query_only = OFF');
  }
}

function isPositional(params: QueryParams): params is readonly SqlValue[] {
  return Array.isArray(params);
}

function namedParams(sql: string, params: Readonly<Record<string, SqlValue>>): Record<string, SqlValue> {
  const named: Record<string, SqlValue> = {};
  for (const [name, value] of Object.entries(params)) {
    if (/^[:$@]/.test(name)) named[name] = value;
    else
      for (const sigil of [':', '$', '@'])
        if (sql.includes(`${sigil}${name}`)) named[`${sigil}${name}`] = value;
  }
  return named;
}

function refused(error: unknown): LicenseError {
  if (isLicenseError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new LicenseError('invalidArgument', `The query could not be run: ${message}`, { message });
}
