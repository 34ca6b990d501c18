import { activeIn, activityPeriods, heatColumns, type AgeCounts } from '../../shared/activityAges';
import type { ActivityData, ActivityExport, ServiceCounts } from '../../shared/activityContract';
import { newestDate, worthOfPeriod } from '../../shared/knownActivity';
import { rosterServices, type RosterService } from '../../shared/rosterFilter';
import { serviceTitle, sourceTitle } from '../../shared/serviceWords';
import type { CsvValue } from './csvCell';

/** What the Activity page shows, as rows for a CSV file, the header first. Unknown is an empty cell, never zero. */
export function activityTable(data: ActivityData, what: ActivityExport): CsvValue[][] {
  switch (what.table) {
    case 'services':
      return servicesTable(data, what);
    case 'departments':
      return departmentsTable(data, what);
    case 'licenses':
      return licensesTable(data, what);
  }
}

function servicesTable(data: ActivityData, what: ActivityExport): CsvValue[][] {
  const header = [
    ...['service', 'sources', 'asOfDate', 'holders'],
    ...activityPeriods.map(({ id, days }) =>
      days === null ? 'activeAtAnyTime' : `activeDays${id.slice(1)}`,
    ),
    ...['lowerBounds', 'withoutLicense'],
    ...heatColumns.map((age) => (age === 'noUse' || age === 'unknown' ? age : `lastUse_${age}`)),
  ];
  const rows = chosen(data, what).map((entry): CsvValue[] => {
    const counts = entry.counts[what.scope];
    const worths = activityPeriods.map(({ id }) => worthOfPeriod(entry.sources, id, data.evaluatedOn));
    const known = worths.some((worth) => worth !== 'unknown');
    return [
      serviceTitle(entry.service),
      [...new Set(entry.sources.map(({ source }) => sourceTitle(source)))].join('; '),
      newestDate(entry.sources),
      entry.holders,
      ...activityPeriods.map(({ id }, index) => (worths[index] === 'unknown' ? null : activeIn(counts, id))),
      activityPeriods
        .filter((_, index) => worths[index] === 'atLeast')
        .map(({ days }) => (days === null ? 'any time' : `${days} days`))
        .join('; '),
      known ? activeIn(entry.counts.everyone, 'any') - activeIn(entry.counts.licensed, 'any') : null,
      ...counts,
    ];
  });
  return [header, ...rows];
}

function departmentsTable(data: ActivityData, what: ActivityExport): CsvValue[][] {
  const services = chosen(data, what);
  const rows = data.departments.map((entry): CsvValue[] => [
    entry.department,
    entry.people,
    ...services.flatMap(({ service, sources }): CsvValue[] => {
      const of = entry.services[rosterServices.indexOf(service)];
      const counts = of?.counts[what.scope] ?? [];
      return [of?.holders ?? null, activeOrUnknown(counts, sources, data, what)];
    }),
  ]);
  return [['department', 'people', ...services.flatMap(({ service }) => columnsOf(service))], ...rows];
}

function licensesTable(data: ActivityData, what: ActivityExport): CsvValue[][] {
  const services = chosen(data, what);
  const header = [
    ...['tenantId', 'skuPartNumber', 'productName', 'seats'],
    ...services.map(({ service }) => `${service}Active`),
  ];
  const rows = data.licenses.map((license): CsvValue[] => [
    license.tenantId,
    license.skuPartNumber,
    license.name,
    license.seats,
    ...services.map(({ service, sources }) => {
      const of = license.services[rosterServices.indexOf(service)];
      if (of?.granted !== true) return null;
      const ofTenant = sources.filter(({ tenantId }) => tenantId === license.tenantId);
      return activeOrUnknown(of.counts, ofTenant, data, what);
    }),
  ]);
  return [header, ...rows];
}

function columnsOf(service: RosterService): string[] {
  return [`${service}Holders`, `${service}Active`];
}

function activeOrUnknown(
  counts: AgeCounts,
  sources: ServiceCounts['sources'],
  { evaluatedOn }: ActivityData,
  { period }: ActivityExport,
): number | null {
  return worthOfPeriod(sources, period, evaluatedOn) === 'unknown' ? null : activeIn(counts, period);
}

function chosen(data: ActivityData, { services }: ActivityExport): ServiceCounts[] {
  return services.flatMap((service) => data.services.find((entry) => entry.service === service) ?? []);
}
