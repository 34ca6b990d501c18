import type { UserEvidence, VerdictReason } from './evaluation';

/**
 * Why an account is known not to be a person; null when it is one or nothing is known. The values of the mailbox
 * report's Recipient Type vary in spelling (`Shared`, `SharedMailbox`, `Room`, `EquipmentMailbox`, …).
 * @see https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail
 */
export function notPersonReason(
  evidence: Pick<UserEvidence, 'recipientType' | 'markedNotPerson'>,
): VerdictReason | null {
  if (evidence.markedNotPerson === true) return 'markedNotPerson';
  if (evidence.recipientType === null || evidence.recipientType === 'User') return null;
  const type = evidence.recipientType.toLowerCase().replace(/[^a-z]/g, '');
  if (/^(remote)?shared(mailbox)?$/.test(type)) return 'sharedMailbox';
  if (/^(remote)?(room|equipment|scheduling|workspace|roomlist)(mailbox|list)?$/.test(type)) {
    return 'roomOrEquipment';
  }
  return null;
}

/** Guests are not in usage reports: only sign-in data speaks of them. */
export function isGuest(userType: string | null): boolean {
  return userType !== null && userType.toLowerCase() === 'guest';
}
