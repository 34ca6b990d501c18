import type { RosterFacet, RosterFilter } from '../../src/shared/rosterFilter';
import type { Cell } from '../../src/shared/viewRows';

/** Everyone. */
export const noFilter: RosterFilter = {};

/** True if the filter leaves everyone in. */
export function isUnfiltered(filter: RosterFilter): boolean {
  const { text = '', columns = {}, ...parts } = filter;
  return (
    text.trim() === '' &&
    Object.keys(columns).length === 0 &&
    Object.values(parts).every((part) => part === undefined)
  );
}

/** The values of a facet that a filter asks for; null is unknown, of licenses: none. */
export function chosenValues(filter: RosterFilter, facet: RosterFacet): readonly Cell[] {
  switch (facet) {
    case 'licenseId':
      return filter.licensed === false ? [null] : (filter.licenseIds ?? []);
    case 'path':
      return filter.paths ?? [];
    case 'service':
      return filter.services ?? [];
    case 'status':
      return filter.status ?? [];
    default: {
      const wanted = filter.columns?.[facet];
      return wanted === undefined
        ? []
        : Array.isArray(wanted)
          ? (wanted as readonly Cell[])
          : [wanted as Cell];
    }
  }
}

/** The filter with a value of a facet added or taken away. */
export function withValue(filter: RosterFilter, facet: RosterFacet, value: Cell, on: boolean): RosterFilter {
  const before = chosenValues(filter, facet);
  // Nobody holds one license and none, so the one replaces the other.
  const kept =
    facet === 'licenseId' && on ? before.filter((each) => (each === null) === (value === null)) : before;
  const others = kept.filter((each) => each !== value);
  return withValues(filter, facet, on ? [...others, value] : others);
}

/** The filter with these values of a facet; no values: the facet asks for nothing. */
export function withValues(filter: RosterFilter, facet: RosterFacet, values: readonly Cell[]): RosterFilter {
  if (facet === 'licenseId') {
    const { licenseIds: _, licensed: __, ...rest } = filter;
    if (values.includes(null)) return { ...rest, licensed: false };
    return values.length === 0 ? rest : { ...rest, licenseIds: values.map(String) };
  }
  if (facet === 'path' || facet === 'service' || facet === 'status') {
    const part = ({ path: 'paths', service: 'services', status: 'status' } as const)[facet];
    const { [part]: _, ...rest } = filter;
    return values.length === 0 ? rest : { ...rest, [part]: values };
  }
  return withColumn(filter, facet, values);
}

/** The filter with these values of a column; no values: any. */
export function withColumn(filter: RosterFilter, column: string, values: readonly Cell[]): RosterFilter {
  const { columns = {}, ...rest } = filter;
  const { [column]: _, ...others } = columns;
  const next = values.length === 0 ? others : { ...others, [column]: values };
  return Object.keys(next).length === 0 ? rest : { ...rest, columns: next };
}
