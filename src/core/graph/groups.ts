import * as v from 'valibot';
import type { GroupRow } from '../model/datasets';
import { optionalBoolean, optionalText, requiredId } from './graphValues';
import type { ReadingContext } from './listing';
import { readListing } from './listing';

const permissions: readonly string[] = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'];

const select = [
  'id',
  'displayName',
  'groupTypes',
  'securityEnabled',
  'mailEnabled',
  'onPremisesSyncEnabled',
].join(',');

const group = v.object({
  id: requiredId,
  displayName: optionalText,
  groupTypes: v.fallback(v.array(v.string()), []),
  securityEnabled: optionalBoolean,
  mailEnabled: optionalBoolean,
  onPremisesSyncEnabled: optionalBoolean,
});

/**
 * Reads the groups. All of them: a filter on `assignedLicenses` loses its page token after the first page,
 * and a group whose licenses were just removed can still be named by a user's assignment.
 * @see https://learn.microsoft.com/graph/api/group-list
 */
export function readGroups(context: ReadingContext): AsyncIterable<readonly GroupRow[]> {
  return readListing(context, `/v1.0/groups?$select=${select}&$top=999`, { permissions }, toRow);
}

function toRow(value: unknown): GroupRow | null {
  const parsed = v.safeParse(group, value);
  if (!parsed.success) return null;
  const { id, ...rest } = parsed.output;
  return { groupId: id, ...rest };
}
