import type { OneDriveUsageRow } from '../../model/datasets';
import type { ReadingContext } from '../listing';
import { booleanCell, countCell, dateCell, nameCell, textCell } from './reportCells';
import type { UsageReport } from './usageReport';
import { readUsageReport } from './usageReport';

const report: UsageReport<OneDriveUsageRow> = {
  name: 'getOneDriveUsageAccountDetail',
  period: 'D30',
  columns: {
    ownerPrincipalName: 'Owner Principal Name',
    siteId: 'Site Id',
    isDeleted: 'Is Deleted',
    lastActivityDate: 'Last Activity Date',
    fileCount: 'File Count',
    activeFileCount: 'Active File Count',
    storageUsedBytes: 'Storage Used (Byte)',
    storageAllocatedBytes: 'Storage Allocated (Byte)',
  },
  keys: ['ownerPrincipalName'],
  namelessLines: true,
  cells: {
    ownerPrincipalName: nameCell,
    siteId: textCell,
    isDeleted: booleanCell,
    lastActivityDate: dateCell,
    fileCount: countCell,
    activeFileCount: countCell,
    storageUsedBytes: countCell,
    storageAllocatedBytes: countCell,
  },
};

/**
 * Reads the OneDrive sites, one row per site. Sites whose owner is gone have no owner name and are left out.
 * @see https://learn.microsoft.com/graph/api/reportroot-getonedriveusageaccountdetail
 */
export function readOneDriveUsage(context: ReadingContext): AsyncIterable<readonly OneDriveUsageRow[]> {
  return readUsageReport(context, report);
}
