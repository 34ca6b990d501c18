import type { ActivitySignal, ActivitySource, Application } from './evaluation';

/*
 * Sources and subjects of evidence as bits: verdicts of 100,000 users are set operations on small sets, and
 * numbers need no allocation.
 */

/** One bit per source. */
export const sourceBit: Readonly<Record<ActivitySource, number>> = {
  signInActivity: 1,
  activeUserReport: 2,
  emailReport: 4,
  appUsageReport: 8,
  mailboxReport: 16,
  oneDriveReport: 32,
  signIns: 64,
};

/** All sources, in a fixed order. */
export const allSources = Object.keys(sourceBit) as readonly ActivitySource[];

/** Sign-in data: the only evidence there is of guests. */
export const signInSources = sourceBit.signInActivity | sourceBit.signIns;

/** What a signal speaks of: an application, the Office apps, or the account as a whole. */
export const subjectBit: Readonly<Record<Application | 'officeApps' | 'account', number>> = {
  dynamics365: 1,
  exchange: 2,
  teams: 4,
  oneDrive: 8,
  outlook: 16,
  powerBi: 32,
  project: 64,
  sharePoint: 128,
  skypeForBusiness: 256,
  visio: 512,
  yammer: 1024,
  officeApps: 2048,
  account: 4096,
};

/** Applications that the Office 365 active users report covers. */
const activeUserSubjects =
  subjectBit.exchange |
  subjectBit.oneDrive |
  subjectBit.sharePoint |
  subjectBit.skypeForBusiness |
  subjectBit.teams |
  subjectBit.yammer;

/** Applications whose use only the sign-in log shows. */
const signInSubjects = subjectBit.dynamics365 | subjectBit.powerBi | subjectBit.project | subjectBit.visio;

const subjectOfReport: Readonly<Record<ActivitySource, number>> = {
  signInActivity: subjectBit.account,
  activeUserReport: subjectBit.account,
  emailReport: subjectBit.outlook,
  appUsageReport: subjectBit.officeApps,
  mailboxReport: subjectBit.exchange,
  oneDriveReport: subjectBit.oneDrive,
  signIns: subjectBit.account,
};

/** The subject of a signal; a report about one service speaks of it even if the signal names none. */
export function subjectOf(signal: ActivitySignal): number {
  if (signal.source === 'appUsageReport') return subjectBit.officeApps;
  return signal.application === null ? subjectOfReport[signal.source] : subjectBit[signal.application];
}

/** The sources that must have spoken before "no use" may be said of these subjects. */
export function sourcesNeededFor(subjects: number): number {
  let needed = 0;
  if (subjects & activeUserSubjects) needed |= sourceBit.activeUserReport;
  if (subjects & subjectBit.outlook) needed |= sourceBit.emailReport;
  if (subjects & signInSubjects) needed |= sourceBit.signIns;
  // Within a suite the Office apps are a bonus signal; in a license of the apps alone they are the whole service.
  if (subjects & subjectBit.officeApps && !(subjects & (subjectBit.exchange | subjectBit.teams))) {
    needed |= sourceBit.appUsageReport;
  }
  return needed;
}

/** Subjects that together cover ordinary office work. */
const suiteParts = [
  subjectBit.exchange,
  subjectBit.teams,
  subjectBit.sharePoint,
  subjectBit.oneDrive,
  subjectBit.officeApps,
];

/** A license with at least three parts of ordinary office work (mail, Teams, SharePoint, OneDrive, Office apps). */
export function isSuite(subjects: number): boolean {
  let parts = 0;
  for (const part of suiteParts) if (subjects & part) parts += 1;
  return parts >= 3;
}

/** True when at least two bits are set. */
export function isSeveral(bits: number): boolean {
  return (bits & (bits - 1)) !== 0;
}
