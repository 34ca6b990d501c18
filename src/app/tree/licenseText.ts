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
  return `${units} · ${stateText(license)}`;
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
