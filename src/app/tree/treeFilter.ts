import type { LicenseEntry, TenantEntry, TenantSnapshot } from './tenantSnapshot';

/** What is left of the tree while a filter is on. */
export interface FilteredSnapshot extends TenantSnapshot {
  /** Licenses that match, and all there are. */
  readonly matched: number;
  readonly total: number;
}

/** The words of a filter, in lower case; none for no filter. */
export function filterWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/**
 * Keeps the licenses of whose product name, part number and family every word is a part, and the tenants that have
 * such a license. A tenant or a connection that has the words in its own name stays with everything.
 */
export function filterSnapshot(snapshot: TenantSnapshot, words: readonly string[]): FilteredSnapshot {
  const total = snapshot.tenants.reduce((sum, { licenses }) => sum + licenses.length, 0);
  const tenants = snapshot.tenants.flatMap((tenant): TenantEntry[] => {
    const names = [tenant.displayName, tenant.defaultDomain, ...tenant.connections.map(({ name }) => name)];
    if (matches(names, words)) return [tenant];
    const licenses = tenant.licenses.filter((license) => matchesLicense(license, words));
    return licenses.length === 0 ? [] : [{ ...tenant, connections: [], licenses }];
  });
  return {
    tenants,
    unattached: snapshot.unattached.filter(({ name }) => matches([name], words)),
    matched: tenants.reduce((sum, { licenses }) => sum + licenses.length, 0),
    total,
  };
}

function matchesLicense(license: LicenseEntry, words: readonly string[]): boolean {
  return matches([license.productName, license.skuPartNumber, license.family], words);
}

function matches(names: readonly (string | null)[], words: readonly string[]): boolean {
  const text = names
    .filter((name) => name !== null)
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What the view says above the tree while a filter is on. */
export function filterMessage(text: string, { matched, total }: FilteredSnapshot): string {
  const found = matched === 0 ? 'no license matches' : `${matched} of ${total} licenses`;
  return `Filtered by “${text.trim()}”: ${found}.`;
}
