import { licenseState } from '../../core/model/licenseState';
import type { LicenseState, LicenseStatePart } from '../../core/model/licenseState';
import { formatCount } from '../host/formats';
import type { LicenseEntry } from './tenantSnapshot';

/**
 * A product's name for a narrow sidebar: without the leading “Microsoft”, which says nothing here, except where a
 * number would be left at the beginning.
 */
export function shortProductName(name: string): string {
  return name.replace(/^Microsoft (?=\p{L})/u, '');
}

const severities: readonly LicenseState['severity'][] = ['trouble', 'warning', 'none'];

/** Trouble first, then warnings, then the rest; the order within each stays. */
export function byTrouble(licenses: readonly LicenseEntry[]): LicenseEntry[] {
  return severities.flatMap((severity) => licenses.filter((entry) => stateOf(entry).severity === severity));
}

/** How a license of the tree stands. */
export function stateOf(license: LicenseEntry): LicenseState {
  return licenseState(license);
}

/** The gray text behind a license's name: consumed / entitled and what that means. */
export function licenseDescription(license: LicenseEntry): string {
  const units = `${formatCount(license.consumed)}/${formatCount(license.entitled)}`;
  const findings = findingCount(license);
  return [
    hiddenWord(license),
    units,
    stateText(license),
    findings === 0 ? null : findings === 1 ? '1 finding' : `${formatCount(findings)} findings`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** How many findings there are of a license, of whatever kind. */
export function findingCount(license: Pick<LicenseEntry, 'findings'>): number {
  return license.findings.reduce((sum, { count }) => sum + count, 0);
}

/** Why a license counts in no number, in a word or with the reason that a person gave; null where it counts. */
export function hiddenWord(license: LicenseEntry): string | null {
  if (license.isCounted) return null;
  if (license.participation !== 'unmanaged') return 'retired';
  return license.managedReason === null ? 'unmanaged' : `unmanaged: ${license.managedReason}`;
}

/** The state in words: the most important number alone. */
export function stateText(license: LicenseEntry): string {
  const { kind, parts } = stateOf(license);
  switch (kind) {
    case 'short':
    case 'shortAfterGrace':
    case 'inGrace':
    case 'spare':
      return partText(parts.find((part) => part.code === kind));
    case 'suspended':
      return 'suspended';
    case 'lockedOut':
      return 'locked out';
    case 'noUnits':
      return 'no units';
    case 'fullyUsed':
      return 'none spare';
  }
}

function partText(part: LicenseStatePart | undefined): string {
  if (part === undefined) return '';
  const count = formatCount(part.count);
  switch (part.code) {
    case 'short':
      return `short ${count}`;
    case 'shortAfterGrace':
      return `short ${count} after grace`;
    case 'spare':
      return `${count} spare`;
    case 'inGrace':
      return `${count} in grace`;
    case 'suspended':
      return `${count} suspended`;
    case 'lockedOut':
      return `${count} locked out`;
  }
}
