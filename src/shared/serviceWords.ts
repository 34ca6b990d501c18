import type { ActivityAge, ActivityPeriod } from './activityAges';
import type { RosterService } from './rosterFilter';

const serviceTitles: Readonly<Record<RosterService, string>> = {
  exchange: 'Exchange',
  outlook: 'Outlook',
  teams: 'Teams',
  oneDrive: 'OneDrive',
  sharePoint: 'SharePoint',
  yammer: 'Yammer',
  skypeForBusiness: 'Skype for Business',
  powerBi: 'Power BI',
  project: 'Project',
  visio: 'Visio',
  dynamics365: 'Dynamics 365',
};

const sourceTitles: Readonly<Record<string, string>> = {
  activeUserReport: 'Active users report',
  emailReport: 'Email activity report',
  mailboxReport: 'Mailbox usage report',
  oneDriveReport: 'OneDrive usage report',
  appUsageReport: 'Microsoft 365 Apps report',
  signIns: 'Sign-in log',
  signInActivity: 'Last sign-in of the account',
};

const ageTitles: Readonly<Record<ActivityAge, string>> = {
  d7: '0–7 days',
  d30: '8–30 days',
  d60: '31–60 days',
  d90: '61–90 days',
  d180: '91–180 days',
  older: 'Over 180 days',
  noUse: 'No use',
  unknown: 'Unknown',
};

const periodTitles: Readonly<Record<ActivityPeriod, string>> = {
  p7: '7 days',
  p30: '30 days',
  p90: '90 days',
  p180: '180 days',
  any: 'Any time',
};

/** A service by its name. */
export function serviceTitle(service: RosterService): string {
  return serviceTitles[service];
}

/** A source of activity for a person; one that is not known is shown as it is. */
export function sourceTitle(source: string): string {
  return sourceTitles[source] ?? source;
}

/** An age of the last use, as a column is headed. */
export function ageTitle(age: ActivityAge): string {
  return ageTitles[age];
}

/** A period of active users, as a column is headed. */
export function periodTitle(period: ActivityPeriod): string {
  return periodTitles[period];
}
