import * as v from 'valibot';
import type { ViewFilter } from '../../core/store/store';
import { accountStatuses, licensePaths, rosterServices, type RosterFilter } from '../../shared/rosterFilter';
import type { Cell } from '../../shared/viewRows';

/** Most users that a filter may name. */
const mostUsers = 20_000;

const text = v.pipe(v.string(), v.maxLength(500));
const cell: v.GenericSchema<unknown, Cell> = v.nullable(v.union([text, v.number()]));
const list = <T>(item: v.GenericSchema<unknown, T>, most = 1000): v.GenericSchema<unknown, T[]> =>
  v.pipe(v.array(item), v.maxLength(most));

const bound = v.union([text, v.number()]);

const parts = {
  text: v.optional(text),
  columns: v.optional(v.record(v.string(), v.union([cell, list(cell)]))),
  licenseIds: v.optional(list(text)),
  paths: v.optional(list(v.picklist(licensePaths))),
  seatVerdicts: v.optional(list(text)),
  licensed: v.optional(v.boolean()),
  services: v.optional(list(v.picklist(rosterServices))),
  status: v.optional(list(v.nullable(v.picklist(accountStatuses)))),
  finding: v.optional(v.strictObject({ kind: text, licenseId: v.optional(text) })),
  userIds: v.optional(list(text, mostUsers)),
  ranges: v.optional(
    list(v.strictObject({ column: text, from: v.optional(bound), to: v.optional(bound) }), 20),
  ),
  holds: v.optional(list(v.picklist(rosterServices))),
  use: v.optional(
    v.strictObject({ application: v.picklist(rosterServices), state: v.picklist(['noUse', 'unknown']) }),
  ),
};

/** What the roster may filter by; unknown parts are refused so that a typing error is noticed. */
export const rosterFilterSchema: v.GenericSchema<unknown, RosterFilter> = v.strictObject(parts);

/** What a command may filter by. */
export const viewFilterSchema: v.GenericSchema<unknown, ViewFilter> = v.strictObject({
  ...parts,
  licenseId: v.optional(text),
});
