import type { ActivationRow } from '../../model/datasets';
import type { ReadingContext } from '../listing';
import { booleanCell, countCell, dateCell, nameCell } from './reportCells';
import type { UsageReport } from './usageReport';
import { readUsageReport } from './usageReport';

const report: UsageReport<ActivationRow> = {
  name: 'getOffice365ActivationsUserDetail',
  period: null,
  columns: {
    userPrincipalName: 'User Principal Name',
    productType: 'Product Type',
    lastActivatedDate: 'Last Activated Date',
    windows: 'Windows',
    mac: 'Mac',
    windows10Mobile: 'Windows 10 Mobile',
    ios: 'iOS',
    android: 'Android',
    sharedComputer: 'Activated On Shared Computer',
  },
  keys: ['userPrincipalName', 'productType'],
  cells: {
    userPrincipalName: nameCell,
    productType: nameCell,
    lastActivatedDate: dateCell,
    windows: countCell,
    mac: countCell,
    windows10Mobile: countCell,
    ios: countCell,
    android: countCell,
    sharedComputer: booleanCell,
  },
};

/**
 * Reads the activations of desktop and mobile products, one row per user and product; all-time, not a period.
 * @see https://learn.microsoft.com/graph/api/reportroot-getoffice365activationsuserdetail
 */
export function readActivations(context: ReadingContext): AsyncIterable<readonly ActivationRow[]> {
  return readUsageReport(context, report);
}
