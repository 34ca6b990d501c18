import type { CheckVerdict } from '../../src/shared/doctorContract';

/** How a verdict is shown: a word, an icon, and how bad it is. */
export interface VerdictLook {
  readonly word: string;
  readonly icon: string;
  readonly tone: 'good' | 'warning' | 'bad';
}

/** Looks of the verdicts. */
export const verdictLooks: Readonly<Record<CheckVerdict, VerdictLook>> = {
  ok: { word: 'OK', icon: 'pass', tone: 'good' },
  missingScope: { word: 'Permission missing', icon: 'error', tone: 'bad' },
  missingAdminConsent: { word: 'Consent missing', icon: 'error', tone: 'bad' },
  missingRole: { word: 'Directory role missing', icon: 'error', tone: 'bad' },
  noPremiumLicense: { word: 'No premium license', icon: 'info', tone: 'warning' },
  namesConcealed: { word: 'Names concealed', icon: 'eye-closed', tone: 'warning' },
  conditionalAccess: { word: 'Blocked by Conditional Access', icon: 'shield', tone: 'bad' },
  proxyRefused: { word: 'Proxy refused', icon: 'debug-disconnect', tone: 'bad' },
  certificateNotTrusted: { word: 'Certificate not trusted', icon: 'unverified', tone: 'bad' },
  clockWrong: { word: 'Clock wrong', icon: 'watch', tone: 'bad' },
  signInNeeded: { word: 'Sign-in needed', icon: 'account', tone: 'bad' },
  signInRefused: { word: 'Sign-in refused', icon: 'error', tone: 'bad' },
  unreachable: { word: 'Unreachable', icon: 'debug-disconnect', tone: 'bad' },
  serviceError: { word: 'Service error', icon: 'warning', tone: 'warning' },
};

/** Names of the tasks. */
export const taskWords: Readonly<Record<string, string>> = {
  applicationRoster: 'Application Roster',
  applicationAccess: 'Application Access',
  licenseInformation: 'License Information',
  licenseDifferentiation: 'License Differentiation',
};
