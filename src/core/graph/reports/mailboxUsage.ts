import type { MailboxUsageRow } from '../../model/datasets';
import type { ReadingContext } from '../listing';
import { booleanCell, countCell, dateCell, nameCell, textCell } from './reportCells';
import type { UsageReport } from './usageReport';
import { readUsageReport } from './usageReport';

const report: UsageReport<MailboxUsageRow> = {
  name: 'getMailboxUsageDetail',
  period: 'D30',
  columns: {
    userPrincipalName: 'User Principal Name',
    displayName: 'Display Name',
    isDeleted: 'Is Deleted',
    createdDate: 'Created Date',
    lastActivityDate: 'Last Activity Date',
    itemCount: 'Item Count',
    storageUsedBytes: 'Storage Used (Byte)',
    hasArchive: 'Has Archive',
    recipientType: 'Recipient Type',
  },
  keys: ['userPrincipalName'],
  cells: {
    userPrincipalName: nameCell,
    displayName: textCell,
    isDeleted: booleanCell,
    createdDate: dateCell,
    lastActivityDate: dateCell,
    itemCount: countCell,
    storageUsedBytes: countCell,
    hasArchive: booleanCell,
    recipientType: textCell,
  },
};

/**
 * Reads the mailboxes, shared ones and rooms among them, with their size.
 * @see https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail
 */
export function readMailboxUsage(context: ReadingContext): AsyncIterable<readonly MailboxUsageRow[]> {
  return readUsageReport(context, report);
}
