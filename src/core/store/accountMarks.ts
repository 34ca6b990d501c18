import type { AccountPattern, MarkKind, PatternField } from '../model/accountMarks';
import type { EvaluationDay } from './licenseRecords';

/** Accounts of a tenant: users by id, and names that need not be those of users (yet, or any more). */
export interface MarkedAccounts {
  readonly userIds?: readonly string[];
  readonly userPrincipalNames?: readonly string[];
}

/** What became of marks. */
export interface MarkChanges {
  /** Accounts that were marked, or whose mark was taken away. */
  readonly changed: number;
  /** Names among them that no user of the tenant has. */
  readonly unknown: number;
}

/** A mark as it is given to one account of a list. */
export interface NamedMark {
  readonly userPrincipalName: string;
  readonly kind: MarkKind;
  readonly reason: string | null;
}

/** Whom a pattern fits. */
export interface PatternPreview {
  readonly users: number;
  /** Users among them who are judged active now: perhaps persons. */
  readonly active: number;
  /** Some of them, in the order of their names. */
  readonly examples: readonly { readonly userId: string; readonly userPrincipalName: string }[];
}

/**
 * Which accounts are no persons, as people said it. Every change is one commit that judges the tenant anew. Rejects
 * with `notFound` for a tenant without data, `invalidArgument` for values that break a rule, and the reasons of any
 * commit.
 */
export interface AccountMarks {
  /** Marks accounts, in the place of a mark that they have. A user id that the tenant does not have is `notFound`. */
  markAccounts(
    tenantId: string,
    accounts: MarkedAccounts,
    mark: { readonly kind: MarkKind; readonly reason: string | null },
    day: EvaluationDay,
  ): Promise<MarkChanges>;
  /** Marks each account of a list in its own way: all or none. */
  importMarks(tenantId: string, marks: readonly NamedMark[], day: EvaluationDay): Promise<MarkChanges>;
  /**
   * Takes marks away. An account that a pattern would mark again is said to be a person instead, so that afterwards
   * it is not marked either way; with `leaveToPatterns` the patterns decide.
   */
  unmarkAccounts(
    tenantId: string,
    accounts: MarkedAccounts & { readonly leaveToPatterns?: boolean },
    day: EvaluationDay,
  ): Promise<MarkChanges>;
  previewPattern(
    tenantId: string,
    pattern: { readonly field: PatternField; readonly pattern: string },
  ): Promise<PatternPreview>;
  /** Adds a pattern, or replaces the one with the same text. */
  savePattern(tenantId: string, pattern: AccountPattern, day: EvaluationDay): Promise<void>;
  removePattern(
    tenantId: string,
    pattern: { readonly field: PatternField; readonly pattern: string },
    day: EvaluationDay,
  ): Promise<void>;
}
