import { rosterServices } from '../../shared/rosterFilter';
import { errorStates, lastUseColumn, statusExpression } from './rosterConditions';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';
import type { UserIndex } from './userIndex';

/** Values of one column, as small numbers by user. */
export interface CodedColumn {
  /** Code of each user, by the user's position. */
  readonly codes: Uint32Array;
  /** Value of each code. */
  readonly values: readonly SqlValue[];
}

/** Ways by which one license reaches one user, as bits. */
export const pathBits = { direct: 1, group: 2, both: 4, error: 8 } as const;

/** Bits of the paths that hold a seat. */
export const holdingBits = pathBits.direct | pathBits.group | pathBits.both;

/** Which license reaches which user how: one entry per pair, side by side. */
export interface CodedSeats {
  readonly users: Uint32Array;
  readonly licenses: Uint32Array;
  readonly paths: Uint8Array;
  /** Licenses by their number in `licenses`. */
  readonly names: readonly LicenseName[];
}

/** Tenant and product as one number. */
const licenseKey = '(tenantKey * 1048576 + productKey)';

/** A license of the index. */
export interface LicenseName {
  readonly licenseId: string;
  readonly name: string;
  readonly tenantName: string;
}

/**
 * What facets count, as numbers in memory: read once per version of the data, so that each change of a filter costs a
 * walk over arrays and not a sort of all users per facet. Positions are those of the users in order of their key.
 */
export class FacetIndex {
  private readonly columns = new Map<string, CodedColumn>();
  private coded: CodedSeats | undefined;

  constructor(
    private readonly db: SqlDatabase,
    private readonly users: UserIndex,
  ) {}

  /** Reads what is still missing of these columns (`status` and `service` among them), in one walk over the users. */
  read(columns: readonly string[]): void {
    const missing = columns.filter((column) => !this.columns.has(column));
    if (missing.length === 0) return;
    const coded = this.readColumns(missing);
    for (const [index, column] of missing.entries()) {
      const values = coded[index];
      if (values !== undefined) this.columns.set(column, values);
    }
  }

  private readColumns(missing: readonly string[]): CodedColumn[] {
    const coders = missing.map(() => ({
      codes: new Uint32Array(this.users.size),
      values: [] as SqlValue[],
      known: new Map<SqlValue, number>(),
    }));
    let position = 0;
    this.db.each(
      `SELECT ${missing.map(expressionOf).join(', ')} FROM rows_users ORDER BY rowKey`,
      [],
      (row) => {
        for (const [index, coder] of coders.entries()) {
          const value = row[index] ?? null;
          let code = coder.known.get(value);
          if (code === undefined) {
            code = coder.values.push(value) - 1;
            coder.known.set(value, code);
          }
          coder.codes[position] = code;
        }
        position += 1;
      },
    );
    return coders.map(({ codes, values }) => ({ codes, values }));
  }

  /** A column that was read. */
  column(name: string): CodedColumn {
    return this.columns.get(name) ?? { codes: new Uint32Array(this.users.size), values: [] };
  }

  /** Who holds what, by which paths. */
  get seats(): CodedSeats {
    this.coded ??= this.readSeats();
    return this.coded;
  }

  private readSeats(): CodedSeats {
    const numbers = new Map<number, number>();
    const names: LicenseName[] = [];
    this.db.each(
      `SELECT ${licenseKey}, t.tenantId || '_' || p.skuId, coalesce(p.productName, p.skuPartNumber, p.skuId),
         t.displayName
       FROM tenants t, products p`,
      [],
      ([key, licenseId, name, tenantName]) => {
        numbers.set(Number(key), names.length);
        names.push({
          licenseId: String(licenseId),
          name: String(name),
          tenantName: String(tenantName),
        });
      },
    );
    const failed = this.failedAssignments(numbers);
    const users: number[] = [];
    const licenses: number[] = [];
    const paths: number[] = [];
    // Two numbers a row: what crosses from SQLite is most of the cost.
    this.db.each(
      `SELECT userKey, ${licenseKey} * 8 + CASE WHEN direct = 0 THEN ${pathBits.group}
         WHEN groupCount = 0 THEN ${pathBits.direct} ELSE ${pathBits.both} END FROM seats`,
      [],
      ([userKey, packed]) => {
        const position = this.users.positionOf(Number(userKey));
        const license = numbers.get(Math.floor(Number(packed) / 8));
        if (position === undefined || license === undefined) return;
        const bits = Number(packed) % 8;
        users.push(position);
        licenses.push(license);
        paths.push(failed.get(license)?.delete(position) === true ? bits | pathBits.error : bits);
      },
    );
    // What is left are assignments in error beside which nothing holds a seat.
    for (const [license, positions] of failed) {
      for (const position of positions) {
        users.push(position);
        licenses.push(license);
        paths.push(pathBits.error);
      }
    }
    return {
      users: Uint32Array.from(users),
      licenses: Uint32Array.from(licenses),
      paths: Uint8Array.from(paths),
      names,
    };
  }

  /** Positions of users with an assignment in error, by license. */
  private failedAssignments(numbers: ReadonlyMap<number, number>): Map<number, Set<number>> {
    const failed = new Map<number, Set<number>>();
    this.db.each(
      `SELECT DISTINCT userKey, ${licenseKey} FROM assignments WHERE state IN ${errorStates}`,
      [],
      ([userKey, key]) => {
        const position = this.users.positionOf(Number(userKey));
        const license = numbers.get(Number(key));
        if (position === undefined || license === undefined) return;
        const users = failed.get(license) ?? new Set();
        users.add(position);
        failed.set(license, users);
      },
    );
    return failed;
  }
}

function expressionOf(column: string): string {
  if (column === 'status') return statusExpression;
  if (column !== 'service') return column;
  return rosterServices
    .map((name, place) => `(${lastUseColumn(name)} IS NOT NULL) * ${2 ** place}`)
    .join(' + ');
}
