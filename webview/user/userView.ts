import type { UserActivity, UserChange, UserDetails, UserFinding } from '../../src/shared/userContract';
import { rosterServices } from '../../src/shared/rosterFilter';
import { markTitle } from '../../src/shared/markWords';
import { serviceTitle, sourceTitle } from '../../src/shared/serviceWords';
import {
  findingAdvice,
  findingKinds,
  findingSentence,
  findingSeverity,
  findingTitle,
} from '../../src/shared/findingWords';
import type { Cell } from '../../src/shared/viewRows';
import { createButton } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import {
  countOf,
  formatCount,
  formatDay,
  formatMegabytes,
  formatMoment,
  money,
} from '../common/displayFormats';
import { createPlainTable } from '../common/plainTable';
import { verdictLook } from '../common/verdictWords';
import { createFacts, createTile, createUserSection, flagWord, type Fact } from './userParts';
import { createLicenseTable } from './licenseTable';
import {
  changeSentence,
  daysAgo,
  lastUseNote,
  lastUseText,
  markText,
  spendNote,
  spendText,
  verdictSentence,
} from './userWords';

/** What a person can do on the page. */
export interface UserViewEvents {
  readonly openLicense: (licenseId: string) => void;
  readonly openRoster: () => void;
  readonly mark: (marked: boolean) => void;
  readonly copy: (text: string) => void;
  readonly exportTables: () => void;
}

/** The whole page about one user. */
export function createUserView(details: UserDetails, events: UserViewEvents): DocumentFragment {
  const page = document.createDocumentFragment();
  page.append(
    createHead(details, events),
    createSummary(details),
    createElement('div', {
      class: 'user-sections',
      children: [
        createLicenses(details, events),
        ...(details.findings.length === 0 ? [] : [createFindings(details, events)]),
        createActivity(details),
        createDevices(details),
        createIdentity(details),
        createHistory(details),
      ],
    }),
  );
  return page;
}

function createHead({ user, tenant }: UserDetails, events: UserViewEvents): HTMLElement {
  const upn = String(user.userPrincipalName ?? '');
  const badges = [
    isSet(user.deactivatedAt) ? 'Deleted' : user.accountEnabled === 0 ? 'Disabled' : null,
    user.isGuest === 1 ? 'Guest' : null,
    isMarked(user) ? markTitle(String(user.markedAs)) : null,
  ].filter((badge) => badge !== null);
  return createElement('header', {
    class: 'page-head of-one',
    children: [
      createElement('h1', { text: String(user.displayName ?? upn) }),
      ...badges.map((text) => createElement('span', { class: 'user-badge', text })),
      createElement('p', {
        class: 'as-of',
        children: [
          upn,
          ` · ${tenant.displayName}`,
          ...(tenant.lastImportAt === null ? [] : [` · Imported ${formatMoment(tenant.lastImportAt)}`]),
        ],
      }),
      createElement('div', {
        class: 'actions',
        children: [
          createButton({
            label: 'Copy the principal name',
            icon: 'copy',
            iconOnly: true,
            onClick: () => events.copy(upn),
          }).element,
          createMarkButton(user, events),
          createButton({ label: 'Export CSV', icon: 'export', onClick: events.exportTables }).element,
          createButton({ label: 'All Users', icon: 'organization', onClick: events.openRoster }).element,
        ],
      }),
    ],
  });
}

function createSummary(details: UserDetails): HTMLElement {
  const { user, licenses, spend, findings } = details;
  const look = verdictLook(isSet(user.verdict) ? String(user.verdict) : null);
  const seats = licenses.filter(({ seat }) => seat !== null).length;
  const failed = licenses.length - seats;
  return createElement('div', {
    class: 'tiles',
    children: [
      createTile('Verdict', look.word, verdictSentence(details), look),
      createTile('Last Use', lastUseText(details), lastUseNote(details)),
      createTile(
        'Licenses',
        seats === 0 ? 'None' : formatCount(seats),
        failed === 0
          ? 'A seat each, however many paths lead to it.'
          : `${formatCount(failed)} in error without a seat.`,
      ),
      createTile('Cost', spendText(spend), spendNote(spend) ?? ''),
      createTile(
        'Findings',
        findings.length === 0 ? 'None' : formatCount(findings.length),
        findings.length === 0 ? 'Nothing to act on.' : 'What to act on is below.',
      ),
    ],
  });
}

function createLicenses(details: UserDetails, events: UserViewEvents): HTMLElement {
  if (details.licenses.length === 0) {
    return createUserSection(
      'Licenses',
      createElement('p', { class: 'muted', text: 'This user holds no license.' }),
    );
  }
  return createUserSection('Licenses', createLicenseTable(details.licenses, events.openLicense), true);
}

function createFindings({ findings }: UserDetails, events: UserViewEvents): HTMLElement {
  const order = (finding: UserFinding): number => findingKinds.indexOf(finding.kind);
  const formats = { count: formatCount, day: formatDay };
  const icons = { error: 'error', warning: 'warning', info: 'info' } as const;
  const list = createElement('ul', {
    class: 'findings',
    children: [...findings]
      .sort((a, b) => order(a) - order(b))
      .map((finding) => {
        const severity = findingSeverity(finding.kind);
        const { licenseId } = finding;
        const name = finding.productName ?? finding.skuPartNumber ?? '';
        return createElement('li', {
          children: [
            createIcon(icons[severity], `finding-icon ${severity}`),
            createElement('div', {
              children: [
                createElement('h3', { text: findingTitle(finding.kind) }),
                ...(licenseId === null
                  ? []
                  : [createLicenseLink(name, licenseId, finding.findingId, events)]),
                createElement('p', { text: findingSentence(finding, formats) }),
                createElement('p', { class: 'muted', text: findingAdvice(finding.kind) }),
              ],
            }),
            createElement('span', {
              class: 'finding-money',
              text:
                finding.bucket === null || finding.monthlyMinor === null
                  ? ''
                  : `${money(finding.monthlyMinor, finding.currency)} a month`,
            }),
          ],
        });
      }),
  });
  return createUserSection('Findings', list, true);
}

function createLicenseLink(
  name: string,
  licenseId: string,
  key: string,
  events: UserViewEvents,
): HTMLElement {
  const link = createElement('button', {
    class: 'link',
    text: name,
    attributes: { type: 'button', 'data-key': `finding ${key}` },
  });
  link.addEventListener('click', () => events.openLicense(licenseId));
  return link;
}

function createActivity({ activity, tenant }: UserDetails): HTMLElement {
  if (activity.length === 0) {
    const text = 'No usage report has a row for this user. What is not seen is unknown, not unused.';
    return createUserSection('Activity by Service', createElement('p', { class: 'muted', text }));
  }
  const place = ({ application }: UserActivity): number =>
    rosterServices.findIndex((service) => service === application);
  const rows = [...activity].sort((a, b) => place(a) - place(b));
  return createUserSection(
    'Activity by Service',
    createPlainTable(
      'Activity by service',
      ['Service', 'Last Use', 'Source', 'As Of'].map((title) => ({ title })),
      rows.map(({ application, lastActivityDate, source, asOfDate }) => ({
        cells: [
          rosterServices.includes(application as never) ? serviceTitle(application as never) : application,
          lastActivityDate === null
            ? createElement('span', { class: 'muted', text: 'No use seen' })
            : `${formatDay(lastActivityDate)}${agoText(lastActivityDate, tenant.evaluatedOn)}`,
          sourceTitle(source),
          asOfDate === null
            ? createElement('span', { class: 'muted', text: 'unknown' })
            : formatDay(asOfDate),
        ],
      })),
    ),
  );
}

function createMarkButton(user: UserDetails['user'], events: UserViewEvents): HTMLElement {
  const marked = isMarked(user);
  const { element } = createButton({
    label: marked ? 'Remove Mark' : 'Not a Person…',
    icon: marked ? 'person' : 'tag',
    onClick: () => events.mark(!marked),
  });
  // The page is drawn anew when the mark has changed; the focus comes back to this button.
  element.dataset['key'] = 'mark';
  return element;
}

/** Marked as no person; who is said to be a person is none of these. */
function isMarked({ markedAs }: UserDetails['user']): boolean {
  return isSet(markedAs) && markedAs !== 'person';
}

function isSet(value: Cell | undefined): value is string | number {
  return value !== undefined && value !== null;
}

function agoText(date: string, today: string | null): string {
  if (today === null) return '';
  const days = Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / 86_400_000);
  return Number.isFinite(days) ? `, ${daysAgo(days)}` : '';
}

function createDevices({ user }: UserDetails): HTMLElement {
  const activations = isSet(user.activations) ? String(user.activations) : null;
  const size = (value: unknown): string | null =>
    typeof value === 'number' ? `${formatMegabytes(value)} MB` : null;
  return createUserSection(
    'Devices and Storage',
    createFacts([
      ['Windows', flagWord(user.windows)],
      ['Mac', flagWord(user.mac)],
      ['Phone or tablet', flagWord(user.mobile)],
      ['Browser', flagWord(user.web)],
      ['Activated products', activations === '' ? 'None' : activations],
      ['Mailbox', size(user.mailMegabytes)],
      ['OneDrive', size(user.oneDriveMegabytes)],
    ]),
  );
}

function createIdentity(details: UserDetails): HTMLElement {
  const { user } = details;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const day = (value: unknown): string | null => (typeof value === 'string' ? formatDay(value) : null);
  const sync: Readonly<Record<string, string>> = {
    synced: 'Synced from on-premises',
    wasSynced: 'Was synced, now in the cloud',
    cloudOnly: 'Cloud only',
  };
  const facts: Fact[] = [
    ['Principal name', text(user.userPrincipalName)],
    ['Email', text(user.mail)],
    ['First name', text(user.givenName)],
    ['Last name', text(user.surname)],
    ['Title', text(user.jobTitle)],
    ['Department', text(user.department)],
    ['Company', text(user.companyName)],
    ['Country', text(user.country)],
    ['Usage location', text(user.usageLocation)],
    ['User type', text(user.userType)],
    ['Marked as', markText(details)],
    ['Sign-in', isSet(user.accountEnabled) ? (user.accountEnabled === 0 ? 'Blocked' : 'Allowed') : null],
    ['Directory', sync[String(user.onPremisesSync)] ?? text(user.onPremisesSync)],
    ['Created', day(user.createdAt)],
    ['Deleted', isSet(user.deactivatedAt) ? day(user.deactivatedAt) : 'No'],
    ['Last sign-in', day(user.lastSignInAt)],
    ['Registered for MFA', flagWord(user.isMfaRegistered)],
    ['Capable of MFA', flagWord(user.isMfaCapable)],
    ['User ID', text(user.userId)],
  ];
  return createUserSection('Identity', createFacts(facts));
}

function createHistory({ history }: UserDetails): HTMLElement {
  if (history.length === 0) {
    const text = 'No change was seen since the first import.';
    return createUserSection('History', createElement('p', { class: 'muted', text }));
  }
  const byMoment = new Map<string, UserChange[]>();
  for (const change of history) {
    byMoment.set(change.changedAt, [...(byMoment.get(change.changedAt) ?? []), change]);
  }
  return createUserSection(
    `History (${countOf(history.length, 'change')})`,
    createElement('ol', {
      class: 'history',
      children: [...byMoment].map(([moment, changes]) =>
        createElement('li', {
          children: [
            createElement('time', { text: formatMoment(moment), attributes: { datetime: moment } }),
            createElement('ul', {
              children: changes.map((change) => createElement('li', { text: changeSentence(change) })),
            }),
          ],
        }),
      ),
    }),
  );
}
