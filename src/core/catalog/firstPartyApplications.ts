import type { Application } from '../model/evaluation';
import data from './firstPartyApplications.json';

const byId = new Map(data.applications.map((entry) => [entry.appId, entry.application as Application]));

const byName = data.names.map((entry) => ({
  pattern: new RegExp(entry.pattern, 'i'),
  application: entry.application as Application,
}));

/**
 * Which of the eleven applications a sign-in belongs to, by its application id and, where the id is not on
 * Microsoft's list, by its name; null for any other application.
 * @see https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
 */
export function applicationOfSignIn(appId: string, displayName: string | null): Application | null {
  const known = byId.get(appId.toLowerCase());
  if (known !== undefined) return known;
  const name = displayName?.trim() ?? '';
  return byName.find((entry) => entry.pattern.test(name))?.application ?? null;
}
