import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { PatternField } from '../../core/model/accountMarks';
import type { Store } from '../../core/store/store';
import { markTitle } from '../../shared/markWords';
import { nothingChanged } from './markPrompts';

interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
}

/**
 * Asks which marks of single accounts to take away; those of accounts that are gone are among them.
 * @param shownStore as screens see it, for what the list says
 * @returns user principal names
 */
export async function chooseMarks(
  store: Pick<Store, 'query'>,
  shownStore: Pick<Store, 'query'>,
  { tenantId, displayName }: Tenant,
): Promise<readonly string[]> {
  const sql =
    'SELECT * FROM v_account_marks WHERE tenantId = ? ORDER BY userPrincipalName COLLATE NOCASE, markedAt';
  const [rows, shown] = await Promise.all([store.query(sql, [tenantId]), shownStore.query(sql, [tenantId])]);
  if (rows.length === 0) {
    throw new LicenseError('notFound', `No account of ${displayName} was marked by itself.`);
  }
  const picked = await vscode.window.showQuickPick(
    rows.map((row, index) => ({
      label: String(shown[index]?.['userPrincipalName'] ?? row['userPrincipalName']),
      description: markTitle(String(row['markedAs'])),
      detail: [row['markReason'], row['userId'] === null ? 'no longer (or not yet) in the data' : null]
        .filter((text) => typeof text === 'string')
        .join(' · '),
      name: String(row['userPrincipalName']),
    })),
    {
      title: `${displayName}: Remove Marks`,
      placeHolder: 'Remove which marks? Patterns stay.',
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined || picked.length === 0) throw nothingChanged();
  return picked.map(({ name }) => name);
}

/** Asks which pattern to take away. */
export async function choosePattern(
  store: Pick<Store, 'query'>,
  { tenantId, displayName }: Tenant,
): Promise<{ readonly tenantId: string; readonly field: PatternField; readonly pattern: string }> {
  const rows = await store.query(
    `SELECT p.field, p.pattern, p.markedAs, p.markReason,
            (SELECT count(*) FROM v_users u WHERE u.tenantId = p.tenantId AND u.markPattern = p.pattern) AS users
       FROM v_account_patterns p WHERE p.tenantId = ? ORDER BY p.pattern, p.field`,
    [tenantId],
  );
  if (rows.length === 0) throw new LicenseError('notFound', `${displayName} has no patterns of accounts.`);
  const picked = await vscode.window.showQuickPick(
    rows.map((row) => ({
      label: String(row['pattern']),
      description: `${markTitle(String(row['markedAs']))} · ${String(row['users'])} marked`,
      detail: [
        row['field'] === 'displayName' ? 'compared with the display name' : null,
        typeof row['markReason'] === 'string' ? row['markReason'] : null,
      ]
        .filter((text) => text !== null)
        .join(' · '),
      field: patternField(row['field']),
      pattern: String(row['pattern']),
    })),
    { title: `${displayName}: Remove a Pattern`, placeHolder: 'Its accounts are judged as people again.' },
  );
  if (picked === undefined) throw nothingChanged();
  return { tenantId, field: picked.field, pattern: picked.pattern };
}

function patternField(value: unknown): PatternField {
  return value === 'displayName' ? 'displayName' : 'userPrincipalName';
}
