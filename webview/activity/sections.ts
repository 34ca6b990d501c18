import { activeIn, activityPeriods, type ActivityPeriod } from '../../src/shared/activityAges';
import type {
  ActivityData,
  ActivityDrill,
  ActivityScope,
  LicenseTypeCounts,
  ServiceCounts,
} from '../../src/shared/activityContract';
import { worthOfPeriod } from '../../src/shared/knownActivity';
import { rosterServices } from '../../src/shared/rosterFilter';
import { periodTitle, serviceTitle } from '../../src/shared/serviceWords';
import { createElement } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { createCountTable } from './activityTable';
import { activeCount, periodPhrase, worthReason } from './activityWords';
import { createCountCell } from './countCell';

/** What the tables show and what they lead to. */
export interface TableSubject {
  readonly data: ActivityData;
  readonly entries: readonly ServiceCounts[];
  readonly scope: ActivityScope;
  readonly period: ActivityPeriod;
  readonly onOpen: (drill: ActivityDrill) => void;
  readonly onLicense: (license: LicenseTypeCounts) => void;
}

/** Active users by service and period. */
export function createServiceTable({ data, entries, scope, period, onOpen }: TableSubject): HTMLElement {
  return createCountTable(
    'Active users by service',
    'Service',
    [
      { title: 'Hold it', description: 'People who hold the service by a license whose plan for it is on' },
      ...activityPeriods.map(({ id }) => ({
        title: periodTitle(id),
        description: `Used it ${periodPhrase(id)}`,
        chosen: id === period,
      })),
      { title: 'Without a license', description: 'Used it at any time and do not hold it now' },
    ],
    entries.map((entry) => {
      const { service } = entry;
      const name = serviceTitle(service);
      const worth = worthOfPeriod(entry.sources, 'any', data.evaluatedOn);
      const without = activeIn(entry.counts.everyone, 'any') - activeIn(entry.counts.licensed, 'any');
      return {
        head: name,
        cells: [
          createCountCell({
            count: { value: entry.holders, worth: 'exact' },
            of: null,
            what: `Hold ${name}`,
            reason: null,
            onOpen: () => onOpen({ service, scope, people: 'holders' }),
          }),
          ...activityPeriods.map(({ id }) =>
            createCountCell({
              count: activeCount(entry, scope, id, data.evaluatedOn),
              of: scope === 'licensed' ? entry.holders : null,
              what: `${name}, active ${periodPhrase(id)}`,
              reason: worthReason(entry, id, data.evaluatedOn),
              onOpen: () => onOpen({ service, scope, people: { period: id } }),
            }),
          ),
          createElement('span', {
            class: without === 0 || worth === 'unknown' ? 'muted' : '',
            text: worth === 'unknown' ? '–' : formatCount(without),
          }),
        ],
      };
    }),
  );
}

/** Active users by department: of those who hold each service, or all. */
export function createDepartmentTable(subject: TableSubject, limit: number): HTMLElement {
  const { data, entries, scope, period, onOpen } = subject;
  return createCountTable(
    `Active users by department ${periodPhrase(period)}`,
    'Department',
    [
      { title: 'People', description: 'Accounts that are not deleted' },
      ...entries.map(({ service }) => ({ title: serviceTitle(service) })),
    ],
    data.departments.slice(0, limit).map(({ department, people, services }) => ({
      head: department ?? createElement('span', { class: 'muted', text: 'Not set' }),
      cells: [
        formatCount(people),
        ...entries.map((entry) => {
          const { service, sources } = entry;
          const of = services[rosterServices.indexOf(service)];
          const name = `${serviceTitle(service)}, ${department ?? 'no department'}`;
          return createCountCell({
            count: {
              value: activeIn(of?.counts[scope] ?? [], period),
              worth: worthOfPeriod(sources, period, data.evaluatedOn),
            },
            of: scope === 'licensed' ? (of?.holders ?? 0) : null,
            what: `${name}, active ${periodPhrase(period)}`,
            reason: worthReason(entry, period, data.evaluatedOn),
            onOpen: () => onOpen({ service, scope, people: { period }, department }),
          });
        }),
      ],
    })),
  );
}

/** Licenses that grant one of the services shown; the others would be empty rows. */
export function licensesGranting({ data, entries }: TableSubject): readonly LicenseTypeCounts[] {
  return data.licenses.filter((license) =>
    entries.some(({ service }) => license.services[rosterServices.indexOf(service)]?.granted === true),
  );
}

/** Activity by license type: of the people who hold each license, who used each service that it grants. */
export function createLicenseTable(subject: TableSubject): HTMLElement {
  const { data, entries, period, onOpen, onLicense } = subject;
  const names = new Map(data.tenants.map(({ tenantId, displayName }) => [tenantId, displayName]));
  return createCountTable(
    `Activity by license type ${periodPhrase(period)}`,
    'License',
    [
      { title: 'Seats', description: 'People who hold the license' },
      ...entries.map(({ service }) => ({ title: serviceTitle(service) })),
    ],
    licensesGranting(subject).map((license) => ({
      head: createLicenseHead(
        license,
        data.tenants.length > 1 ? (names.get(license.tenantId) ?? null) : null,
        onLicense,
      ),
      cells: [
        formatCount(license.seats),
        ...entries.map((entry) => {
          const { service } = entry;
          const of = license.services[rosterServices.indexOf(service)];
          if (of?.granted !== true) return createNotGranted();
          const sources = entry.sources.filter(({ tenantId }) => tenantId === license.tenantId);
          return createCountCell({
            count: {
              value: activeIn(of.counts, period),
              worth: worthOfPeriod(sources, period, data.evaluatedOn),
            },
            of: license.seats,
            what: `${license.name}, ${serviceTitle(service)}, active ${periodPhrase(period)}`,
            reason: worthReason({ ...entry, sources }, period, data.evaluatedOn),
            onOpen: () =>
              onOpen({
                service,
                scope: 'everyone',
                people: { period },
                licenseId: license.licenseId,
              }),
          });
        }),
      ],
    })),
  );
}

function createLicenseHead(
  license: LicenseTypeCounts,
  tenant: string | null,
  onLicense: (license: LicenseTypeCounts) => void,
): HTMLElement {
  const name = createElement('button', {
    class: 'link',
    text: license.name,
    attributes: { type: 'button', title: 'Open the license' },
  });
  name.addEventListener('click', () => onLicense(license));
  const remark = [license.skuPartNumber, tenant].filter((part) => part !== null && part !== license.name);
  return createElement('span', {
    class: 'license-head',
    children: [name, createElement('span', { class: 'muted', text: remark.join(' · ') })],
  });
}

/** The license has no plan for the service. */
function createNotGranted(): HTMLElement {
  return createElement('span', {
    class: 'not-granted',
    attributes: { title: 'Not part of this license', role: 'img', 'aria-label': 'not part of it' },
  });
}
