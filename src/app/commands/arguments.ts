import * as v from 'valibot';
import { importTasks } from '../../core/model/connection';
import type { ViewFilter } from '../../core/store/store';
import type { SampleFaults } from '../../sample/sampleOptions';
import { invalidArgument } from '../host/commandRunner';
import { viewFilterSchema } from '../host/viewFilterSchema';

/** A filter as commands take it: free text, or an object. */
const filter: v.GenericSchema<unknown, ViewFilter> = v.union([
  v.pipe(
    v.string(),
    v.transform((text): ViewFilter => ({ text })),
  ),
  viewFilterSchema,
]);

const sort = v.array(v.strictObject({ column: v.string(), descending: v.boolean() }));
const tasks = v.pipe(v.array(v.picklist(importTasks)), v.minLength(1));
const flow = v.picklist(['authorizationCode', 'deviceCode', 'clientCredentials']);

const share = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const amount = v.optional(v.pipe(v.number(), v.minValue(0)));
const sampleFaults: v.GenericSchema<unknown, SampleFaults> = v.strictObject({
  seed: v.optional(v.number()),
  throttle: share,
  throttleWithoutRetryAfter: share,
  unavailable: share,
  html: share,
  cut: share,
  slow: share,
  slowMs: amount,
  latencyMs: amount,
  expireTokensAfter: amount,
  claimsChallenge: v.optional(v.boolean()),
  expirePageTokens: v.optional(v.boolean()),
  only: v.optional(v.string()),
  atMost: amount,
});

/** Shapes of the commands' argument objects; unknown fields are refused so that a typing error is noticed. */
export const argumentSchemas = {
  exploreSampleTenant: v.strictObject({
    users: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500_000))),
    seed: v.optional(v.pipe(v.number(), v.integer())),
    faults: v.optional(sampleFaults),
  }),
  recoverDataFile: v.strictObject({ choice: v.picklist(['backup', 'empty']) }),
  connectionId: v.object({ connectionId: v.string() }),
  duplicateConnection: v.object({ connectionId: v.string(), name: v.optional(v.string()) }),
  exportConnections: v.object({
    file: v.optional(v.string()),
    connectionIds: v.optional(v.array(v.string())),
  }),
  importConnections: v.object({ file: v.optional(v.string()), names: v.optional(v.array(v.string())) }),
  removeConnection: v.object({ connectionId: v.string(), keepData: v.optional(v.boolean()) }),
  signIn: v.object({ connectionId: v.string(), flow: v.optional(flow) }),
  openImport: v.object({ importId: v.string() }),
  import: v.object({ connectionId: v.string(), tasks: v.optional(tasks), full: v.optional(v.boolean()) }),
  openReport: v.object({
    tenantId: v.optional(v.string()),
    licenseId: v.optional(v.string()),
    filter: v.optional(filter),
  }),
  filterTree: v.object({ text: v.optional(v.pipe(v.string(), v.maxLength(200))) }),
  openActivity: v.object({ tenantId: v.optional(v.string()) }),
  exportCsv: v.object({
    report: v.picklist(['roster', 'reconciliation', 'licenses', 'activity', 'seats', 'findings', 'imports']),
    tenantId: v.optional(v.string()),
    filter: v.optional(filter),
    sort: v.optional(sort),
    columns: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
    file: v.optional(v.string()),
  }),
};

/** Checks a command's argument; what does not fit is said with the field's name. */
export function parseArgument<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue) ?? 'the argument';
  throw invalidArgument(`“${path}” does not fit: ${issue.message}.`);
}
