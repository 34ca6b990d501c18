import { byTrouble, stateOf } from './licenseText';
import type { LicenseEntry } from './tenantSnapshot';

/** Up to so many licenses are a list that is read at a glance; more are grouped. */
export const groupedFrom = 16;

/** Licenses of one family. */
export interface LicenseFamily {
  readonly family: string;
  readonly licenses: readonly LicenseEntry[];
}

/** Licenses as the tree lists them, from top to bottom. */
export interface LicenseGroups {
  /** Beside the families: what is short, or everything where nothing is grouped. */
  readonly single: readonly LicenseEntry[];
  readonly families: readonly LicenseFamily[];
  /** The only ones of their family, for whom a group would be one click more. */
  readonly alone: readonly LicenseEntry[];
  /** Retired and unmanaged ones, which count in no number. */
  readonly hidden: readonly LicenseEntry[];
}

/**
 * Groups licenses by family where a tenant has many. What is short stays on top, outside any group, so that it is
 * seen without opening one.
 */
export function groupLicenses(licenses: readonly LicenseEntry[]): LicenseGroups {
  const hidden = licenses.filter((license) => !license.isCounted);
  const counted = byTrouble(licenses.filter((license) => license.isCounted));
  if (counted.length < groupedFrom) return { single: counted, families: [], alone: [], hidden };
  const isShort = (license: LicenseEntry): boolean => stateOf(license).severity === 'trouble';
  const families = new Map<string, LicenseEntry[]>();
  for (const license of counted.filter((entry) => !isShort(entry))) {
    const family = families.get(license.family);
    if (family === undefined) families.set(license.family, [license]);
    else family.push(license);
  }
  const groups = [...families].map(([family, entries]): LicenseFamily => ({ family, licenses: entries }));
  return {
    single: counted.filter(isShort),
    families: groups
      .filter((group) => group.licenses.length > 1)
      .sort((a, b) => a.family.localeCompare(b.family, 'en')),
    alone: byTrouble(
      groups.filter((group) => group.licenses.length === 1).flatMap((group) => group.licenses),
    ),
    hidden,
  };
}

/** How many licenses are short now and neither hidden nor excluded from alerts by a person. */
export function countShort(licenses: readonly LicenseEntry[]): number {
  return licenses.filter(
    (license) => license.isCounted && license.participation === 'managed' && license.shortfallNow > 0,
  ).length;
}
