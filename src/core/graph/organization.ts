import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import type { GraphClient } from './graphClient';
import { optionalBoolean, optionalText, requiredId } from './graphValues';

/** The tenant that a token belongs to. */
export interface Organization {
  /** GUID, lower case. */
  readonly tenantId: string;
  readonly displayName: string | null;
  /** The default verified domain. */
  readonly defaultDomain: string | null;
}

const organization = v.object({
  id: requiredId,
  displayName: optionalText,
  verifiedDomains: v.fallback(v.array(v.unknown()), []),
});

const listing = v.object({ value: v.pipe(v.array(v.unknown()), v.minLength(1)) });

const verifiedDomain = v.object({ name: optionalText, isDefault: optionalBoolean });

/**
 * Reads whose data the token opens. Rejects with `badResponse` when the answer does not say.
 * @see https://learn.microsoft.com/graph/api/organization-list
 */
export async function readOrganization(client: GraphClient): Promise<Organization> {
  const answer = await client.getJson('/v1.0/organization?$select=id,displayName,verifiedDomains', {
    permissions: ['Organization.Read.All', 'Directory.Read.All'],
  });
  const list = v.safeParse(listing, answer);
  const parsed = list.success ? v.safeParse(organization, list.output.value[0]) : null;
  if (parsed?.success !== true) {
    throw new LicenseError('badResponse', 'GET /v1.0/organization did not name the tenant.', {
      path: '/v1.0/organization',
    });
  }
  const { id, displayName, verifiedDomains } = parsed.output;
  const domains = verifiedDomains
    .map((value) => v.safeParse(verifiedDomain, value))
    .flatMap((domain) => (domain.success ? [domain.output] : []));
  return {
    tenantId: id,
    displayName,
    defaultDomain: domains.find((domain) => domain.isDefault === true)?.name ?? null,
  };
}
