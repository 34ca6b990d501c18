/**
 * Permissions that include a smaller one, wherever the smaller one is enough. Kept as a table so that it can be
 * read beside Microsoft's.
 * @see https://learn.microsoft.com/graph/permissions-reference
 */
export const largerPermissions: Readonly<Record<string, readonly string[]>> = {
  'User.Read.All': ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'GroupMember.Read.All': [
    'GroupMember.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'Group.Read.All': ['Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'Organization.Read.All': ['Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'LicenseAssignment.Read.All': ['LicenseAssignment.ReadWrite.All'],
  'ReportSettings.Read.All': ['ReportSettings.ReadWrite.All'],
  'Directory.Read.All': ['Directory.ReadWrite.All'],
};

/** How a token has a permission. */
export interface Grant {
  /** The permission of the token that is enough; null when it has none. */
  readonly by: string | null;
}

/** Every permission that is enough where any of these is, the least one first, each once. */
export function sufficientPermissions(anyOf: readonly string[]): string[] {
  return [...new Set([...anyOf, ...anyOf.flatMap((name) => largerPermissions[name] ?? [])])];
}

/**
 * Which permission of a token is enough: the least one if it is there.
 * @param held delegated or application permissions of the token; full names of scopes are understood
 */
export function grantOf(anyOf: readonly string[], held: readonly string[]): Grant {
  const names = new Set(held.map((name) => name.slice(name.lastIndexOf('/') + 1).toLowerCase()));
  return { by: sufficientPermissions(anyOf).find((name) => names.has(name.toLowerCase())) ?? null };
}
