import type { EmailActivityRow } from '../../model/datasets';
import type { ReadingContext } from '../listing';
import { booleanCell, countCell, dateCell, nameCell } from './reportCells';
import type { UsageReport } from './usageReport';
import { readUsageReport } from './usageReport';

const report: UsageReport<EmailActivityRow> = {
  name: 'getEmailActivityUserDetail',
  period: 'D30',
  columns: {
    userPrincipalName: 'User Principal Name',
    isDeleted: 'Is Deleted',
    lastActivityDate: 'Last Activity Date',
    sendCount: 'Send Count',
    receiveCount: 'Receive Count',
    readCount: 'Read Count',
  },
  keys: ['userPrincipalName'],
  cells: {
    userPrincipalName: nameCell,
    isDeleted: booleanCell,
    lastActivityDate: dateCell,
    sendCount: countCell,
    receiveCount: countCell,
    readCount: countCell,
  },
};

/**
 * Reads each user's email activity of the last 30 days.
 * @see https://learn.microsoft.com/graph/api/reportroot-getemailactivityuserdetail
 */
export function readEmailActivity(context: ReadingContext): AsyncIterable<readonly EmailActivityRow[]> {
  return readUsageReport(context, report);
}
