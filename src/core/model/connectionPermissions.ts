import type { TaskPermission } from '../../shared/connectionContract';
import { delegatedPermissions, permissionNeeds } from '../identity/scopes';
import type { Connection, ImportTask } from './connection';

type PermissionBasis = Pick<Connection, 'clientId' | 'cloud'>;

/** What a task needs: of several permissions that would do, the least one that can be had. */
export function taskPermissions(connection: PermissionBasis, task: ImportTask): TaskPermission[] {
  const asked = delegatedPermissions({ ...connection, tasks: [task] });
  return permissionNeeds[task].map((need) => {
    const permission = need.anyOf.find((name) => asked.includes(name));
    return {
      permission: permission ?? need.anyOf[0],
      purpose: need.purpose,
      optional: need.optional,
      available: permission !== undefined,
    };
  });
}

/** Permissions that the tasks cannot do without and the last sign-in did not bring, least ones, sorted. */
export function missingPermissions(
  connection: Pick<Connection, 'clientId' | 'cloud' | 'tasks' | 'scopes' | 'roles' | 'signedInAt'>,
): string[] {
  const { scopes, roles, signedInAt } = connection;
  if (signedInAt === null || (scopes === undefined && roles === undefined)) return [];
  const granted = new Set([...(scopes ?? []), ...(roles ?? [])]);
  // What a sign-in brought besides covers reading, too: `User.ReadWrite.All` includes `User.Read.All`.
  const covers = (name: string): boolean =>
    granted.has(name) || granted.has(name.replace('.Read.', '.ReadWrite.'));
  const missing = connection.tasks.flatMap((task) =>
    permissionNeeds[task]
      .filter((need) => !need.optional && !need.anyOf.some(covers))
      .map(
        (need) =>
          taskPermissions(connection, task).find((p) => p.purpose === need.purpose)?.permission ??
          need.anyOf[0],
      ),
  );
  return [...new Set(missing)].sort();
}
