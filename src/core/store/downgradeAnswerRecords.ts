import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import type { DowngradeAnswers } from '../model/downgrade';
import type { LicenseKey } from './licenseKey';
import type { LicenseDowngradeAnswers } from './licenseRecords';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlRow } from './store';

const separator = '; ';
const answersRule = v.object({
  notNeeded: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w .+-]{1,100}$/))), v.maxLength(500)),
  frontline: v.boolean(),
  noHolds: v.boolean(),
});

/** Keeps what a person said; nothing said is nothing kept. @throws `invalidArgument` */
export function writeDowngradeAnswers(
  db: SqlDatabase,
  key: LicenseKey,
  answers: LicenseDowngradeAnswers,
): void {
  const parsed = v.safeParse(answersRule, answers);
  if (!parsed.success) {
    throw new LicenseError('invalidArgument', `Not answers: ${v.summarize(parsed.issues)}`);
  }
  const { frontline, noHolds } = parsed.output;
  const notNeeded = [...new Set(parsed.output.notNeeded)].sort();
  const ids = [key.tenantKey, key.productKey];
  if (notNeeded.length === 0 && !frontline && !noHolds) {
    db.run('DELETE FROM downgradeAnswers WHERE tenantKey = ? AND productKey = ?', ids);
    return;
  }
  db.run('INSERT OR REPLACE INTO downgradeAnswers VALUES (?, ?, ?, ?, ?)', [
    ...ids,
    notNeeded.join(separator),
    Number(frontline),
    Number(noHolds),
  ]);
}

/** What was said, from columns of `downgradeAnswers`; undefined where nobody said anything. */
export function downgradeAnswersOf(row: SqlRow): DowngradeAnswers | undefined {
  if (typeof row.notNeeded !== 'string') return undefined;
  const names = row.notNeeded === '' ? [] : row.notNeeded.split(separator);
  return { notNeeded: new Set(names), frontline: row.frontline === 1, noHolds: row.noHolds === 1 };
}
