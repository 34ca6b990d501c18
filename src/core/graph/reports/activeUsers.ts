import type { ActiveUserRow } from '../../model/datasets';
import type { ReadingContext } from '../listing';
import { booleanCell, dateCell, nameCell } from './reportCells';
import type { UsageReport } from './usageReport';
import { readUsageReport } from './usageReport';

const report: UsageReport<ActiveUserRow> = {
  name: 'getOffice365ActiveUserDetail',
  period: 'D30',
  columns: {
    userPrincipalName: 'User Principal Name',
    isDeleted: 'Is Deleted',
    exchangeLastActivityDate: 'Exchange Last Activity Date',
    oneDriveLastActivityDate: 'OneDrive Last Activity Date',
    sharePointLastActivityDate: 'SharePoint Last Activity Date',
    skypeForBusinessLastActivityDate: 'Skype For Business Last Activity Date',
    yammerLastActivityDate: 'Yammer Last Activity Date',
    teamsLastActivityDate: 'Teams Last Activity Date',
    hasExchangeLicense: 'Has Exchange License',
    hasOneDriveLicense: 'Has OneDrive License',
    hasSharePointLicense: 'Has SharePoint License',
    hasSkypeForBusinessLicense: 'Has Skype For Business License',
    hasYammerLicense: 'Has Yammer License',
    hasTeamsLicense: 'Has Teams License',
  },
  keys: ['userPrincipalName'],
  cells: {
    userPrincipalName: nameCell,
    isDeleted: booleanCell,
    exchangeLastActivityDate: dateCell,
    oneDriveLastActivityDate: dateCell,
    sharePointLastActivityDate: dateCell,
    skypeForBusinessLastActivityDate: dateCell,
    yammerLastActivityDate: dateCell,
    teamsLastActivityDate: dateCell,
    hasExchangeLicense: booleanCell,
    hasOneDriveLicense: booleanCell,
    hasSharePointLicense: booleanCell,
    hasSkypeForBusinessLicense: booleanCell,
    hasYammerLicense: booleanCell,
    hasTeamsLicense: booleanCell,
  },
};

/**
 * Reads each user's last activity in Exchange, OneDrive, SharePoint, Skype for Business, Yammer and Teams.
 * @see https://learn.microsoft.com/graph/api/reportroot-getoffice365activeuserdetail
 */
export function readActiveUsers(context: ReadingContext): AsyncIterable<readonly ActiveUserRow[]> {
  return readUsageReport(context, report);
}
