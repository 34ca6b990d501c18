/*
 * Ids and names as the store compares them. Graph writes GUIDs in lower case and user principal names in the case
 * in which somebody typed them, reports sometimes in another.
 */

/** A GUID as the file keeps it. */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** The name by which rows of reports are joined to users. */
export function upnKey(userPrincipalName: string): string {
  return userPrincipalName.trim().toLowerCase();
}

/** 0/1, null for unknown. */
export function flag(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}

/** Ids sorted and joined as the views show them; empty text for none. */
export function joinIds(ids: readonly string[]): string {
  return ids.length === 0 ? '' : [...new Set(ids.map(idKey))].sort().join('; ');
}

/** The inverse of {@link joinIds}. */
export function splitIds(joined: string): readonly string[] {
  return joined === '' ? [] : joined.split('; ');
}
