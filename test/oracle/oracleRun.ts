import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { thresholds } from './oracleTenants';

const root = path.resolve(__dirname, '../..');
const catalogs = ['planApplications', 'planLadder', 'freeProducts', 'products'];

/** The scripts that calculate a tenant from the base facts, in their order. */
export const calculation = ['facts', 'verdicts', 'money', 'findings', 'savings'] as const;

/** A calculation by the sqlite3 program. */
export interface OracleRun {
  /** The product's file; it is only read. */
  readonly file: string;
  /** A database of the calculation's own: what one run keeps for the next. */
  readonly kept: string;
  readonly tenantId: string;
  /** Day of the evaluation. */
  readonly day: string;
  /** Names of scripts in this folder. */
  readonly scripts: readonly string[];
  readonly queries?: readonly string[];
}

/** Runs scripts, then queries; the rows of each query as text, `∅` for NULL. */
export function runOracle({ file, kept, tenantId, day, scripts, queries = [] }: OracleRun): string[][] {
  const sql = scripts.map((name) => fs.readFileSync(path.join(__dirname, `${name}.sql`), 'utf8'));
  return rowsOf(kept, [attach(file), preamble(tenantId, day), ...sql], queries);
}

/** Rows of queries on the product's file. */
export function productRows(file: string, queries: readonly string[]): string[][] {
  return rowsOf(':memory:', [attach(file)], queries);
}

/** The product's file beside the calculation's own, and not to be written. */
function attach(file: string): string {
  return `ATTACH 'file:${file.replaceAll("'", "''")}?mode=ro' AS imported;`;
}

/** SQL text of a string. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What the scripts start from: the tenant, the day, the thresholds, and the files of facts. */
function preamble(tenantId: string, day: string): string {
  const files = catalogs
    .map((name) => {
      const file = path.join(root, 'src/core/catalog', `${name}.json`);
      return `SELECT '${name}' AS name, CAST(readfile(${quoted(file)}) AS TEXT) AS document`;
    })
    .join(' UNION ALL ');
  return `CREATE TEMP TABLE parameters AS SELECT ${quoted(tenantId)} AS tenantId, ${quoted(day)} AS today,
    ${thresholds.inactivityDays} AS inactivityDays, ${thresholds.graceDays} AS graceDays, 30 AS noticeDays;
    CREATE TEMP TABLE catalog AS ${files};`;
}

function rowsOf(database: string, before: readonly string[], queries: readonly string[]): string[][] {
  const marked = queries.map((sql) => `SELECT '=';\n${sql};`);
  const output = execFileSync('sqlite3', ['-bail', '-nullvalue', '∅', database], {
    input: [...before, ...marked].join('\n'),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return output
    .split(/^=$/m)
    .slice(1)
    .map((block) => block.split('\n').filter((line) => line !== ''));
}
