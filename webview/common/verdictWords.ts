/** How a verdict looks: a word and an icon; the color only underlines. */
export interface VerdictLook {
  readonly word: string;
  readonly icon: string;
  /** Class of the color, in `verdict.css`. */
  readonly tone: 'good' | 'caution' | 'warning' | 'info' | 'none';
}

const looks: Readonly<Record<string, VerdictLook>> = {
  active: { word: 'Active', icon: 'pass', tone: 'good' },
  inactive: { word: 'Inactive', icon: 'history', tone: 'caution' },
  never: { word: 'Never active', icon: 'circle-slash', tone: 'warning' },
  new: { word: 'New', icon: 'sparkle', tone: 'info' },
  unknown: { word: 'Unknown', icon: 'question', tone: 'none' },
  notPerson: { word: 'Not a person', icon: 'organization', tone: 'none' },
};

const reasons: Readonly<Record<string, string>> = {
  usedRecently: 'Used something within the inactivity period.',
  notUsedRecently: 'The last use is longer ago than the inactivity period.',
  noUseSinceCreation: 'No use was seen since the account was created.',
  youngAccount: 'No use yet, but the account is younger than the grace period.',
  sharedMailbox: 'A shared mailbox.',
  roomOrEquipment: 'A room or equipment mailbox.',
  markedNotPerson: 'Marked as not a person.',
  sourceMissing: 'The usage data that would tell was not imported.',
  sourceStale: 'The usage data is too old to tell.',
  namesConcealed: 'The tenant conceals user names in usage reports.',
  noRowInReport: 'The usage reports have no row for this user.',
  creationDateUnknown: 'It is not known when the account was created.',
  notObservable: 'Use of what this user has cannot be observed.',
};

/** The look of a verdict; one we do not know yet is shown by its own word, none at all as unknown. */
export function verdictLook(verdict: string | null): VerdictLook {
  if (verdict === null) return { word: '–', icon: '', tone: 'none' };
  return looks[verdict] ?? { word: verdict, icon: 'question', tone: 'none' };
}

/** Why, in a sentence; null when there is nothing to say. */
export function reasonSentence(reason: string | null): string | null {
  return reason === null ? null : (reasons[reason] ?? reason);
}
