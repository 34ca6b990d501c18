import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import {
  accountKinds,
  longestMark,
  markKinds,
  MarkRules,
  patternFields,
  patternProblem,
  patternTest,
  type AccountKind,
  type AccountMark,
  type AccountPattern,
  type AppliedMark,
  type MarkKind,
  type PatternField,
} from '../model/accountMarks';
import type { MarkChanges, MarkedAccounts, NamedMark, PatternPreview } from './accountMarks';
import { idKey, upnKey } from './identifiers';
import type { SqlDatabase } from './sqlDatabase';

/** Accounts of one list at most. */
const mostAccounts = 500_000;
const mostPatterns = 200;
const examples = 5;

const reason = v.nullable(v.pipe(v.string(), v.maxLength(longestMark.reason)));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1024));
const accountsRule = v.object({
  userIds: v.optional(v.pipe(v.array(v.string()), v.maxLength(mostAccounts)), []),
  userPrincipalNames: v.optional(v.pipe(v.array(name), v.maxLength(mostAccounts)), []),
});
const markRule = v.object({ kind: v.picklist(markKinds), reason });
const namedMarksRule = v.pipe(
  v.array(v.object({ userPrincipalName: name, kind: v.picklist(markKinds), reason })),
  v.maxLength(mostAccounts),
);
const patternRule = v.object({
  field: v.picklist(patternFields),
  pattern: v.pipe(
    v.string(),
    v.trim(),
    v.check((text) => patternProblem(text) === null, 'not a pattern'),
  ),
  kind: v.picklist(accountKinds),
  reason,
});

/** What people said of the accounts of a tenant. */
export function readMarks(
  db: SqlDatabase,
  tenantKey: number,
): { readonly accounts: readonly AccountMark[]; readonly patterns: readonly AccountPattern[] } {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    accounts: db.rows('SELECT * FROM accountMarks WHERE tenantKey = ?', [tenantKey]).map((row) => ({
      userPrincipalName: String(row.upnKey),
      kind: String(row.kind) as MarkKind,
      reason: text(row.reason),
    })),
    patterns: db
      .rows('SELECT * FROM accountPatterns WHERE tenantKey = ? ORDER BY patternKey', [tenantKey])
      .map((row) => ({
        field: String(row.field) as PatternField,
        pattern: String(row.pattern),
        kind: String(row.kind) as AccountKind,
        reason: text(row.reason),
      })),
  };
}

function readMarkRules(db: SqlDatabase, tenantKey: number): MarkRules {
  const { accounts, patterns } = readMarks(db, tenantKey);
  return new MarkRules(accounts, patterns);
}

/** Marks of accounts, by the user or by the name. @throws `invalidArgument`, `notFound` */
export function writeMarks(
  db: SqlDatabase,
  tenantKey: number,
  accounts: MarkedAccounts,
  mark: { readonly kind: MarkKind; readonly reason: string | null },
  at: string,
): MarkChanges {
  const { kind, reason: why } = checked(markRule, mark, 'a mark');
  const names = namesOf(db, tenantKey, accounts);
  return writeNamedMarks(
    db,
    tenantKey,
    names.map((userPrincipalName) => ({ userPrincipalName, kind, reason: why })),
    at,
  );
}

/** Marks of accounts by their names, each with a kind of its own. @throws `invalidArgument` */
export function writeNamedMarks(
  db: SqlDatabase,
  tenantKey: number,
  marks: readonly NamedMark[],
  at: string,
): MarkChanges {
  const list = new Map(
    checked(namedMarksRule, marks, 'marks').map((mark) => [upnKey(mark.userPrincipalName), mark]),
  );
  const known = knownNames(db, tenantKey);
  let unknown = 0;
  for (const [key, mark] of list) {
    if (!known.has(key)) unknown += 1;
    db.run(
      `INSERT OR REPLACE INTO accountMarks (tenantKey, upnKey, userPrincipalName, kind, reason, markedAt)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [tenantKey, key, mark.userPrincipalName, mark.kind, trimmed(mark.reason), at],
    );
  }
  return { changed: list.size, unknown };
}

/**
 * Takes marks away; whom a pattern would mark again is a person from now on.
 * @throws `invalidArgument`, `notFound`
 */
export function deleteMarks(
  db: SqlDatabase,
  tenantKey: number,
  accounts: MarkedAccounts & { readonly leaveToPatterns?: boolean },
  at: string,
): MarkChanges {
  const { leaveToPatterns = false } = accounts;
  const names = namesOf(db, tenantKey, accounts);
  const rules = readMarkRules(db, tenantKey);
  const known = knownNames(db, tenantKey);
  let changed = 0;
  let unknown = 0;
  for (const userPrincipalName of names) {
    const key = upnKey(userPrincipalName);
    const displayName = known.get(key) ?? null;
    if (!known.has(key)) unknown += 1;
    // Nobody is there to be marked again by a pattern.
    const ownOnly = leaveToPatterns || !known.has(key);
    const before = rules.of(userPrincipalName, displayName);
    if (before === null || (ownOnly ? before.pattern !== null : before.kind === 'person')) continue;
    changed += 1;
    db.run('DELETE FROM accountMarks WHERE tenantKey = ? AND upnKey = ?', [tenantKey, key]);
    if (ownOnly || rules.byPattern(userPrincipalName, displayName) === null) continue;
    db.run(
      `INSERT INTO accountMarks (tenantKey, upnKey, userPrincipalName, kind, reason, markedAt)
       VALUES (?, ?, ?, 'person', NULL, ?)`,
      [tenantKey, key, userPrincipalName, at],
    );
  }
  return { changed, unknown };
}

/** Adds a pattern or replaces the one with the same text. @throws `invalidArgument` */
export function writePattern(db: SqlDatabase, tenantKey: number, pattern: AccountPattern, at: string): void {
  const { field, pattern: text, kind, reason: why } = checked(patternRule, pattern, 'a pattern');
  db.run(
    `INSERT INTO accountPatterns (tenantKey, field, pattern, kind, reason, markedAt) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenantKey, field, pattern) DO UPDATE SET kind = excluded.kind, reason = excluded.reason,
       markedAt = excluded.markedAt`,
    [tenantKey, field, text.toLowerCase(), kind, trimmed(why), at],
  );
  if (db.number('SELECT count(*) FROM accountPatterns WHERE tenantKey = ?', [tenantKey]) > mostPatterns) {
    throw new LicenseError('invalidArgument', `A tenant has at most ${mostPatterns} patterns.`);
  }
}

/** @throws `notFound` */
export function deletePattern(
  db: SqlDatabase,
  tenantKey: number,
  { field, pattern }: Pick<AccountPattern, 'field' | 'pattern'>,
): void {
  const key = [tenantKey, field, pattern.trim().toLowerCase()];
  const where = 'WHERE tenantKey = ? AND field = ? AND pattern = ?';
  if (db.value(`SELECT 1 FROM accountPatterns ${where}`, key) === null) {
    throw new LicenseError('notFound', `There is no pattern “${pattern}”.`, { pattern });
  }
  db.run(`DELETE FROM accountPatterns ${where}`, key);
}

/** Whom a pattern fits. @throws `invalidArgument` */
export function previewPattern(
  db: SqlDatabase,
  tenantKey: number,
  wanted: Pick<AccountPattern, 'field' | 'pattern'>,
): PatternPreview {
  const { field, pattern } = checked(patternRule, { ...wanted, kind: 'other', reason: null }, 'a pattern');
  const fits = patternTest({ field, pattern });
  let users = 0;
  let active = 0;
  const found: { userId: string; userPrincipalName: string }[] = [];
  db.each(
    'SELECT userId, userPrincipalName, displayName, verdict FROM users WHERE tenantKey = ? ORDER BY upnKey',
    [tenantKey],
    ([userId, userPrincipalName, displayName, verdict]) => {
      if (!fits(String(userPrincipalName), typeof displayName === 'string' ? displayName : null)) return;
      users += 1;
      if (verdict === 'active') active += 1;
      if (found.length < examples) {
        found.push({ userId: String(userId), userPrincipalName: String(userPrincipalName) });
      }
    },
  );
  return { users, active, examples: found };
}

/** Writes what marks and patterns made of the users of a tenant, where it differs. */
export function writeAppliedMarks(
  db: SqlDatabase,
  tenantKey: number,
  applied: ReadonlyMap<number, AppliedMark>,
): void {
  const write = (userKey: number, mark: AppliedMark | null): void => {
    db.run('UPDATE users SET markedAs = ?, markReason = ?, markPattern = ? WHERE userKey = ?', [
      mark?.kind ?? null,
      mark?.reason ?? null,
      mark?.pattern ?? null,
      userKey,
    ]);
  };
  const due = new Map(applied);
  const before = db.rows(
    `SELECT userKey, markedAs, markReason, markPattern FROM users
     WHERE tenantKey = ? AND markedAs IS NOT NULL`,
    [tenantKey],
  );
  for (const row of before) {
    const userKey = Number(row.userKey);
    const mark = due.get(userKey) ?? null;
    due.delete(userKey);
    const same =
      row.markedAs === (mark?.kind ?? null) &&
      row.markReason === (mark?.reason ?? null) &&
      row.markPattern === (mark?.pattern ?? null);
    if (!same) write(userKey, mark);
  }
  for (const [userKey, mark] of due) write(userKey, mark);
}

/** Names of the accounts meant, each once. */
function namesOf(db: SqlDatabase, tenantKey: number, accounts: MarkedAccounts): readonly string[] {
  const { userIds, userPrincipalNames } = checked(accountsRule, accounts, 'accounts');
  const names = new Map(userPrincipalNames.map((each) => [upnKey(each), each]));
  for (const userId of userIds) {
    const found = db.value('SELECT userPrincipalName FROM users WHERE tenantKey = ? AND userId = ?', [
      tenantKey,
      idKey(userId),
    ]);
    if (typeof found !== 'string') {
      throw new LicenseError('notFound', `There is no user “${userId}” in the data of the tenant.`, {
        userId,
      });
    }
    names.set(upnKey(found), found);
  }
  return [...names.values()];
}

/** Display names of the users by name. */
function knownNames(db: SqlDatabase, tenantKey: number): ReadonlyMap<string, string | null> {
  const names = new Map<string, string | null>();
  db.each('SELECT upnKey, displayName FROM users WHERE tenantKey = ?', [tenantKey], ([key, displayName]) =>
    names.set(String(key), typeof displayName === 'string' ? displayName : null),
  );
  return names;
}

function trimmed(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim();
}

function checked<T>(rule: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
  const parsed = v.safeParse(rule, value);
  if (parsed.success) return parsed.output;
  throw new LicenseError('invalidArgument', `Not ${what}: ${v.summarize(parsed.issues)}`);
}
