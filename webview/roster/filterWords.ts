import { findingTitle } from '../../src/shared/findingWords';
import type { LicenseFilter } from '../../src/shared/rosterContract';
import {
  rosterFacets,
  rosterServices,
  type RosterFacet,
  type RosterFilter,
} from '../../src/shared/rosterFilter';
import { markTitle } from '../../src/shared/markWords';
import { serviceTitle } from '../../src/shared/serviceWords';
import type { Cell, TenantFacts } from '../../src/shared/viewRows';
import { countOf } from '../common/displayFormats';
import { activityFilterTexts } from './activityFilterWords';
import { chosenValues, withColumn, withValues } from './filterEdit';
import { columnTitle } from './userColumns';
import { verdictLook } from '../common/verdictWords';

/** A part of a filter as something one can take away. */
export interface FilterChip {
  readonly label: string;
  /** The filter without this part. */
  readonly without: RosterFilter;
}

const facetNames: Readonly<Record<RosterFacet, string>> = {
  tenantId: 'Tenant',
  licenseId: 'License',
  path: 'Path',
  service: 'Service Used',
  status: 'Status',
  verdict: 'Verdict',
  department: 'Department',
  country: 'Country',
  companyName: 'Company',
  usageLocation: 'Usage Location',
  isGuest: 'Guest',
  markedAs: 'Marked As',
};

const valueNames: Readonly<Partial<Record<RosterFacet, Readonly<Record<string, string>>>>> = {
  path: {
    direct: 'Direct',
    group: 'Group',
    both: 'Direct and group',
    error: 'In error',
  },
  status: { enabled: 'Enabled', disabled: 'Disabled', deleted: 'Deleted' },
  isGuest: { 1: 'Guests', 0: 'Members' },
};

/** What having no value means. */
const nullNames: Readonly<Partial<Record<RosterFacet, string>>> = {
  licenseId: 'No license',
  status: 'Unknown',
  markedAs: 'Not marked',
};

/** What a facet is called. */
export function facetName(facet: RosterFacet): string {
  return facetNames[facet];
}

/** What a value of a facet is called. @param label a name that came with the value */
export function facetValueName(facet: RosterFacet, value: Cell, label: string | null = null): string {
  if (value === null) return nullNames[facet] ?? 'Not set';
  if (label !== null) return label;
  if (facet === 'service') {
    const service = rosterServices.find((name) => name === value);
    return service === undefined ? String(value) : serviceTitle(service);
  }
  if (facet === 'markedAs') return markTitle(String(value));
  if (facet === 'verdict') return verdictLook(String(value)).word;
  return valueNames[facet]?.[String(value)] ?? String(value);
}

/** The parts of a filter, apart from its text, as chips. */
export function filterChips(
  filter: RosterFilter,
  licenses: readonly LicenseFilter[],
  tenants: readonly Pick<TenantFacts, 'tenantId' | 'displayName'>[] = [],
): FilterChip[] {
  const nameOf = (id: string): string =>
    licenses.find(({ licenseId }) => licenseId === id.toLowerCase())?.name ?? id;
  const labelOf = (facet: RosterFacet, value: Cell): string | null => {
    if (facet === 'licenseId' && value !== null) return nameOf(String(value));
    if (facet !== 'tenantId') return null;
    return tenants.find(({ tenantId }) => tenantId === value)?.displayName ?? null;
  };
  const chips: FilterChip[] = [];
  for (const facet of rosterFacets) {
    const values = chosenValues(filter, facet);
    if (values.length === 0) continue;
    const names = values.map((value) => facetValueName(facet, value, labelOf(facet, value)));
    chips.push({ label: chipLabel(facetName(facet), names), without: withValues(filter, facet, []) });
  }
  if (filter.seatVerdicts !== undefined) {
    const { seatVerdicts, ...without } = filter;
    const names = seatVerdicts.map((verdict) => verdictLook(verdict).word);
    chips.push({ label: chipLabel('Use of the license', names), without });
  }
  if (filter.licensed === true) {
    const { licensed: _, ...without } = filter;
    chips.push({ label: 'With a license', without });
  }
  const facets: readonly string[] = rosterFacets;
  for (const [column, value] of Object.entries(filter.columns ?? {})) {
    if (facets.includes(column)) continue;
    const names = [value].flat().map((cell) => (cell === null ? 'unknown' : String(cell)));
    chips.push({ label: chipLabel(columnTitle(column), names), without: withColumn(filter, column, []) });
  }
  if (filter.finding !== undefined) {
    const { finding, ...without } = filter;
    const of = finding.licenseId === undefined ? '' : ` (${nameOf(finding.licenseId)})`;
    chips.push({ label: `Finding: ${findingTitle(finding.kind)}${of}`, without });
  }
  for (const { part, text } of activityFilterTexts(filter)) {
    const { [part]: _, ...without } = filter;
    chips.push({ label: text, without });
  }
  if (filter.userIds !== undefined) {
    const { userIds, ...without } = filter;
    chips.push({ label: `${countOf(userIds.length, 'user')} chosen`, without });
  }
  return chips;
}

function chipLabel(name: string, values: readonly string[]): string {
  const shown = values.slice(0, 3).join(' or ');
  return `${name}: ${values.length > 3 ? `${shown} or ${values.length - 3} more` : shown}`;
}
