import { heatColumns, activityAges, type AgeCounts } from '../../shared/activityAges';
import type {
  CountsByScope,
  DepartmentCounts,
  LicenseTypeCounts,
  ServiceActivity,
  ServiceCounts,
  SourceFacts,
} from '../../shared/activityContract';
import { rosterServices, type RosterService } from '../../shared/rosterFilter';
import { skuServices } from '../catalog/skuServices';
import { dayNumber } from '../model/calendarDate';
import type { ActivitySource } from '../model/evaluation';
import { subjectBit } from '../model/evidenceBits';
import { readDatasetStates, sourceStates } from './sourceStates';
import type { SqlDatabase } from './sqlDatabase';
import type { StoreFile } from './storeFile';
import { keyOfTenant } from './tenantKey';

/** Departments that are told apart; there can be as many as people. */
const maxDepartments = 100;

const width = rosterServices.length;
const ages = heatColumns.length;
const noUse = heatColumns.indexOf('noUse');
const unknown = heatColumns.indexOf('unknown');
/** Marks a person who neither holds nor used a service. */
const outside = 255;

/** What speaks of each service, the main source first. */
const sourcesOf: Readonly<Record<RosterService, readonly ActivitySource[]>> = {
  exchange: ['activeUserReport', 'mailboxReport', 'signIns'],
  outlook: ['emailReport', 'signIns'],
  teams: ['activeUserReport', 'signIns'],
  oneDrive: ['activeUserReport', 'oneDriveReport', 'signIns'],
  sharePoint: ['activeUserReport', 'signIns'],
  yammer: ['activeUserReport', 'signIns'],
  skypeForBusiness: ['activeUserReport', 'signIns'],
  powerBi: ['signIns'],
  project: ['signIns'],
  visio: ['signIns'],
  dynamics365: ['signIns'],
};

/**
 * Counts how people use the eleven services: by age of the last use, by department and by license. One walk over the
 * users and one over the seats; no row of a user leaves this function.
 */
export function serviceActivity(db: SqlDatabase, tenantId: string | null): ServiceActivity {
  const tenantKey = tenantId === null ? null : keyOfTenant(db, tenantId);
  // A tenant that the file does not have has no people, and no other tenant's people are its own.
  const onlyTenant = tenantId === null ? '' : `AND tenantKey = ${tenantKey ?? -1}`;
  const tenants = db.rows(`SELECT tenantKey, tenantId, evaluatedOn FROM tenants WHERE 1 ${onlyTenant}`);
  const evaluatedOn =
    tenants
      .map((row) => row.evaluatedOn)
      .filter((day) => typeof day === 'string')
      .sort()
      .at(-1) ?? null;
  const people = readPeople(db, onlyTenant, evaluatedOn);
  const sources = tenants.map((row) => ({
    tenantId: String(row.tenantId),
    states: sourceStates(readDatasetStates(db, Number(row.tenantKey)), evaluatedOn ?? '1970-01-01'),
  }));
  const largest = largestDepartments(people);
  const tallies = largest.map(() => tally());
  const rest = tally();
  const places = new Map(largest.map((code, place) => [code, place]));
  for (let person = 0; person < people.count; person += 1) {
    addPerson(tallies[places.get(people.departmentOf[person] ?? 0) ?? -1] ?? rest, people, person);
  }
  const everybody = sumOf([...tallies, rest]);
  return {
    evaluatedOn,
    people: people.count,
    services: rosterServices.map((service, index): ServiceCounts => ({
      service,
      sources: sources.flatMap((tenant) =>
        sourcesOf[service].map((source): SourceFacts => ({
          tenantId: tenant.tenantId,
          source,
          status: tenant.states.get(source)?.status ?? 'missing',
          asOfDate: tenant.states.get(source)?.asOfDate ?? null,
        })),
      ),
      ...countsOf(everybody, index),
    })),
    departments: tallies.map((of, place): DepartmentCounts => ({
      department: people.departments[largest[place] ?? 0] ?? null,
      people: of.people,
      services: rosterServices.map((_, index) => countsOf(of, index)),
    })),
    moreDepartments: people.departments.length - largest.length,
    licenses: countLicenses(db, onlyTenant, people),
  };
}

/** Answers again from memory while the data is the same: a page asks whenever it is shown. */
export class ServiceActivities {
  private readonly answers = new Map<string | null, ServiceActivity>();
  private version = '';

  constructor(private readonly file: StoreFile) {}

  of(tenantId: string | null): ServiceActivity {
    const db = this.file.current();
    if (this.version !== this.file.version) this.answers.clear();
    this.version = this.file.version;
    const answer = this.answers.get(tenantId) ?? serviceActivity(db, tenantId);
    this.answers.set(tenantId, answer);
    return answer;
  }
}

/** People by their position. */
interface People {
  readonly count: number;
  readonly positions: ReadonlyMap<number, number>;
  /** Column of the heat map per person and service, or {@link outside}. */
  readonly ages: Uint8Array;
  /** Services held, as bits by place. */
  readonly held: Uint16Array;
  readonly departments: readonly (string | null)[];
  readonly departmentOf: Uint32Array;
}

function readPeople(db: SqlDatabase, onlyTenant: string, evaluatedOn: string | null): People {
  const where = `WHERE deletedAt IS NULL ${onlyTenant}`;
  const most = db.number(`SELECT count(*) FROM users ${where}`);
  const positions = new Map<number, number>();
  const agesOf = new Uint8Array(most * width);
  const held = new Uint16Array(most);
  const departmentOf = new Uint32Array(most);
  const departments: (string | null)[] = [];
  const codes = new Map<string | null, number>();
  const today = evaluatedOn === null ? 0 : dayNumber(evaluatedOn);
  const ageOfDay = ageTable();
  const bits = rosterServices.map((service) => subjectBit[service]);
  db.each(
    `SELECT userKey, department, coalesce(grantedServices, 0), coalesce(heardServices, 0),
       ${rosterServices.map((service) => `${service}Day`).join(', ')} FROM users ${where}`,
    [],
    (row) => {
      const position = positions.size;
      positions.set(Number(row[0]), position);
      const department = typeof row[1] === 'string' && row[1] !== '' ? row[1] : null;
      let code = codes.get(department);
      if (code === undefined) {
        code = departments.push(department) - 1;
        codes.set(department, code);
      }
      departmentOf[position] = code;
      const granted = Number(row[2]);
      const heard = Number(row[3]);
      for (let index = 0; index < width; index += 1) {
        const bit = bits[index] ?? 0;
        const holds = (granted & bit) !== 0;
        if (holds) held[position] = (held[position] ?? 0) | (1 << index);
        const day = row[4 + index];
        agesOf[position * width + index] =
          typeof day === 'number'
            ? (ageOfDay[Math.max(0, Math.min(today - day, ageOfDay.length - 1))] ?? unknown)
            : holds || heard & bit
              ? heard & bit
                ? noUse
                : unknown
              : outside;
      }
    },
  );
  return { count: positions.size, positions, ages: agesOf, held, departments, departmentOf };
}

/** Column of the heat map by days since the last use; the last entry stands for anything longer ago. */
function ageTable(): Uint8Array {
  const last = Math.max(...activityAges.map(({ from }) => from));
  return Uint8Array.from({ length: last + 1 }, (_, days) =>
    activityAges.findIndex(({ from, to }) => from <= days && (to === null || days <= to)),
  );
}

/** Counts of a group of people, for all services side by side. */
interface Tally {
  people: number;
  readonly holders: Uint32Array;
  readonly licensed: Uint32Array;
  readonly everyone: Uint32Array;
}

function tally(): Tally {
  return {
    people: 0,
    holders: new Uint32Array(width),
    licensed: new Uint32Array(width * ages),
    everyone: new Uint32Array(width * ages),
  };
}

function addPerson(to: Tally, people: People, person: number): void {
  to.people += 1;
  const held = people.held[person] ?? 0;
  for (let index = 0; index < width; index += 1) {
    const age = people.ages[person * width + index] ?? outside;
    const holds = (held >> index) & 1;
    if (holds) increment(to.holders, index);
    // Without a license for it, only a use makes somebody a person of this service.
    if (age === outside || (!holds && age >= noUse)) continue;
    const cell = index * ages + age;
    increment(to.everyone, cell);
    if (holds) increment(to.licensed, cell);
  }
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = tally();
  for (const of of tallies) {
    sum.people += of.people;
    for (const part of ['holders', 'licensed', 'everyone'] as const) {
      of[part].forEach((count, at) => (sum[part][at] = (sum[part][at] ?? 0) + count));
    }
  }
  return sum;
}

function countsOf(from: Tally, index: number): { holders: number; counts: CountsByScope } {
  return {
    holders: from.holders[index] ?? 0,
    counts: { licensed: countsAt(from.licensed, index), everyone: countsAt(from.everyone, index) },
  };
}

function countsAt(counts: Uint32Array, index: number): AgeCounts {
  return [...counts.subarray(index * ages, (index + 1) * ages)];
}

/** Codes of the departments with the most people, largest first. */
function largestDepartments({ count, departmentOf, departments }: People): number[] {
  const sizes = new Uint32Array(departments.length);
  for (let person = 0; person < count; person += 1) increment(sizes, departmentOf[person] ?? 0);
  const name = (code: number): string => departments[code] ?? '';
  return [...departments.keys()]
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || name(a).localeCompare(name(b), 'en'))
    .slice(0, maxDepartments);
}

/** Tenant and product as one number. */
const licenseKey = 'tenantKey * 1048576 + productKey';

function countLicenses(db: SqlDatabase, onlyTenant: string, people: People): LicenseTypeCounts[] {
  const grants = readGrants(db, onlyTenant);
  const licenses: (Omit<LicenseTypeCounts, 'seats' | 'services'> & {
    seats: number;
    readonly granted: ReadonlySet<string>;
    readonly counts: Uint32Array;
  })[] = [];
  const places = new Map<number, number>();
  db.each(
    `SELECT ${licenseKey}, tenantId, licenseId, coalesce(productName, skuPartNumber, skuId),
       coalesce(skuPartNumber, skuId), skuId
     FROM rows_licenses WHERE isCounted = 1 ${onlyTenant}`,
    [],
    ([key, tenant, licenseId, name, skuPartNumber, skuId]) => {
      places.set(Number(key), licenses.length);
      licenses.push({
        tenantId: String(tenant),
        licenseId: String(licenseId),
        name: String(name),
        skuPartNumber: String(skuPartNumber),
        seats: 0,
        granted: grantedBy(String(skuId), String(skuPartNumber), grants.get(Number(key)) ?? []),
        counts: new Uint32Array(width * ages),
      });
    },
  );
  db.each(`SELECT userKey, ${licenseKey} FROM seats WHERE 1 ${onlyTenant}`, [], ([userKey, key]) => {
    const position = people.positions.get(Number(userKey));
    const license = licenses[places.get(Number(key)) ?? -1];
    if (position === undefined || license === undefined) return;
    license.seats += 1;
    for (let index = 0; index < width; index += 1) {
      const age = people.ages[position * width + index] ?? outside;
      if (age !== outside) increment(license.counts, index * ages + age);
    }
  });
  return licenses
    .filter(({ seats }) => seats > 0)
    .map(({ granted, counts, ...license }) => ({
      ...license,
      services: rosterServices.map((service, index) => ({
        granted: granted.has(service),
        counts: countsAt(counts, index),
      })),
    }))
    .sort((a, b) => b.seats - a.seats || a.name.localeCompare(b.name, 'en'));
}

type Plan = { readonly servicePlanId: string; readonly servicePlanName: string };

function readGrants(db: SqlDatabase, onlyTenant: string): Map<number, Plan[]> {
  const plans = new Map<number, Plan[]>();
  db.each(
    `SELECT ${licenseKey}, servicePlanId, servicePlanName FROM servicePlans WHERE 1 ${onlyTenant}`,
    [],
    ([key, servicePlanId, servicePlanName]) => {
      const of = plans.get(Number(key)) ?? [];
      of.push({ servicePlanId: String(servicePlanId), servicePlanName: String(servicePlanName) });
      plans.set(Number(key), of);
    },
  );
  return plans;
}

function grantedBy(skuId: string, skuPartNumber: string, servicePlans: readonly Plan[]): ReadonlySet<string> {
  const { applications, judgedBy } = skuServices({ skuId, skuPartNumber, servicePlans });
  return new Set(judgedBy === null ? applications : [judgedBy]);
}

function increment(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
