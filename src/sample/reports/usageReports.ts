import type { Report } from './report';
import { rowObject } from './report';
import { newest, workloadsOf } from './workloads';

const gigabyte = 1024 * 1024 * 1024;
const split = (header: string): readonly string[] => header.split(',');

/** @see https://learn.microsoft.com/graph/api/reportroot-getoffice365activationsuserdetail */
const activations: Report = {
  name: 'getOffice365ActivationsUserDetail',
  parameters: 'none',
  columns: split(
    'Report Refresh Date,User Principal Name,Display Name,Product Type,Last Activated Date,Windows,Mac,Windows 10 Mobile,iOS,Android,Activated On Shared Computer',
  ),
  rows: (subject) => {
    const { services, user } = subject;
    const { activity } = user;
    if (!activity.inReports) return [];
    const activated = activity.report >= 0;
    const row = (product: string, salt: number, mobile: boolean) => [
      subject.refreshDate,
      subject.principalName,
      subject.displayName,
      product,
      activated
        ? subject.date(activity.report + subject.number(salt, 0, Math.min(200, activity.created)))
        : null,
      activated ? subject.number(salt + 1, 0, 2) : 0,
      activated && subject.number(salt + 2, 0, 5) === 0 ? 1 : 0,
      0,
      activated && mobile ? subject.number(salt + 3, 0, 1) : 0,
      activated && mobile ? subject.number(salt + 4, 0, 1) : 0,
      subject.number(salt + 5, 0, 30) === 0,
    ];
    return [
      ...(services.apps ? [row('MICROSOFT 365 APPS FOR ENTERPRISE', 701, true)] : []),
      ...(services.visio ? [row('Visio Client', 711, false)] : []),
      ...(services.project ? [row('Project Client', 721, false)] : []),
    ];
  },
  json: (rows, report) => {
    const first = rows[0];
    if (!first) return [];
    const counts = rows.map((row) => rowObject(report.columns.slice(3), row.slice(3)));
    return [{ ...rowObject(report.columns.slice(0, 3), first), userActivationCounts: counts }];
  },
};

const appNames = ['Outlook', 'Word', 'Excel', 'PowerPoint', 'OneNote', 'Teams'];
const platforms = ['Windows', 'Mac', 'Mobile', 'Web'];
const appMatrix = [
  ...platforms,
  ...appNames,
  ...platforms.flatMap((platform) => appNames.map((app) => `${app} (${platform})`)),
];

/** @see https://learn.microsoft.com/graph/api/reportroot-getm365appuserdetail */
const appUsage: Report = {
  name: 'getM365AppUserDetail',
  parameters: 'periodOrDate',
  columns: [
    ...split('Report Refresh Date,User Principal Name,Last Activation Date,Last Activity Date,Report Period'),
    ...appMatrix,
  ],
  yesNo: new Set(appMatrix),
  lastUse: (subject) => workloadsOf(subject).apps,
  rows: (subject) => {
    const { services, user } = subject;
    if (!user.activity.inReports || !services.apps) return [];
    const { apps } = workloadsOf(subject);
    const used = subject.within(apps);
    const onPlatform = platforms.map(
      (_, p) => used && subject.number(731 + p, 0, [1, 5, 2, 1][p] ?? 1) === 0,
    );
    // Somebody who used the apps did so somewhere.
    if (used && !onPlatform.includes(true)) onPlatform[3] = true;
    const cells = onPlatform.flatMap((on, p) =>
      appNames.map((_, a) => on && (a === 0 || subject.number(741 + p * 6 + a, 0, 2) > 0)),
    );
    const byApp = appNames.map((_, a) => platforms.some((_p, p) => cells[p * 6 + a] === true));
    return [
      [
        subject.refreshDate,
        subject.principalName,
        apps >= 0 ? subject.date(apps + subject.number(739, 0, 150)) : null,
        subject.date(apps),
        subject.request.periodText,
        ...onPlatform,
        ...byApp,
        ...cells,
      ],
    ];
  },
  json: (rows, report) =>
    rows.map((row) => ({
      ...rowObject(report.columns.slice(0, 4), row.slice(0, 4)),
      details: [{ reportPeriod: Number(row[4]), ...rowObject(report.columns.slice(5), row.slice(5)) }],
    })),
};

/** @see https://learn.microsoft.com/graph/api/reportroot-getonedriveusageaccountdetail */
const oneDrive: Report = {
  name: 'getOneDriveUsageAccountDetail',
  parameters: 'periodOrDate',
  columns: split(
    'Report Refresh Date,Site Id,Site URL,Owner Display Name,Is Deleted,Last Activity Date,File Count,Active File Count,Storage Used (Byte),Storage Allocated (Byte),Owner Principal Name,Report Period',
  ),
  lastUse: (subject) => workloadsOf(subject).oneDrive,
  rows: (subject) => {
    const { services, user, request, deleted, directory } = subject;
    if (!user.activity.inReports || !services.sharePoint) return [];
    const day = workloadsOf(subject).oneDrive;
    const files = day < 0 ? 0 : subject.number(751, 3, 4000);
    const alias = user.userPrincipalName.replace(/[@.#]/g, '_');
    return [
      [
        subject.refreshDate,
        request.concealed ? '00000000-0000-0000-0000-000000000000' : directory.siteId(user.index),
        request.concealed ? '' : `https://contoso-my.sharepoint.example/personal/${alias}`,
        subject.displayName,
        deleted,
        subject.date(day),
        files,
        Math.min(files, subject.count(day, 752, 60)),
        files * subject.number(753, 200_000, 3_000_000),
        1024 * gigabyte,
        // A site whose owner is gone has no owner name.
        user.kind === 'leaver' && subject.number(754, 0, 1) === 0 ? '' : subject.principalName,
        request.periodText,
      ],
    ];
  },
};

/** @see https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail */
const mailboxes: Report = {
  name: 'getMailboxUsageDetail',
  parameters: 'period',
  columns: split(
    'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Created Date,Last Activity Date,Item Count,Storage Used (Byte),Issue Warning Quota (Byte),Prohibit Send Quota (Byte),Prohibit Send/Receive Quota (Byte),Deleted Item Count,Deleted Item Size (Byte),Deleted Item Quota (Byte),Has Archive,Recipient Type,Report Period',
  ),
  rows: (subject) => {
    const { services, user } = subject;
    const recipientType = { shared: 'Shared', room: 'Room', equipment: 'Equipment' }[user.kind as 'shared'];
    if (!user.activity.inReports || (recipientType === undefined && !services.exchange)) return [];
    const day = workloadsOf(subject).exchange;
    const items = day < 0 ? 0 : subject.number(761, 40, 60_000);
    const quota = recipientType === undefined ? 100 : 50;
    const deletedItems = Math.floor(items / 20);
    return [
      [
        subject.refreshDate,
        subject.principalName,
        subject.displayName,
        subject.deleted,
        subject.deletedDate,
        subject.date(user.activity.created),
        subject.date(day),
        items,
        items * subject.number(762, 30_000, 200_000),
        Math.floor(quota * 0.98 * gigabyte),
        Math.floor(quota * 0.99 * gigabyte),
        quota * gigabyte,
        deletedItems,
        deletedItems * 60_000,
        30 * gigabyte,
        subject.number(763, 0, 9) === 0,
        recipientType ?? 'User',
        subject.request.periodText,
      ],
    ];
  },
};

/** The reports of the roster. */
export const rosterReports: readonly Report[] = [activations, appUsage, oneDrive, mailboxes];

/** The newest use that any workload report shows. */
export const anyUse: NonNullable<Report['lastUse']> = (subject) => {
  const days = workloadsOf(subject);
  return newest(days.exchange, days.oneDrive, days.sharePoint, days.teams, days.yammer);
};
