import { namePattern } from '../catalog/namePattern';

/** What an account can be instead of a person. */
export const accountKinds = ['serviceAccount', 'sharedMailbox', 'room', 'equipment', 'other'] as const;

/** One of {@link accountKinds}. */
export type AccountKind = (typeof accountKinds)[number];

/** What somebody can say of one account: that it is no person, or that it is one whatever patterns say. */
export const markKinds = [...accountKinds, 'person'] as const;

/** One of {@link markKinds}. */
export type MarkKind = (typeof markKinds)[number];

/** What somebody said of one account, by name; it stays when the account is gone. */
export interface AccountMark {
  readonly userPrincipalName: string;
  readonly kind: MarkKind;
  readonly reason: string | null;
}

/** What a pattern is compared with. */
export const patternFields = ['userPrincipalName', 'displayName'] as const;

/** One of {@link patternFields}. */
export type PatternField = (typeof patternFields)[number];

/** What accounts are whose names fit. */
export interface AccountPattern {
  readonly field: PatternField;
  /**
   * Text in which `*` stands for any text; case does not matter. Without an `@` it is compared with the part of the
   * user principal name before it.
   */
  readonly pattern: string;
  readonly kind: AccountKind;
  readonly reason: string | null;
}

/** What holds of one account. */
export interface AppliedMark {
  readonly kind: MarkKind;
  readonly reason: string | null;
  /** The pattern that made it so; null for a mark of the account itself. */
  readonly pattern: string | null;
}

/** The longest texts. */
export const longestMark = { pattern: 200, reason: 500 } as const;

/** Why a pattern can't be used; null when it can. */
export type PatternProblem = 'empty' | 'tooLong' | 'fitsEverybody' | null;

/** Checks a pattern as typed. */
export function patternProblem(pattern: string): PatternProblem {
  const text = pattern.trim();
  if (text === '') return 'empty';
  if (text.length > longestMark.pattern) return 'tooLong';
  // Nobody means by `*` or `*@*` that nobody at all is a person.
  return /[^*@.\s]/.test(text) ? null : 'fitsEverybody';
}

/** Makes a pattern ready for many accounts. */
export function patternTest({
  field,
  pattern,
}: Pick<AccountPattern, 'field' | 'pattern'>): (
  userPrincipalName: string,
  displayName: string | null,
) => boolean {
  const fits = namePattern(pattern.trim());
  if (field === 'displayName') return (_, name) => name !== null && fits(name.toLowerCase());
  if (pattern.includes('@')) return (name) => fits(name.toLowerCase());
  return (name) => fits((name.split('@', 1)[0] ?? '').toLowerCase());
}

/** The marks and patterns of a tenant. A mark goes before every pattern; of several patterns the first decides. */
export class MarkRules {
  private readonly marks: ReadonlyMap<string, AppliedMark>;
  private readonly patterns: readonly {
    readonly fits: ReturnType<typeof patternTest>;
    readonly applied: AppliedMark;
  }[];

  constructor(marks: readonly AccountMark[], patterns: readonly AccountPattern[]) {
    this.marks = new Map(
      marks.map(({ userPrincipalName, kind, reason }) => [
        userPrincipalName.trim().toLowerCase(),
        { kind, reason, pattern: null },
      ]),
    );
    this.patterns = patterns.map((pattern) => ({
      fits: patternTest(pattern),
      applied: { kind: pattern.kind, reason: pattern.reason, pattern: pattern.pattern },
    }));
  }

  /** What holds of an account; null when nobody said anything. */
  of(userPrincipalName: string, displayName: string | null): AppliedMark | null {
    if (this.marks.size > 0) {
      const own = this.marks.get(userPrincipalName.trim().toLowerCase());
      if (own !== undefined) return own;
    }
    return this.byPattern(userPrincipalName, displayName);
  }

  /** The same without marks of single accounts. */
  byPattern(userPrincipalName: string, displayName: string | null): AppliedMark | null {
    for (const { fits, applied } of this.patterns) if (fits(userPrincipalName, displayName)) return applied;
    return null;
  }
}

/** The recipient type that an account has by its mark, in a word of the mailbox report; null: by the report. */
export const markedRecipientType: Readonly<Record<MarkKind, string | null>> = {
  // A service account has a mailbox of its own, if any.
  serviceAccount: null,
  sharedMailbox: 'Shared',
  room: 'Room',
  equipment: 'Equipment',
  other: null,
  person: 'User',
};
