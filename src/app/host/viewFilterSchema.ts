import * as v from 'valibot';
import type { SqlValue, ViewFilter } from '../../core/store/store';
import { accountStatuses, licensePaths, rosterServices } from '../../shared/rosterFilter';

const text = v.pipe(v.string(), v.maxLength(500));
const sqlValue: v.GenericSchema<unknown, SqlValue> = v.nullable(v.union([text, v.number()]));
const list = <T>(item: v.GenericSchema<unknown, T>, most = 1000): v.GenericSchema<unknown, T[]> =>
  v.pipe(v.array(item), v.maxLength(most));

/** Most users that a filter may name. */
const mostUsers = 20_000;

/** What a command or a page may filter by; unknown parts are refused so that a typing error is noticed. */
export const viewFilterSchema: v.GenericSchema<unknown, ViewFilter> = v.strictObject({
  text: v.optional(text),
  columns: v.optional(v.record(v.string(), v.union([sqlValue, list(sqlValue)]))),
  licenseId: v.optional(text),
  licenseIds: v.optional(list(text)),
  paths: v.optional(list(v.picklist(licensePaths))),
  licensed: v.optional(v.boolean()),
  services: v.optional(list(v.picklist(rosterServices))),
  status: v.optional(list(v.nullable(v.picklist(accountStatuses)))),
  finding: v.optional(v.strictObject({ kind: text, licenseId: v.optional(text) })),
  userIds: v.optional(list(text, mostUsers)),
});
