import * as v from 'valibot';
import { accountKinds, longestMark, markKinds, patternFields } from '../../core/model/accountMarks';

const id = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const names = v.optional(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1_024))));
const accounts = { tenantId: id, userIds: v.optional(v.array(id)), userPrincipalNames: names };
const reason = v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(longestMark.reason))));
const field = v.optional(v.picklist(patternFields), 'userPrincipalName');
const pattern = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestMark.pattern));

/** Shapes of the arguments of the commands about accounts that are no persons. */
export const markArguments = {
  markAccounts: v.strictObject({ ...accounts, kind: v.picklist(markKinds), reason }),
  unmarkAccounts: v.strictObject({ ...accounts, leaveToPatterns: v.optional(v.boolean()) }),
  saveAccountPattern: v.strictObject({
    tenantId: id,
    field,
    pattern,
    kind: v.picklist(accountKinds),
    reason,
  }),
  previewAccountPattern: v.strictObject({ tenantId: id, field, pattern, preview: v.literal(true) }),
  removeAccountPattern: v.strictObject({ tenantId: id, field, pattern }),
  importAccountMarks: v.strictObject({
    tenantId: id,
    file: v.string(),
    kind: v.optional(v.picklist(markKinds)),
    reason,
  }),
  /** What a page hands over when a person has selected users. */
  selectedUsers: v.object({
    users: v.pipe(v.array(v.object({ tenantId: id, userId: id })), v.minLength(1)),
  }),
};
