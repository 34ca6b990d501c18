import type { LicenseEntry } from './tenantSnapshot';

/** How a license stands, worst first. */
export type LicenseCondition = 'short' | 'shortAfterGrace' | 'inGrace' | 'off' | 'full' | 'spare';

/** The one condition a license is shown by: trouble now, then trouble to come, then what is left. */
export function licenseCondition(license: LicenseEntry): LicenseCondition {
  if (license.shortfallNow > 0) return 'short';
  if (license.shortfallSoon > 0) return 'shortAfterGrace';
  if (license.inGrace > 0) return 'inGrace';
  if (license.entitled === 0) return 'off';
  return license.availableNow === 0 ? 'full' : 'spare';
}

const number = new Intl.NumberFormat('en-US');

/** A whole number with thousands separators. */
export function formatCount(value: number): string {
  return number.format(value);
}

/** The gray text behind a license's name: consumed / entitled and what that means. */
export function licenseDescription(license: LicenseEntry): string {
  const units = `${formatCount(license.consumed)} / ${formatCount(license.entitled)}`;
  const condition = conditionText(license);
  return condition === '' ? units : `${units} · ${condition}`;
}

/** The condition in words, empty when there is nothing to say. */
export function conditionText(license: LicenseEntry): string {
  switch (licenseCondition(license)) {
    case 'short':
      return `short ${formatCount(license.shortfallNow)}`;
    case 'shortAfterGrace':
      return `short ${formatCount(license.shortfallSoon)} after grace`;
    case 'inGrace':
      return `${formatCount(license.inGrace)} in grace`;
    case 'off':
      return license.suspended > 0
        ? 'suspended'
        : license.lockedOut > 0
          ? 'locked out'
          : license.consumed > 0
            ? ''
            : 'no units';
    case 'full':
      return 'none spare';
    case 'spare':
      return `${formatCount(license.availableNow)} spare`;
  }
}
