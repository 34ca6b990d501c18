import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { LicenseRecords } from '../../core/store/licenseRecords';
import type { Store } from '../../core/store/store';
import { moneyText } from '../host/formats';
import { isCalendarDate } from './licenseArguments';
import { chooseLicense, type ChosenLicense } from './licensePick';

/** A decision about a license as a person has taken it. */
export interface AskedDecision {
  readonly licenseId: string;
  readonly managed: boolean;
  readonly excluded: boolean;
  readonly reason: string | null;
  readonly until: string | null;
}

const wording = {
  unmanaged: {
    which: 'Manage which license, or stop managing it?',
    off: { label: 'Managed', detail: 'In every number and every list' },
    on: {
      label: 'Not managed',
      detail: 'Out of every number; reports say how many are hidden and what they cost',
    },
  },
  excludedFromAlerts: {
    which: 'Exclude which license from alerts, or include it again?',
    off: { label: 'Included in alerts', detail: 'Shortfalls and dates of this license are reported' },
    on: { label: 'Excluded from alerts', detail: 'Shown and counted, but causes no alert' },
  },
} as const;

/** Asks whether a license is managed or excluded from alerts, why, and until when. */
export async function askDecision(
  store: Pick<Store, 'query'>,
  records: Pick<LicenseRecords, 'licenseSettings'>,
  argument: unknown,
  about: keyof typeof wording,
): Promise<AskedDecision> {
  const words = wording[about];
  const { licenseId, name } = await chooseLicense(store, argument, words.which);
  const now = (await records.licenseSettings(licenseId)).decisions[about];
  const mark = (current: boolean): { description?: string } =>
    current ? { description: 'as it is now' } : {};
  const picked = await vscode.window.showQuickPick(
    [
      { ...words.off, ...mark(now === null), on: false },
      { ...words.on, ...mark(now !== null), on: true },
    ],
    { title: name, placeHolder: 'How does this license take part?' },
  );
  if (picked === undefined) throw new LicenseError('cancelled', 'Nothing was changed.');
  const answer = { licenseId, managed: !picked.on, excluded: picked.on };
  if (!picked.on) return { ...answer, reason: null, until: null };
  const reason = await ask({
    title: `${name}: ${picked.label}`,
    prompt: 'Why? Others will see it (optional)',
    value: now?.reason ?? '',
  });
  const until = await ask({
    title: `${name}: ${picked.label}`,
    prompt: 'Last day on which this holds, as YYYY-MM-DD (optional: empty means until changed)',
    value: now?.until ?? '',
    validateInput: (value) =>
      value.trim() === '' || isCalendarDate(value.trim()) ? undefined : 'Enter a day as YYYY-MM-DD.',
  });
  return { ...answer, reason: reason.trim() || null, until: until.trim() || null };
}

/** Asks which purchase of a license to remove, and whether really. */
export async function choosePurchase(
  store: Pick<Store, 'query'>,
  { licenseId, name }: ChosenLicense,
): Promise<string> {
  const rows = await store.query(
    `SELECT purchaseId, quantity, amountMinor, amountPer, currency, effectiveDate, endingDate
       FROM v_purchases WHERE licenseId = ? ORDER BY effectiveDate, purchaseId`,
    [licenseId],
  );
  if (rows.length === 0) throw new LicenseError('notFound', `${name} has no purchases.`);
  const picked = await vscode.window.showQuickPick(
    rows.map((row) => ({
      label: `${String(row['quantity'])} × ${moneyText(Number(row['amountMinor']), String(row['currency']))}`,
      description: row['amountPer'] === 'unit' ? 'each' : 'in total',
      detail: `${String(row['effectiveDate'])} to ${String(row['endingDate'] ?? 'further notice')}`,
      purchaseId: String(row['purchaseId']),
    })),
    { title: name, placeHolder: 'Remove which purchase?' },
  );
  if (picked === undefined) throw new LicenseError('cancelled', 'Nothing was removed.');
  const remove = 'Remove';
  const answer = await vscode.window.showWarningMessage(
    `Remove the purchase ${picked.label} ${picked.description}?`,
    { modal: true, detail: 'Prices, spend and findings are worked out anew. This can’t be undone.' },
    remove,
  );
  if (answer !== remove) throw new LicenseError('cancelled', 'Nothing was removed.');
  return picked.purchaseId;
}

async function ask(options: vscode.InputBoxOptions): Promise<string> {
  const answer = await vscode.window.showInputBox({ ...options, ignoreFocusOut: true });
  if (answer === undefined) throw new LicenseError('cancelled', 'Nothing was changed.');
  return answer;
}
