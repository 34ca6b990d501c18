import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import { addDays, dayNumber } from '../model/calendarDate';
import type { LifecycleStatus } from '../model/lifecycle';
import type { EntitlementLimit } from '../model/purchases';
import type { LicenseKey } from './licenseKey';
import type { LicenseSettings } from './licenseRecords';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';
import { decisionsOf } from './tenantLicenses';

const optionalText = v.nullable(v.pipe(v.string(), v.maxLength(4000)));
const date = v.nullable(v.pipe(v.string(), v.check(isDate, 'not a date')));
const decision = v.nullable(v.object({ reason: optionalText, until: date }));
const days = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730)));

/** What settings of a license must be; the words of `model/lifecycle.ts` and `model/purchases.ts`. */
const settingsRule = v.object({
  lifecycleStatus: v.picklist(['active', 'inStock', 'purchased', 'received', 'retired']),
  decisions: v.object({ unmanaged: decision, excludedFromAlerts: decision }),
  terms: v.object({
    limit: v.picklist(['asPurchased', 'unlimited', 'subjectToTrueUp']),
    buffer: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000)),
    administrator: optionalText,
    note: optionalText,
  }),
  inactivityDays: days,
  graceDays: days,
  noticeDays: days,
  name: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
});

/** What is kept about a license; what nobody has said anything about has the defaults. */
export function readLicenseSettings(db: SqlDatabase, key: LicenseKey): LicenseSettings {
  const [row = {}] = db.rows('SELECT * FROM licenseManagement WHERE tenantKey = ? AND productKey = ?', [
    key.tenantKey,
    key.productKey,
  ]);
  const text = (column: string): string | null =>
    typeof row[column] === 'string' ? String(row[column]) : null;
  const number = (column: string): number | null =>
    typeof row[column] === 'number' ? Number(row[column]) : null;
  return {
    lifecycleStatus: (text('lifecycleStatus') ?? 'active') as LifecycleStatus,
    decisions: decisionsOf(row),
    terms: {
      limit: (text('entitlementLimit') ?? 'asPurchased') as EntitlementLimit,
      buffer: number('buffer') ?? 0,
      administrator: text('administrator'),
      note: text('note'),
    },
    inactivityDays: number('inactivityDays'),
    graceDays: number('graceDays'),
    noticeDays: number('noticeDays'),
    name: text('givenName'),
  };
}

/**
 * Changes what is given.
 * @returns whether the change makes other verdicts
 * @throws `invalidArgument` for values that break a rule
 */
export function writeLicenseSettings(
  db: SqlDatabase,
  key: LicenseKey,
  changes: Partial<LicenseSettings>,
): boolean {
  const before = readLicenseSettings(db, key);
  const parsed = v.safeParse(settingsRule, { ...before, ...withoutUndefined(changes) });
  if (!parsed.success) {
    throw new LicenseError('invalidArgument', `Not settings of a license: ${v.summarize(parsed.issues)}`);
  }
  const { lifecycleStatus, decisions, terms, inactivityDays, graceDays, noticeDays, name } = parsed.output;
  const { unmanaged, excludedFromAlerts } = decisions;
  const cells: Record<string, SqlValue> = {
    lifecycleStatus,
    managed: unmanaged === null ? 1 : 0,
    unmanagedReason: unmanaged?.reason ?? null,
    unmanagedUntil: unmanaged?.until ?? null,
    withoutAlerts: excludedFromAlerts === null ? 0 : 1,
    alertsReason: excludedFromAlerts?.reason ?? null,
    alertsUntil: excludedFromAlerts?.until ?? null,
    entitlementLimit: terms.limit,
    buffer: terms.buffer,
    administrator: terms.administrator,
    note: terms.note,
    inactivityDays,
    graceDays,
    noticeDays,
    givenName: name,
  };
  const names = Object.keys(cells);
  db.run(
    `INSERT OR REPLACE INTO licenseManagement (tenantKey, productKey, ${names.join(', ')})
     VALUES (?, ?, ${names.map(() => '?').join(', ')})`,
    [key.tenantKey, key.productKey, ...Object.values(cells)],
  );
  return before.inactivityDays !== inactivityDays || before.graceDays !== graceDays;
}

function withoutUndefined(changes: Partial<LicenseSettings>): Partial<LicenseSettings> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayNumber(text)) && addDays(text, 0) === text;
}
