import { pick } from './random';
import type { AccountKind } from './licenseProfiles';

/** Days before the tenant's today; -1 means never or not known. */
export interface SampleActivity {
  /** How `signInActivity` looks: filled in, absent, or with year 1 for the interactive part. */
  readonly shape: 'normal' | 'absent' | 'zero';
  readonly signIn: number;
  readonly nonInteractive: number;
  /** False: the user has no row in any usage report. */
  readonly inReports: boolean;
  /** Newest day of use that the reports know; reports are two days behind. */
  readonly report: number;
  readonly created: number;
}

/** Reports trail today by this many days. */
export const reportDelayDays = 2;

/**
 * The use that an account makes of the tenant. Activity slots are dealt like license slots: of each hundred
 * accounts 67 are active, 12 inactive, 6 have never been used, 4 are new, 2 new and active, and the rest are
 * the ways in which data is missing.
 */
export function activityOf(seed: number, index: number, kind: AccountKind, slot: number): SampleActivity {
  const day = (salt: number, from: number, to: number): number =>
    from + pick(seed, index, salt, to - from + 1);
  const old = day(31, 300, 3900);
  switch (kind) {
    case 'guest': {
      const created = day(31, 130, 900);
      return slot < 50
        ? activity('absent', -1, -1, false, -1, created)
        : activity('normal', day(32, 1, 120), -1, false, -1, created);
    }
    case 'shared':
      return activity('absent', -1, -1, true, day(33, 2, 12), old);
    case 'room':
    case 'equipment':
      return activity('absent', -1, -1, true, day(33, 2, 30), old);
    case 'service':
      return activity('zero', -1, day(32, 1, 3), false, -1, old);
    case 'leaver': {
      const last = day(32, 60, 170);
      return activity('normal', last, last, true, last, old);
    }
    case 'person':
      return personActivity(slot, day, old);
  }
}

/** Written without spreads: this runs several times per user. */
function activity(
  shape: SampleActivity['shape'],
  signIn: number,
  nonInteractive: number,
  inReports: boolean,
  report: number,
  created: number,
): SampleActivity {
  return { shape, signIn, nonInteractive, inReports, report, created };
}

function personActivity(
  slot: number,
  day: (salt: number, from: number, to: number) => number,
  old: number,
): SampleActivity {
  if (slot < 67) {
    const signIn = day(32, 1, 20);
    const report = Math.max(reportDelayDays, signIn + day(33, 0, 3));
    return activity('normal', signIn, Math.max(1, signIn - day(34, 0, 5)), true, report, old);
  }
  if (slot < 79) {
    const signIn = day(32, 45, 400);
    // The reports look back 180 days: older use is an empty date there.
    const report = signIn > 180 ? -1 : signIn;
    return activity('normal', signIn, signIn, true, report, Math.max(old, signIn + 30));
  }
  if (slot < 85) return activity('absent', -1, -1, true, -1, old);
  if (slot < 89) return activity('absent', -1, -1, true, -1, day(31, 1, 25));
  if (slot < 91) {
    const signIn = day(32, 1, 2);
    return activity('normal', signIn, signIn, true, Math.max(reportDelayDays, signIn), day(31, 3, 25));
  }
  if (slot < 94) {
    const signIn = day(32, 1, 20);
    return activity('normal', signIn, signIn, false, -1, old);
  }
  if (slot < 96) return activity('absent', -1, -1, true, day(33, 2, 15), old);
  if (slot < 98) return activity('zero', -1, day(34, 1, 10), false, -1, old);
  if (slot < 99) return activity('zero', -1, day(34, 1, 10), true, -1, old);
  return activity('normal', day(32, 60, 150), day(34, 1, 3), true, day(33, 4, 9), old);
}
