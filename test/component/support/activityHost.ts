import { ActivityPage } from '../../../src/app/panels/activityPage';
import type { CsvValue } from '../../../src/core/export/csvCell';
import type { ViewFilter } from '../../../src/core/store/store';
import type {
  DepartmentCounts,
  LicenseTypeCounts,
  ServiceActivity,
  ServiceCounts,
  SourceFacts,
} from '../../../src/shared/activityContract';
import { rosterServices, type RosterService } from '../../../src/shared/rosterFilter';
import type { TenantFacts } from '../../../src/shared/viewRows';
import { tenantId } from './memoryUsers';

const contoso: TenantFacts = {
  tenantId,
  displayName: 'Contoso',
  lastImportAt: '2026-11-21T09:12:00Z',
  evaluatedOn: '2026-11-21',
};

const none = [0, 0, 0, 0, 0, 0, 0, 0];

/** Counts of people who hold a service by age: 0–7, 8–30, 31–60, 61–90, 91–180, over 180 days, no use, unknown. */
const held: Readonly<Partial<Record<RosterService, readonly number[]>>> = {
  exchange: [600, 150, 60, 30, 20, 20, 100, 20],
  outlook: [500, 150, 80, 40, 30, 40, 120, 40],
  teams: [700, 100, 40, 20, 10, 10, 80, 0],
  oneDrive: [300, 200, 100, 80, 60, 40, 180, 0],
  sharePoint: [250, 250, 120, 60, 40, 60, 180, 0],
  yammer: [0, 0, 0, 0, 0, 0, 0, 960],
  skypeForBusiness: [0, 0, 5, 15, 40, 300, 600, 0],
  powerBi: [0, 0, 0, 0, 0, 0, 0, 80],
  project: [6, 9, 2, 0, 0, 0, 13, 0],
  visio: [2, 3, 0, 0, 0, 0, 20, 0],
};
/** People who used a service and do not hold it. */
const others: Readonly<Partial<Record<RosterService, readonly number[]>>> = {
  teams: [5, 3, 0, 0, 0, 2, 0, 0],
};

const source = (name: string, status: SourceFacts['status'], asOfDate: string | null): SourceFacts => ({
  tenantId,
  source: name,
  status,
  asOfDate,
});

function sourcesOf(service: RosterService): SourceFacts[] {
  if (service === 'yammer') return [source('activeUserReport', 'concealed', '2026-11-18')];
  if (service === 'powerBi') return [source('signIns', 'missing', null)];
  if (service === 'outlook') return [source('emailReport', 'stale', '2026-11-10')];
  if (['project', 'visio', 'dynamics365'].includes(service))
    return [source('signIns', 'fresh', '2026-11-21')];
  return [
    source('activeUserReport', 'fresh', '2026-11-18'),
    ...(service === 'exchange' ? [source('mailboxReport', 'fresh', '2026-11-19')] : []),
  ];
}

function countsOf(service: RosterService): Pick<ServiceCounts, 'holders' | 'counts'> {
  const licensed = held[service] ?? none;
  return {
    holders: licensed.reduce((sum, count) => sum + count, 0),
    counts: { licensed, everyone: licensed.map((count, index) => count + (others[service]?.[index] ?? 0)) },
  };
}

function departmentOf(index: number): DepartmentCounts {
  const part = (counts: readonly number[]): number[] => counts.map((count) => Math.floor(count / 20));
  return {
    department: index === 0 ? null : `Department ${index}`,
    people: 60 - index,
    services: rosterServices.map((service) => {
      const { holders, counts } = countsOf(service);
      return {
        holders: Math.floor(holders / 20),
        counts: { licensed: part(counts.licensed), everyone: part(counts.everyone) },
      };
    }),
  };
}

function license(
  sku: string,
  name: string,
  seats: number,
  granted: readonly RosterService[],
): LicenseTypeCounts {
  return {
    tenantId,
    licenseId: `${tenantId}_${sku}`,
    name,
    skuPartNumber: sku,
    seats,
    services: rosterServices.map((service) => ({
      granted: granted.includes(service),
      counts: (held[service] ?? none).map((count) => Math.min(count, seats)),
    })),
  };
}

/** Contoso's thousand users, as the store counts them. */
export function contosoActivity(): ServiceActivity {
  const suite: RosterService[] = ['exchange', 'outlook', 'teams', 'oneDrive', 'sharePoint', 'yammer'];
  return {
    evaluatedOn: '2026-11-21',
    people: 1060,
    services: rosterServices.map((service) => ({
      service,
      sources: sourcesOf(service),
      ...countsOf(service),
    })),
    departments: Array.from({ length: 15 }, (_, index) => departmentOf(index)),
    moreDepartments: 0,
    licenses: [
      license('SPE_E3', 'Microsoft 365 E3', 900, suite),
      license('VISIOCLIENT', 'Visio Plan 2', 25, ['visio']),
    ],
  };
}

/** The host's side of an Activity page over counts in memory, with what it was asked to do. */
export class ActivityHost {
  activity: ServiceActivity;
  failure: Error | undefined;
  readonly opened: ViewFilter[] = [];
  readonly openedLicenses: string[] = [];
  readonly saved: { name: string; rows: readonly (readonly CsvValue[])[] }[] = [];
  imports = 0;
  readonly page: ActivityPage;

  constructor(activity = contosoActivity(), tenants: readonly TenantFacts[] = [contoso]) {
    this.activity = activity;
    this.page = new ActivityPage({
      tenantId: tenants.length === 1 ? tenantId : null,
      store: {
        serviceActivity: async () => {
          if (this.failure !== undefined) throw this.failure;
          return this.activity;
        },
      },
      tenants: async () => tenants,
      openRoster: async (filter) => {
        this.opened.push(filter);
      },
      openLicense: async (_, licenseId) => {
        this.openedLicenses.push(licenseId);
      },
      saveCsv: async (name, rows) => {
        this.saved.push({ name, rows });
        return true;
      },
      runImport: async () => {
        this.imports += 1;
      },
    });
  }
}
