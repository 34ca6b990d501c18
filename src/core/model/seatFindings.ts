import { matchesAny } from '../catalog/namePattern';
import { isGuest, notPersonReason } from './accountKind';
import type { SeatEvaluation } from './evaluation';
import type { SeatBucket, SeatCheck } from './finding';
import type { UserFacts } from './findingFacts';

/**
 * Size up to which a shared, room or equipment mailbox needs no license, in bytes.
 * @see https://learn.microsoft.com/microsoft-365/admin/email/about-shared-mailboxes
 */
const freeMailboxBytes = 50 * 1_073_741_824;

/** Licenses that rooms and shared devices need; part numbers as in Microsoft's list. */
const deviceLicenses = [
  'MEETING_ROOM*',
  '*TEAMS_ROOMS*',
  'MCOCAP*',
  'PHONESYSTEM_VIRTUALUSER*',
  '*SHARED_DEVICE*',
];

/** A mailbox of several people, of a room or of equipment; a marked service account has one of its own. */
export function isSharedMailbox(user: Pick<UserFacts, 'recipientType'>): boolean {
  return notPersonReason({ recipientType: user.recipientType }) !== null;
}

/**
 * Whether a mailbox is one that needs no license: shared, room or equipment, without an archive, of 50 GB at most,
 * to which nobody signs in. What is not known speaks for the license; whether there is a hold can't be seen.
 */
export function needsNoLicense(user: UserFacts): boolean {
  return (
    isSharedMailbox(user) &&
    user.hasArchive === false &&
    user.mailboxBytes !== null &&
    user.mailboxBytes <= freeMailboxBytes &&
    user.signedInLately !== true
  );
}

/** The bucket into which all seats of a user fall; null when each is judged by itself. */
export function accountBucket(user: UserFacts): SeatBucket | null {
  if (user.accountEnabled === false) return 'disabledAccount';
  if (isGuest(user.userType)) return 'guest';
  return needsNoLicense(user) ? 'mailboxNeedsNone' : null;
}

/** The bucket of one seat by the account and by its use; null when neither speaks against it. */
export function bucketOfSeat(
  account: SeatBucket | null,
  seat: Pick<SeatEvaluation, 'verdict'>,
  isForDevices: boolean,
): SeatBucket | null {
  if (account !== null && !(account === 'mailboxNeedsNone' && isForDevices)) return account;
  if (seat.verdict === 'never') return 'neverActive';
  return seat.verdict === 'inactive' ? 'inactive' : null;
}

/** Whether a license is made for rooms and shared devices rather than for people. */
export function isForDevices(skuPartNumber: string): boolean {
  return matchesAny(skuPartNumber, deviceLicenses);
}

/** What to look at before seats of a user are taken away. */
export function seatChecks(user: UserFacts, bucket: SeatBucket): readonly SeatCheck[] {
  const archive = user.hasArchive === true;
  const large = (user.mailboxBytes ?? 0) > freeMailboxBytes;
  return checks[Number(archive) + 2 * Number(large) + 4 * Number(bucket === 'mailboxNeedsNone')] ?? [];
}

/** One list per combination, shared by all findings. */
const checks: readonly (readonly SeatCheck[])[] = [
  [],
  ['archive'],
  ['largeMailbox'],
  ['archive', 'largeMailbox'],
  ['holdUnknown'],
  ['archive', 'holdUnknown'],
  ['largeMailbox', 'holdUnknown'],
  ['archive', 'largeMailbox', 'holdUnknown'],
];
