import type { SampleDirectory } from '../data/directory';
import type { SampleGroup } from '../data/groups';
import { pick } from '../data/random';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import type { GraphCall } from './graphContext';
import { badRequest, denied, notFound } from './graphError';
import { checkOptions, linkTo, pageSizeOf, positionOf, selected, selectOf, skipToken } from './paging';
import { requireUser } from './users';
import { userWriter } from './userJson';

/** Groups whose licenses are being changed; empty most of the time. */
export type ProcessingGroups = ReadonlySet<string>;

function groupObject(
  call: GraphCall,
  group: SampleGroup,
  select: readonly string[] | undefined,
  processing: ProcessingGroups,
): Record<string, unknown> {
  const { directory } = call.state;
  const usual = {
    id: group.id,
    displayName: group.displayName,
    description: null,
    groupTypes: group.groupTypes,
    mail: group.mailEnabled ? `${group.key.toLowerCase()}@${directory.domain}` : null,
    mailEnabled: group.mailEnabled,
    mailNickname: group.key,
    membershipRule: group.membershipRule,
    onPremisesSyncEnabled: group.onPremisesSyncEnabled,
    securityEnabled: group.securityEnabled,
  };
  if (!select) return usual;
  return selected(
    {
      ...usual,
      assignedLicenses: directory.changes.licensesOf(group.id, group.assignedLicenses),
      licenseProcessingState: {
        state: processing.has(group.id) ? 'QueuedForProcessing' : 'ProcessingComplete',
      },
    },
    select,
  );
}

/** `GET /groups`. @see https://learn.microsoft.com/graph/api/group-list */
export function listGroups(call: GraphCall, processing: ProcessingGroups): SampleReply {
  checkOptions(call.request, ['$select', '$top', '$count', '$skiptoken']);
  const { address, directory } = call.state;
  const select = selectOf(call.request);
  const position = positionOf(call.request);
  const size = pageSizeOf(call.request, 100, 999);
  const groups = directory.groups.slice(position.at, position.at + size);
  const at = position.at + groups.length;
  const token = skipToken({ at, page: position.page + 1 });
  return json(200, {
    '@odata.context': `${address.graphUrl}/${call.version}/$metadata#groups`,
    ...(at < directory.groups.length
      ? { '@odata.nextLink': linkTo(address.graphUrl, call.request, '$skiptoken', token) }
      : {}),
    value: groups.map((group) => groupObject(call, group, select, processing)),
  });
}

/** A group by its id. Throws a 404. */
export function requireGroup(call: GraphCall): SampleGroup {
  const id = call.captured[0] ?? '';
  const group = call.state.directory.groups.find((candidate) => candidate.id === id.toLowerCase());
  if (!group) throw notFound(id);
  return group;
}

/** `GET /groups/{id}`. */
export function getGroup(call: GraphCall, processing: ProcessingGroups): SampleReply {
  return json(200, groupObject(call, requireGroup(call), selectOf(call.request), processing));
}

/** Whether a user is in a group: through a license of it, or by the nature of a group without licenses. */
export function isMember(directory: SampleDirectory, group: SampleGroup, index: number): boolean {
  if (directory.changes.hasLeft(index, group.id)) return false;
  if (group.assignedLicenses.length > 0) {
    return directory.plantedProfile(index).paths.some((path) => path.groupId === group.id);
  }
  const user = directory.user(index);
  if (user.kind !== 'person') return false;
  if (group.key === 'everyone') return true;
  return group.key === 'marketing'
    ? user.department === 'Marketing'
    : pick(directory.seed, index, 51, 20) === 0;
}

/** `GET /groups/{id}/members`, direct members only. */
export function listMembers(call: GraphCall): SampleReply {
  checkOptions(call.request, ['$select', '$top', '$count', '$skiptoken']);
  const { address, directory } = call.state;
  const group = requireGroup(call);
  const position = positionOf(call.request);
  const size = pageSizeOf(call.request, 100, 999);
  const write = userWriter(selectOf(call.request), directory);
  const values: string[] = [];
  let next = -1;
  for (let index = position.at; index < directory.users; index++) {
    if (!isMember(directory, group, index)) continue;
    if (values.length === size) {
      next = index;
      break;
    }
    values.push(`{"@odata.type":"#microsoft.graph.user",${write(directory.user(index)).slice(1)}`);
  }
  const token = skipToken({ at: next, page: position.page + 1 });
  const link = linkTo(address.graphUrl, call.request, '$skiptoken', token);
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `{${next < 0 ? '' : `"@odata.nextLink":${JSON.stringify(link)},`}"value":[${values.join(',')}]}`,
  };
}

/** `DELETE /groups/{id}/members/{user}/$ref`. */
export function removeMember(call: GraphCall): SampleReply {
  const { directory } = call.state;
  const group = requireGroup(call);
  const key = call.captured[1] ?? '';
  const index = requireUser(call, key);
  // The rule decides about members of a dynamic group, the domain controller about those of a synced one.
  if (group.membershipRule !== null) throw denied();
  if (group.onPremisesSyncEnabled === true) {
    throw badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  }
  if (!isMember(directory, group, index)) throw notFound(key);
  directory.changes.leaveGroup(index, group.id);
  return { status: 204 };
}
