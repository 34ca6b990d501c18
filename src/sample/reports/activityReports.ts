import type { Report } from './report';
import type { ReportSubject } from './reportRow';
import { anyUse } from './usageReports';
import { workloadsOf } from './workloads';

const split = (header: string): readonly string[] => header.split(',');

/** In the activity reports is who has a license for a service, and who had one until lately. */
function isListed(subject: ReportSubject): boolean {
  const { user, deleted, services } = subject;
  if (!user.activity.inReports) return false;
  return deleted || services.exchange || services.teams || services.sharePoint;
}

const who = (subject: ReportSubject) => [subject.refreshDate, subject.principalName] as const;

/** @see https://learn.microsoft.com/graph/api/reportroot-getoffice365activeuserdetail */
const activeUsers: Report = {
  name: 'getOffice365ActiveUserDetail',
  parameters: 'periodOrDate',
  columns: split(
    'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Has Exchange License,Has OneDrive License,Has SharePoint License,Has Skype For Business License,Has Yammer License,Has Teams License,Exchange Last Activity Date,OneDrive Last Activity Date,SharePoint Last Activity Date,Skype For Business Last Activity Date,Yammer Last Activity Date,Teams Last Activity Date,Exchange License Assign Date,OneDrive License Assign Date,SharePoint License Assign Date,Skype For Business License Assign Date,Yammer License Assign Date,Teams License Assign Date,Assigned Products',
  ),
  withDeleted: true,
  lastUse: anyUse,
  rows: (subject) => {
    if (!isListed(subject)) return [];
    const { services, user } = subject;
    const days = workloadsOf(subject);
    const has = subject.deleted
      ? [false, false, false, false, false, false]
      : [
          services.exchange,
          services.sharePoint,
          services.sharePoint,
          services.skype,
          services.yammer,
          services.teams,
        ];
    const assigned = subject.date(Math.min(user.activity.created, subject.number(771, 20, 700)));
    return [
      [
        ...who(subject),
        subject.displayName,
        subject.deleted,
        subject.deletedDate,
        ...has,
        subject.date(days.exchange),
        subject.date(days.oneDrive),
        subject.date(days.sharePoint),
        subject.date(days.skype),
        subject.date(days.yammer),
        subject.date(days.teams),
        ...has.map((licensed) => (licensed ? assigned : null)),
        subject.products,
      ],
    ];
  },
};

/** @see https://learn.microsoft.com/graph/api/reportroot-getemailactivityuserdetail */
const email: Report = {
  name: 'getEmailActivityUserDetail',
  parameters: 'periodOrDate',
  columns: split(
    'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Send Count,Receive Count,Read Count,Meeting Created Count,Meeting Interacted Count,Assigned Products,Report Period',
  ),
  withDeleted: true,
  lastUse: (subject) => workloadsOf(subject).exchange,
  rows: (subject) => {
    if (!isListed(subject) || !(subject.services.exchange || subject.deleted)) return [];
    const day = workloadsOf(subject).exchange;
    const count = (salt: number, perMonth: number): number => subject.count(day, salt, perMonth);
    return [
      [
        ...who(subject),
        subject.displayName,
        subject.deleted,
        subject.deletedDate,
        subject.date(day),
        count(781, 160),
        count(782, 900),
        count(783, 700),
        count(784, 12),
        count(785, 60),
        subject.products,
        subject.request.periodText,
      ],
    ];
  },
};

/** @see https://learn.microsoft.com/graph/api/reportroot-getteamsuseractivityuserdetail */
const teams: Report = {
  name: 'getTeamsUserActivityUserDetail',
  parameters: 'periodOrDate',
  columns: split(
    'Report Refresh Date,User Id,User Principal Name,Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Meetings Organized Count,Meetings Attended Count,Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,Scheduled One-time Meetings Organized Count,Scheduled One-time Meetings Attended Count,Scheduled Recurring Meetings Organized Count,Scheduled Recurring Meetings Attended Count,Audio Duration,Video Duration,Screen Share Duration,Audio Duration In Seconds,Video Duration In Seconds,Screen Share Duration In Seconds,Has Other Action,Urgent Messages,Post Messages,Tenant Display Name,Shared Channel Tenant Display Names,Reply Messages,Is Licensed,Report Period',
  ),
  yesNo: new Set(['Has Other Action', 'Is Licensed']),
  withDeleted: true,
  lastUse: (subject) => workloadsOf(subject).teams,
  rows: (subject) => {
    if (!isListed(subject) || !(subject.services.teams || subject.deleted)) return [];
    const day = workloadsOf(subject).teams;
    const count = (salt: number, perMonth: number): number => subject.count(day, salt, perMonth);
    const organized = count(795, 10);
    const attended = count(796, 50);
    const seconds = [count(797, 90_000), count(798, 40_000), count(799, 9000)];
    return [
      [
        subject.refreshDate,
        subject.userId,
        subject.principalName,
        subject.date(day),
        subject.deleted,
        subject.deletedDate,
        subject.products,
        count(791, 60),
        count(792, 600),
        count(793, 20),
        organized + attended,
        organized,
        attended,
        ...[0, 0, organized, attended, 0, 0],
        ...seconds.map(duration),
        ...seconds,
        subject.within(day) && subject.number(794, 0, 3) === 0,
        0,
        count(800, 15),
        subject.directory.tenantName,
        '',
        count(801, 20),
        !subject.deleted,
        subject.request.periodText,
      ],
    ];
  },
};

function duration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const text = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds % 60 ? `${seconds % 60}S` : ''}`;
  return `PT${text || '0S'}`;
}

/** @see https://learn.microsoft.com/graph/api/reportroot-getsharepointactivityuserdetail */
const sharePoint: Report = {
  name: 'getSharePointActivityUserDetail',
  parameters: 'periodOrDate',
  columns: split(
    'Report Refresh Date,User Principal Name,Is Deleted,Deleted Date,Last Activity Date,Viewed Or Edited File Count,Synced File Count,Shared Internally File Count,Shared Externally File Count,Visited Page Count,Assigned Products,Report Period',
  ),
  withDeleted: true,
  lastUse: (subject) => workloadsOf(subject).sharePoint,
  rows: (subject) => {
    if (!isListed(subject) || !(subject.services.sharePoint || subject.deleted)) return [];
    const day = workloadsOf(subject).sharePoint;
    const count = (salt: number, perMonth: number): number => subject.count(day, salt, perMonth);
    return [
      [
        ...who(subject),
        subject.deleted,
        subject.deletedDate,
        subject.date(day),
        count(811, 90),
        count(812, 200),
        count(813, 8),
        count(814, 2),
        count(815, 60),
        subject.products,
        subject.request.periodText,
      ],
    ];
  },
};

/** @see https://learn.microsoft.com/graph/api/reportroot-getyammeractivityuserdetail */
const yammer: Report = {
  name: 'getYammerActivityUserDetail',
  parameters: 'periodOrDate',
  columns: split(
    'Report Refresh Date,User Principal Name,Display Name,User State,State Change Date,Last Activity Date,Posted Count,Read Count,Liked Count,Assigned Products,Report Period',
  ),
  lastUse: (subject) => workloadsOf(subject).yammer,
  rows: (subject) => {
    if (!isListed(subject) || !subject.services.yammer) return [];
    const day = workloadsOf(subject).yammer;
    const count = (salt: number, perMonth: number): number => subject.count(day, salt, perMonth);
    return [
      [
        ...who(subject),
        subject.displayName,
        day < 0 ? '' : 'active',
        subject.date(subject.user.activity.created),
        subject.date(day),
        count(821, 6),
        count(822, 80),
        count(823, 20),
        subject.products,
        subject.request.periodText,
      ],
    ];
  },
};

/** The reports of application access. */
export const activityReports: readonly Report[] = [activeUsers, email, teams, sharePoint, yammer];
