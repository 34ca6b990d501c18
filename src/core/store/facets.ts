import { rosterServices } from '../../shared/rosterFilter';
import { throwIfAborted } from '../foundation/abort';
import { LicenseError } from '../foundation/errors';
import { personColumns } from '../model/pseudonym';
import type { CurrentUsers } from './currentUsers';
import { FacetIndex, holdingBits, pathBits } from './facetIndex';
import { reportView } from './reportViews';
import { licensesOf } from './rosterConditions';
import type { Facet, FacetValue, LicensePath, SqlValue, ViewFilter, ViewSpec } from './store';
import { maxFacetValues } from './store';
import type { StoreFile } from './storeFile';
import type { UserIndex } from './userIndex';
import { userMembers } from './userMembers';

/** Facets besides the columns of `v_users`, and the parts of a filter that each of them sets. */
const facetParts: Readonly<Record<string, readonly (keyof ViewFilter)[]>> = {
  licenseId: ['licenseId', 'licenseIds', 'licensed'],
  path: ['paths'],
  service: ['services'],
  status: ['status'],
};

/** Counts how the users of a roster spread over values. */
export class Facets {
  private index: { readonly of: UserIndex; readonly values: FacetIndex } | undefined;

  constructor(
    private readonly file: StoreFile,
    private readonly users: CurrentUsers,
  ) {}

  /** @throws `invalidArgument` for other reports and for columns that cannot be counted */
  async count(spec: ViewSpec, columns: readonly string[], signal: AbortSignal): Promise<Facet[]> {
    const report = reportView(spec.report);
    if (report.rowsView !== 'rows_users') {
      throw new LicenseError('invalidArgument', 'Only the roster has facets.');
    }
    for (const column of columns) {
      // People are not counted by their names, which may be hidden.
      const isColumn = report.columns.includes(column) && !personColumns.includes(column);
      if (Object.hasOwn(facetParts, column) || isColumn) continue;
      throw new LicenseError('invalidArgument', `${report.view} has no facet "${column}".`, { column });
    }
    const index = this.current();
    index.read(columns.filter((column) => column !== 'licenseId' && column !== 'path'));
    // Most facets have no part in the filter and share one set of users.
    const members = new Map<string, Uint8Array>();
    const membersFor = (filter: ViewFilter): Uint8Array => {
      const key = JSON.stringify(filter);
      const found =
        members.get(key) ?? userMembers(this.file.current(), this.users.get(), { ...spec, filter });
      members.set(key, found);
      return found;
    };
    return columns.map((column): Facet => {
      throwIfAborted(signal);
      const filter = spec.filter ?? {};
      const users = membersFor(without(filter, column));
      if (column === 'licenseId') return facetOf(column, countLicenses(index, users, spec));
      if (column === 'path') return facetOf(column, countPaths(index, users, filter));
      if (column === 'service') return facetOf(column, countServices(countColumn(index, users, column)));
      return facetOf(column, countColumn(index, users, column));
    });
  }

  /** The index of the data as they are now; made anew when they changed. */
  private current(): FacetIndex {
    const of = this.users.get();
    if (this.index?.of !== of) this.index = { of, values: new FacetIndex(this.file.current(), of) };
    return this.index.values;
  }
}

/** The filter without what it asks of the facet itself. */
function without(filter: ViewFilter, column: string): ViewFilter {
  const parts = Object.hasOwn(facetParts, column) ? (facetParts[column] ?? []) : [];
  const rest = Object.entries(filter).filter(([part]) => !parts.includes(part as keyof ViewFilter));
  const columns = Object.entries(filter.columns ?? {}).filter(([name]) => name !== column);
  return { ...Object.fromEntries(rest), ...(filter.columns && { columns: Object.fromEntries(columns) }) };
}

function countColumn(index: FacetIndex, users: Uint8Array, column: string): FacetValue[] {
  const { codes, values } = index.column(column);
  const counts = new Uint32Array(values.length);
  for (let position = 0; position < users.length; position += 1) {
    if (users[position] === 1) increment(counts, codes[position]);
  }
  return values.map((value, code) => ({ value, count: counts[code] ?? 0 }));
}

/** Users by application, from counts by what each has used. */
function countServices(counted: readonly FacetValue[]): FacetValue[] {
  return rosterServices.map((value, place) => ({
    value,
    count: counted.reduce(
      (sum, used) => sum + (((Number(used.value) >> place) & 1) === 1 ? used.count : 0),
      0,
    ),
  }));
}

/** Users by license; those of the paths that the filter asks for. */
function countLicenses(index: FacetIndex, users: Uint8Array, spec: ViewSpec): FacetValue[] {
  const { paths: wantedPaths } = spec.filter ?? {};
  const { seats } = index;
  const wanted = wantedPaths === undefined ? holdingBits : bitsOf(wantedPaths);
  const counts = new Uint32Array(seats.names.length);
  const holding = new Uint8Array(users.length);
  for (let seat = 0; seat < seats.users.length; seat += 1) {
    const user = seats.users[seat] ?? 0;
    const paths = seats.paths[seat] ?? 0;
    if (users[user] !== 1) continue;
    if ((paths & holdingBits) !== 0) holding[user] = 1;
    if ((paths & wanted) !== 0) increment(counts, seats.licenses[seat]);
  }
  let none = 0;
  for (let user = 0; user < users.length; user += 1) {
    if (users[user] === 1 && holding[user] === 0) none += 1;
  }
  return [
    ...seats.names.map(({ licenseId, name, tenantName }, license) => ({
      value: licenseId,
      // The same product is another license in another tenant.
      label: spec.tenantId === undefined ? `${name} (${tenantName})` : name,
      count: counts[license] ?? 0,
    })),
    { value: null, label: null, count: none },
  ];
}

/** Users by path; of the licenses that the filter names. */
function countPaths(index: FacetIndex, users: Uint8Array, filter: ViewFilter): FacetValue[] {
  const { seats } = index;
  const licenses = licensesOf(filter);
  const chosen = licenses === null ? null : new Set(licenses);
  const counted = seats.names.map(({ licenseId }) => chosen === null || chosen.has(licenseId));
  const paths = new Uint8Array(users.length);
  for (let seat = 0; seat < seats.users.length; seat += 1) {
    const user = seats.users[seat] ?? 0;
    if (users[user] === 1 && counted[seats.licenses[seat] ?? 0] === true) {
      paths[user] = (paths[user] ?? 0) | (seats.paths[seat] ?? 0);
    }
  }
  return Object.entries(pathBits).map(([value, bit]) => ({
    value,
    count: paths.reduce((sum, bits) => sum + ((bits & bit) === 0 ? 0 : 1), 0),
  }));
}

function increment(counts: Uint32Array, at: number | undefined): void {
  if (at !== undefined) counts[at] = (counts[at] ?? 0) + 1;
}

function bitsOf(paths: readonly LicensePath[]): number {
  return paths.reduce((bits, path) => bits | pathBits[path], 0);
}

/** Values that occur, most frequent first; null stays when there are more than fit. */
function facetOf(column: string, counted: readonly FacetValue[]): Facet {
  const occurring = counted
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || compareText(a.label ?? a.value, b.label ?? b.value));
  const unknown = occurring.find(({ value }) => value === null);
  const first = occurring.slice(0, maxFacetValues);
  const values = unknown === undefined || first.includes(unknown) ? first : [...first.slice(0, -1), unknown];
  return { column, values, distinct: occurring.length };
}

function compareText(a: SqlValue, b: SqlValue): number {
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
