import * as v from 'valibot';
import { isCancellation } from '../foundation/abort';
import type { GraphClient } from './graphClient';

const settings = v.object({ displayConcealedNames: v.boolean() });

/** The documentation wraps the object in `value`, the entity type is flat; both are understood. */
const answer = v.union([
  settings,
  v.pipe(
    v.object({ value: settings }),
    v.transform(({ value }) => value),
  ),
]);

/** What an answer of `/admin/reportSettings` says; null when it is none. */
export function concealedNamesOf(value: unknown): boolean | null {
  const parsed = v.safeParse(answer, value);
  return parsed.success ? parsed.output.displayConcealedNames : null;
}

/**
 * Whether usage reports hide names, as the tenant is set; null when that can't be read (the permission
 * `ReportSettings.Read.All` is optional, and national clouds have no such setting).
 * @see https://learn.microsoft.com/graph/api/adminreportsettings-get
 */
export async function readConcealedNames(client: GraphClient): Promise<boolean | null> {
  try {
    return concealedNamesOf(
      await client.getJson('/v1.0/admin/reportSettings', { permissions: ['ReportSettings.Read.All'] }),
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    return null;
  }
}
