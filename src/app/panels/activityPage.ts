import * as v from 'valibot';
import { activityTable } from '../../core/export/activityTable';
import type { CsvValue } from '../../core/export/csvCell';
import { addDays } from '../../core/model/calendarDate';
import type { ViewFilter, Store } from '../../core/store/store';
import { activityAges, activityPeriods, heatColumns } from '../../shared/activityAges';
import {
  activityScopes,
  type ActivityContract,
  type ActivityData,
  type ActivityDrill,
} from '../../shared/activityContract';
import { rosterServices, type RosterService } from '../../shared/rosterFilter';
import type { TenantFacts } from '../../shared/viewRows';
import type { RpcMethods } from './rpcServer';

/** What the Activity page needs of the world; none of it knows VS Code. */
export interface ActivityPageDeps {
  /** Null for all tenants. */
  readonly tenantId: string | null;
  readonly store: Pick<Store, 'serviceActivity'>;
  readonly tenants: () => Promise<readonly TenantFacts[]>;
  readonly openRoster: (filter: ViewFilter) => Promise<void>;
  readonly openLicense: (tenantId: string, licenseId: string) => Promise<void>;
  /** Asks for a file and writes rows; false when the person cancelled. */
  readonly saveCsv: (suggestedName: string, rows: readonly (readonly CsvValue[])[]) => Promise<boolean>;
  readonly runImport: () => Promise<void>;
}

const service = v.picklist(rosterServices);
const scope = v.picklist(activityScopes);
const period = v.picklist(activityPeriods.map(({ id }) => id));
const id = v.pipe(v.string(), v.maxLength(200));

const drillSchema: v.GenericSchema<unknown, ActivityDrill> = v.strictObject({
  service,
  scope,
  people: v.union([
    v.strictObject({ age: v.picklist(heatColumns) }),
    v.strictObject({ period }),
    v.literal('holders'),
  ]),
  department: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(500)))),
  licenseId: v.optional(id),
});

/** Host side of the Activity page: counts by service, and the way to the people behind a count. */
export class ActivityPage {
  constructor(private readonly deps: ActivityPageDeps) {}

  readonly methods: RpcMethods<ActivityContract> = {
    start: { params: v.null(), handle: async () => ({ tenantId: this.deps.tenantId }) },
    load: { params: v.null(), handle: (_, signal) => this.load(signal) },
    openPeople: {
      params: drillSchema,
      handle: async (drill) => {
        const days = (await this.deps.tenants()).flatMap(({ evaluatedOn }) => evaluatedOn ?? []);
        await this.deps.openRoster(filterOfDrill(drill, days.sort().at(-1) ?? null));
        return null;
      },
    },
    openLicense: {
      params: v.object({ tenantId: id, licenseId: id }),
      handle: async ({ tenantId, licenseId }) => {
        await this.deps.openLicense(tenantId, licenseId);
        return null;
      },
    },
    exportCsv: {
      params: v.object({
        table: v.picklist(['services', 'departments', 'licenses']),
        services: v.pipe(v.array(service), v.maxLength(rosterServices.length)),
        scope,
        period,
      }),
      handle: async (what, signal) => {
        const rows = activityTable(await this.load(signal), what);
        const saved = await this.deps.saveCsv(`activity-${what.table}.csv`, rows);
        return saved ? { rows: rows.length - 1 } : null;
      },
    },
    runImport: {
      params: v.null(),
      handle: async () => {
        await this.deps.runImport();
        return null;
      },
    },
  };

  private async load(signal: AbortSignal): Promise<ActivityData> {
    const [tenants, activity] = await Promise.all([
      this.deps.tenants(),
      this.deps.store.serviceActivity(this.deps.tenantId, signal),
    ]);
    return { tenants, ...activity };
  }
}

/** The users behind a number of the page, as a filter of the Users Roster. @param evaluatedOn `YYYY-MM-DD` */
export function filterOfDrill(drill: ActivityDrill, evaluatedOn: string | null): ViewFilter {
  const { service: application, people } = drill;
  const around: ViewFilter = {
    // Deleted accounts hold nothing and are counted nowhere on the page.
    status: ['enabled', 'disabled', null],
    ...(drill.department !== undefined && { columns: { department: drill.department } }),
    ...(drill.licenseId !== undefined && { licenseIds: [drill.licenseId] }),
  };
  const held: ViewFilter = { ...around, holds: [application] };
  if (people === 'holders') return held;
  if ('age' in people && (people.age === 'noUse' || people.age === 'unknown')) {
    // That somebody holds the service is part of this condition.
    return { ...around, use: { application, state: people.age } };
  }
  const range = rangeOf(application, people, evaluatedOn);
  return { ...(drill.scope === 'licensed' ? held : around), ranges: [range] };
}

function rangeOf(
  application: RosterService,
  people: Exclude<ActivityDrill['people'], 'holders'>,
  evaluatedOn: string | null,
): NonNullable<ViewFilter['ranges']>[number] {
  const column = `${application}LastActivityDate`;
  const before = (days: number): string => (evaluatedOn === null ? '' : addDays(evaluatedOn, -days));
  if ('period' in people) {
    const days = activityPeriods.find((entry) => entry.id === people.period)?.days ?? null;
    return days === null ? { column } : { column, from: before(days) };
  }
  const age = activityAges.find((entry) => entry.id === people.age);
  return {
    column,
    ...(age !== undefined && age.to !== null && { from: before(age.to) }),
    // A report can be ahead of the evaluation by a time zone; such a use counts as of today.
    ...(age !== undefined && age.from > 0 && { to: before(age.from) }),
  };
}
