import type { PositionRow } from './position';

/** How a license stands: the one thing by which it is shown. */
export type LicenseStateKind =
  /** More is consumed than may be used now. */
  | 'short'
  /** Enough today, too little when the grace ends. */
  | 'shortAfterGrace'
  /** Nothing may be used now; units can be had back by reactivating the subscription. */
  | 'suspended'
  /** Nothing may be used now; the customer canceled. */
  | 'lockedOut'
  /** There are no units at all. */
  | 'noUnits'
  /** Units are in grace and nothing will be missing when it ends. */
  | 'inGrace'
  | 'fullyUsed'
  | 'spare';

/** One number worth showing, most important first; words are made by the screens. */
export interface LicenseStatePart {
  readonly code: 'short' | 'shortAfterGrace' | 'inGrace' | 'suspended' | 'lockedOut' | 'spare';
  readonly count: number;
}

/** State of one license. */
export interface LicenseState {
  readonly kind: LicenseStateKind;
  readonly severity: 'trouble' | 'warning' | 'none';
  readonly consumed: number;
  readonly entitled: number;
  readonly parts: readonly LicenseStatePart[];
}

const severityOf: Readonly<Record<LicenseStateKind, LicenseState['severity']>> = {
  short: 'trouble',
  shortAfterGrace: 'warning',
  suspended: 'warning',
  lockedOut: 'warning',
  noUnits: 'none',
  inGrace: 'warning',
  fullyUsed: 'none',
  spare: 'none',
};

/**
 * Judges one license: trouble now first, then trouble to come, then what is left.
 * @see https://learn.microsoft.com/graph/api/resources/licenseunitsdetail for the unit states
 */
export function licenseState(position: Omit<PositionRow, 'skuPartNumber' | 'appliesTo'>): LicenseState {
  const kind = kindOf(position);
  const all: readonly LicenseStatePart[] = [
    { code: 'short', count: position.shortfallNow },
    { code: 'shortAfterGrace', count: position.shortfallSoon },
    { code: 'spare', count: Math.max(0, position.availableNow) },
    { code: 'inGrace', count: position.inGrace },
    { code: 'suspended', count: position.suspended },
    { code: 'lockedOut', count: position.lockedOut },
  ];
  return {
    kind,
    severity: severityOf[kind],
    consumed: position.consumed,
    entitled: position.entitled,
    parts: all.filter((part) => part.count > 0),
  };
}

function kindOf(position: Omit<PositionRow, 'skuPartNumber' | 'appliesTo'>): LicenseStateKind {
  if (position.shortfallNow > 0) return 'short';
  if (position.shortfallSoon > 0) return 'shortAfterGrace';
  if (position.entitled === 0) {
    if (position.suspended > 0) return 'suspended';
    return position.lockedOut > 0 ? 'lockedOut' : 'noUnits';
  }
  if (position.inGrace > 0) return 'inGrace';
  return position.availableNow === 0 ? 'fullyUsed' : 'spare';
}
