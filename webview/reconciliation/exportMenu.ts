import type { ReconciliationTab, ReconciliationTable } from '../../src/shared/reconciliationContract';
import type { MenuEntry } from '../common/menu';

/** What a row of an exported table is called. */
export const rowWords: Readonly<Record<ReconciliationTable, string>> = {
  licenses: 'license',
  findings: 'finding',
  chart: 'license',
  savings: 'line',
  tenants: 'tenant',
  spend: 'line',
};

/** What can be exported of a part of the page: its table as shown or with all columns, or one of its tables. */
export function exportEntries(
  tab: ReconciliationTab,
  onExport: (table: ReconciliationTable, allColumns: boolean) => void,
): readonly MenuEntry[] {
  const entry = (label: string, icon: string, table: ReconciliationTable, all: boolean): MenuEntry => ({
    kind: 'item',
    label,
    icon,
    onClick: () => onExport(table, all),
  });
  if (tab !== 'overview') {
    return [entry('As Shown', 'table', tab, false), entry('All Columns', 'list-flat', tab, true)];
  }
  return [
    entry('Seats and Units by License', 'table', 'chart', false),
    entry('Savings Found, by Reason', 'table', 'savings', false),
    entry('All Licenses, All Columns', 'list-flat', 'licenses', true),
  ];
}
