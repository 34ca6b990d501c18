import { evidenceWords, type FindingFormats } from './findingEvidence';

/** How urgent a finding is: act now, look at it, good to know. */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** A finding as a row of `v_findings` or as the rules make it. */
export interface FindingWordsInput {
  readonly kind: string;
  readonly seats?: number | null;
  readonly productName?: string | null;
  readonly skuPartNumber?: string | null;
  /** Whom it concerns. */
  readonly displayName?: string | null;
  readonly userPrincipalName?: string | null;
  /** `FindingEvidence`, as JSON text or parsed. */
  readonly evidence?: unknown;
}

interface KindWords {
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly advice: string;
  /** The sentence when the evidence says nothing that is understood. */
  readonly plain: string;
}

/** Every kind, most urgent first: the order in which screens list them. */
const words: Readonly<Record<string, KindWords>> = {
  shortfall: {
    title: 'Short of licenses',
    severity: 'error',
    advice: 'Buy the missing units, or free seats that nobody uses before you do.',
    plain: 'More units are in use than you may use.',
  },
  shortfallAfterGrace: {
    title: 'Short when the grace period ends',
    severity: 'error',
    advice: 'Renew the subscription in grace, or free seats before it lapses.',
    plain: 'Units in grace are in use and will be missing when the grace period ends.',
  },
  assignmentError: {
    title: 'Assignment in error',
    severity: 'error',
    advice: 'Free a unit or remove the conflicting plan, then have the license processed again.',
    plain: 'The license could not be assigned as asked.',
  },
  productGone: {
    title: 'Product gone, still assigned',
    severity: 'warning',
    advice: 'Remove the assignment, or renew the product if it is still needed.',
    plain: 'The tenant no longer has this product, yet it is still assigned.',
  },
  disabledAccount: {
    title: 'Disabled account with a license',
    severity: 'warning',
    advice:
      'Check whether the mailbox must be kept (hold, archive, shared mailbox), then take the license away.',
    plain: 'The account is disabled and still holds a license.',
  },
  guest: {
    title: 'Guest with a license',
    severity: 'warning',
    advice: 'Guests seldom need a license of yours. Take it away unless it was given on purpose.',
    plain: 'A guest holds a license.',
  },
  mailboxNeedsNone: {
    title: 'Mailbox that needs no license',
    severity: 'warning',
    advice: 'Check for a litigation hold, which cannot be seen from here, then take the license away.',
    plain: 'A shared, room or equipment mailbox holds a license that it does not need.',
  },
  neverActive: {
    title: 'Never used',
    severity: 'warning',
    advice: 'Ask whether the license is still needed; if not, take it away.',
    plain: 'Nobody has ever been seen using this seat.',
  },
  inactive: {
    title: 'Not used lately',
    severity: 'warning',
    advice: 'Ask whether the license is still needed (leave, seasonal work); if not, take it away.',
    plain: 'This seat was used once, but not lately.',
  },
  contained: {
    title: 'Contained in a larger license',
    severity: 'warning',
    advice: 'Take the smaller license away. Where plans are missing in the larger one, check them first.',
    plain: 'A larger license of the same person does the same.',
  },
  downgrade: {
    title: 'A cheaper license would do',
    severity: 'info',
    advice: 'Assign the cheaper license first, then take the larger one away.',
    plain: 'What this person uses is in a cheaper license too.',
  },
  unassigned: {
    title: 'Held by nobody',
    severity: 'warning',
    advice: 'Assign them where others are short, or reduce the quantity at the next renewal.',
    plain: 'Units are paid for and nobody holds them.',
  },
  renewalDue: {
    title: 'Date near',
    severity: 'warning',
    advice: 'Decide the quantity now: after the renewal it is fixed until the next one.',
    plain: 'A renewal or the end of a term is near.',
  },
  countMismatch: {
    title: 'Counts differ',
    severity: 'info',
    advice: 'Import once more. If the difference stays, look at assignments in error and at deleted users.',
    plain: 'Microsoft counts other seats than the assignments show.',
  },
  priceMissing: {
    title: 'Price missing',
    severity: 'info',
    advice:
      'Enter a purchase on the license’s page or import a price book: until then every total is a lower bound.',
    plain: 'The license has no price.',
  },
  dataMissing: {
    title: 'Activity data missing',
    severity: 'info',
    advice:
      'Grant the permission or choose the task on the connection. What is not seen is unknown, never waste.',
    plain: 'A source of activity was not imported.',
  },
  dataStale: {
    title: 'Activity data too old',
    severity: 'info',
    advice: 'Import again; Microsoft’s reports are usually two days behind.',
    plain: 'A source of activity is too old to judge by.',
  },
  duplicatePath: {
    title: 'Assigned twice',
    severity: 'info',
    advice:
      'Costs nothing. Remove the direct assignment where a group gives the license, or it will outlive the group.',
    plain: 'The same license comes by more than one path. It is one seat.',
  },
};

/** All kinds that are known, most urgent first. */
export const findingKinds: readonly string[] = Object.keys(words);

/** The kind in a few words; a kind that is not known, by its own name. */
export function findingTitle(kind: string): string {
  return wordsOf(kind)?.title ?? separated(kind);
}

/** How urgent a kind is; what is not known is good to know. */
export function findingSeverity(kind: string): FindingSeverity {
  return wordsOf(kind)?.severity ?? 'info';
}

/** What to do about it, in one or two sentences; empty for a kind that is not known. */
export function findingAdvice(kind: string): string {
  return wordsOf(kind)?.advice ?? '';
}

/**
 * Why it was found, in one sentence of its evidence. Evidence that is missing or of another version gives the
 * sentence of its kind.
 * @param formats how to write counts and days; plain English and ISO 8601 when left out
 */
export function findingSentence(finding: FindingWordsInput, formats?: FindingFormats): string {
  return (
    evidenceWords(finding, formats) ??
    wordsOf(finding.kind)?.plain ??
    `${findingTitle(finding.kind)}: this version of the product knows no more about it.`
  );
}

function wordsOf(kind: string): KindWords | undefined {
  return Object.hasOwn(words, kind) ? words[kind] : undefined;
}

/** `somethingNew` as `Something new`. */
function separated(kind: string): string {
  const text = kind.replace(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return text === '' ? 'Finding' : text.charAt(0).toUpperCase() + text.slice(1);
}
