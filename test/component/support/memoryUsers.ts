import type { RosterColumn, RosterRow } from '../../../src/shared/rosterContract';
import type { Cell } from '../../../src/shared/viewRows';

/** Tenant of the made-up users. */
export const tenantId = '11111111-2222-4333-8444-555555555555';

const given = ['Adele', 'Alex', 'Diego', 'Grady', 'Isaiah', 'Joni', 'Lee', 'Lidia', 'Megan', 'Nestor'];
const family = ['Vance', 'Wilber', 'Siciliani', 'Archie', 'Langer', 'Sherman', 'Gu', 'Holloway', 'Bowen'];
const verdicts = ['active', 'active', 'active', 'inactive', 'never', 'new', 'unknown', 'notPerson'];
const titles = ['Account Manager', 'Engineer', null, 'Head of Marketing', 'Analyst'];
const countries = ['Germany', 'United States', 'Japan', null, 'France'];
const licenses = [
  'SPE_E5',
  'SPE_E3; VISIOCLIENT',
  'ENTERPRISEPACK; FLOW_FREE; POWER_BI_STANDARD',
  '',
  'O365_BUSINESS_PREMIUM; PROJECTPROFESSIONAL; Microsoft_365_Copilot',
];

/** Made-up users whose values follow from their number, so that a test can say what must be on screen. */
export function makeUsers(count: number): RosterRow[] {
  return Array.from({ length: count }, (_, i) => makeUser(i));
}

/** The user of a number; the principal name sorts by it. */
export function makeUser(i: number): RosterRow {
  const first = pick(given, i);
  const last = pick(family, i * 7);
  const verdict = pick(verdicts, i);
  const usage = (k: number): Cell => (i % 11 === 5 ? null : i % k === 0 ? 1 : 0);
  const values: Record<RosterColumn, Cell> = {
    userPrincipalName: `user${String(i).padStart(6, '0')}@contoso.onmicrosoft.com`,
    displayName: `${first} ${last}`,
    licenses: pick(licenses, i),
    lastActivityDate: verdict === 'active' ? '2026-11-18' : verdict === 'inactive' ? '2026-06-02' : null,
    daysSinceLastActivity: verdict === 'active' ? 3 : verdict === 'inactive' ? 172 : null,
    verdict,
    verdictReason:
      verdict === 'active' ? 'usedRecently' : verdict === 'unknown' ? 'namesConcealed' : 'notUsedRecently',
    windows: usage(2),
    mac: usage(5),
    mobile: usage(3),
    web: usage(1),
    mailMegabytes: i % 6 === 0 ? null : ((i * 37) % 51200) + 0.25,
    oneDriveMegabytes: i % 4 === 0 ? null : (i * 91) % 900000,
    onPremisesSync: pick(['synced', 'cloudOnly', 'wasSynced'], i),
    isGuest: i % 13 === 0 ? 1 : 0,
    jobTitle: pick(titles, i),
    department: pick(['Sales', 'R&D', null], i),
    country: pick(countries, i),
    createdAt: '2023-04-05T06:07:08Z',
    accountEnabled: i % 17 === 3 ? 0 : 1,
    confidence: pick(['high', 'medium', 'low'], i),
    activations: pick(['MICROSOFT 365 APPS FOR ENTERPRISE', '', null], i),
    companyName: pick(['Contoso GmbH', 'Contoso Inc.'], i),
    usageLocation: pick(['DE', 'US', null], i),
    deactivatedAt: i % 101 === 50 ? '2026-11-02T10:00:00Z' : null,
    userType: i % 13 === 0 ? 'Guest' : 'Member',
    givenName: first,
    surname: last,
    mail: `${first}.${last}@contoso.com`.toLowerCase(),
    lastSignInAt: i % 3 === 0 ? null : '2026-11-17T08:00:00Z',
    lastUsedApplication: pick(['teams', 'exchange', null], i),
    isMfaRegistered: i % 4 === 0 ? 0 : 1,
    isMfaCapable: i % 4 === 0 ? null : 1,
    markedAs: verdict === 'notPerson' && i % 16 === 7 ? 'serviceAccount' : null,
    markReason: verdict === 'notPerson' && i % 16 === 7 ? 'Nightly job' : null,
    markPattern: null,
    exchangeLastActivityDate: i % 2 === 0 ? '2026-11-17' : null,
    outlookLastActivityDate: i % 3 === 0 ? '2026-11-16' : null,
    teamsLastActivityDate: i % 4 === 0 ? null : '2026-11-15',
    oneDriveLastActivityDate: null,
    sharePointLastActivityDate: i % 5 === 0 ? '2026-10-01' : null,
    yammerLastActivityDate: null,
    skypeForBusinessLastActivityDate: null,
    powerBiLastActivityDate: i % 10 === 0 ? '2026-11-10' : null,
    projectLastActivityDate: null,
    visioLastActivityDate: i % 15 === 1 ? '2026-09-09' : null,
    dynamics365LastActivityDate: null,
    tenantId,
    userId: `id-${i}`,
  };
  return values;
}

function pick<T>(values: readonly T[], i: number): T {
  const value = values[i % values.length];
  if (value === undefined) throw new Error('Nothing to pick from.');
  return value;
}
