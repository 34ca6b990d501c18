/** What an account can be marked as, with the words for it, in the order of the screens. */
const titles: Readonly<Record<string, string>> = {
  serviceAccount: 'Service account',
  sharedMailbox: 'Shared mailbox',
  room: 'Room',
  equipment: 'Equipment',
  other: 'Other, not a person',
  person: 'Person',
};

/** What a mark says, in words; one we do not know yet by its own word. */
export function markTitle(kind: string): string {
  return titles[kind] ?? kind;
}

/** What a mark comes from and why it was given, in a sentence. */
export function markSentence(kind: string, reason: string | null, pattern: string | null): string {
  const what =
    kind === 'person' ? 'Said to be a person' : `Marked as not a person (${markTitle(kind).toLowerCase()})`;
  const by = pattern === null ? '' : `, by the pattern ${pattern}`;
  return reason === null ? `${what}${by}.` : `${what}${by}: ${reason.replace(/\.$/, '')}.`;
}
