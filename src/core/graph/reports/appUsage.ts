import type { AppUsageRow } from '../../model/datasets';
import type { ReadingContext } from '../listing';
import { booleanCell, dateCell, nameCell } from './reportCells';
import type { UsageReport } from './usageReport';
import { readUsageReport } from './usageReport';

const apps = ['outlook', 'word', 'excel', 'powerPoint', 'oneNote', 'teams'] as const;

type AppUsageCells = Omit<AppUsageRow, 'apps'> & Readonly<Record<(typeof apps)[number], boolean | null>>;

const report: UsageReport<AppUsageRow, AppUsageCells> = {
  name: 'getM365AppUserDetail',
  period: 'D30',
  columns: {
    userPrincipalName: 'User Principal Name',
    lastActivationDate: 'Last Activation Date',
    lastActivityDate: 'Last Activity Date',
    windows: 'Windows',
    mac: 'Mac',
    mobile: 'Mobile',
    web: 'Web',
    outlook: 'Outlook',
    word: 'Word',
    excel: 'Excel',
    powerPoint: 'PowerPoint',
    oneNote: 'OneNote',
    teams: 'Teams',
  },
  keys: ['userPrincipalName'],
  cells: {
    userPrincipalName: nameCell,
    lastActivationDate: dateCell,
    lastActivityDate: dateCell,
    windows: booleanCell,
    mac: booleanCell,
    mobile: booleanCell,
    web: booleanCell,
    outlook: booleanCell,
    word: booleanCell,
    excel: booleanCell,
    powerPoint: booleanCell,
    oneNote: booleanCell,
    teams: booleanCell,
  },
  row: (cells) => ({
    userPrincipalName: cells.userPrincipalName,
    lastActivationDate: cells.lastActivationDate,
    lastActivityDate: cells.lastActivityDate,
    windows: cells.windows,
    mac: cells.mac,
    mobile: cells.mobile,
    web: cells.web,
    apps: apps.filter((app) => cells[app] === true),
  }),
};

/**
 * Reads on which platforms each user used Microsoft 365 Apps in the last 30 days.
 * @see https://learn.microsoft.com/graph/api/reportroot-getm365appuserdetail
 */
export function readAppUsage(context: ReadingContext): AsyncIterable<readonly AppUsageRow[]> {
  return readUsageReport(context, report);
}
