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
  const none = { signIn: -1, nonInteractive: -1, report: -1, created: old };
  switch (kind) {
    case 'guest':
      return slot < 50
        ? { ...none, shape: 'absent', inReports: false, created: day(31, 60, 900) }
        : { ...none, shape: 'normal', signIn: day(32, 1, 120), inReports: false, created: day(31, 130, 900) };
    case 'shared':
      return { ...none, shape: 'absent', inReports: true, report: day(33, 2, 12) };
    case 'room':
    case 'equipment':
      return { ...none, shape: 'absent', inReports: true, report: day(33, 2, 30) };
    case 'service':
      return { ...none, shape: 'zero', nonInteractive: day(32, 1, 3), inReports: false };
    case 'leaver': {
      const last = day(32, 60, 170);
      return { ...none, shape: 'normal', signIn: last, nonInteractive: last, inReports: true, report: last };
    }
    case 'person':
      return personActivity(slot, day, none);
  }
}

function personActivity(
  slot: number,
  day: (salt: number, from: number, to: number) => number,
  none: { signIn: number; nonInteractive: number; report: number; created: number },
): SampleActivity {
  if (slot < 67) {
    const signIn = day(32, 1, 20);
    const report = Math.max(reportDelayDays, signIn + day(33, 0, 3));
    const nonInteractive = Math.max(1, signIn - day(34, 0, 5));
    return { ...none, shape: 'normal', signIn, nonInteractive, inReports: true, report };
  }
  if (slot < 79) {
    const signIn = day(32, 45, 400);
    // The reports look back 180 days: older use is an empty date there.
    const report = signIn > 180 ? -1 : signIn;
    const created = Math.max(none.created, signIn + 30);
    return { ...none, shape: 'normal', signIn, nonInteractive: signIn, inReports: true, report, created };
  }
  if (slot < 85) return { ...none, shape: 'absent', inReports: true };
  if (slot < 89) return { ...none, shape: 'absent', inReports: true, created: day(31, 1, 25) };
  if (slot < 91) {
    const signIn = day(32, 1, 2);
    return {
      shape: 'normal',
      signIn,
      nonInteractive: signIn,
      inReports: true,
      report: Math.max(reportDelayDays, signIn),
      created: day(31, 3, 25),
    };
  }
  if (slot < 94) {
    const signIn = day(32, 1, 20);
    return { ...none, shape: 'normal', signIn, nonInteractive: signIn, inReports: false };
  }
  if (slot < 96) return { ...none, shape: 'absent', inReports: true, report: day(33, 2, 15) };
  if (slot < 98) return { ...none, shape: 'zero', nonInteractive: day(34, 1, 10), inReports: false };
  if (slot < 99) return { ...none, shape: 'zero', nonInteractive: day(34, 1, 10), inReports: true };
  return {
    ...none,
    shape: 'normal',
    signIn: day(32, 60, 150),
    nonInteractive: day(34, 1, 3),
    inReports: true,
    report: day(33, 4, 9),
  };
}
