import * as v from 'valibot';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { postJson, type GraphPostDeps } from '../graph/graphPost';
import { requiredId } from '../graph/graphValues';
import { applicationBody, type RegistrationWish } from './appRegistration';

/** The permission that registering needs. It is asked for here and nowhere else, and its token is not kept. */
export const registrationPermission = 'Application.ReadWrite.All';

/** How long a created secret is good for, in days. */
export const secretLifetimeDays = 180;

/** A registration that was created. */
export interface CreatedRegistration {
  /** Application (client) ID. */
  readonly clientId: string;
  /** Its object, for the portal. */
  readonly objectId: string;
  /** The client secret: for the vault, and nothing else. Null where none was asked for. */
  readonly secret: string | null;
  /** UTC ISO 8601; null without a secret. */
  readonly secretExpiresAt: string | null;
}

const application = v.object({ id: requiredId, appId: requiredId });
const password = v.object({ secretText: v.pipe(v.string(), v.nonEmpty()), endDateTime: v.string() });

/**
 * Registers an application in the token's tenant, as `wish` says: the application, its service principal (which
 * consent hangs on) and, for one that signs in as itself without a certificate, a secret.
 *
 * Rejects with what Graph rejects with; once the application exists, with `registrationIncomplete`, because it stays.
 * @see https://learn.microsoft.com/graph/api/application-post-applications
 * @see https://learn.microsoft.com/graph/api/serviceprincipal-post-serviceprincipals
 * @see https://learn.microsoft.com/graph/api/application-addpassword
 */
export async function registerApplication(
  deps: GraphPostDeps,
  wish: RegistrationWish,
): Promise<CreatedRegistration> {
  const permissions = [registrationPermission];
  const created = read(
    application,
    await postJson(deps, '/v1.0/applications', applicationBody(wish), { permissions }).catch(withRole),
    'POST /v1.0/applications',
  );
  try {
    const after = { permissions, afterCreation: true };
    await postJson(deps, '/v1.0/servicePrincipals', { appId: created.appId }, after);
    if (wish.kind === 'delegated' || wish.certificate !== undefined) {
      return { clientId: created.appId, objectId: created.id, secret: null, secretExpiresAt: null };
    }
    const end = new Date(deps.now().getTime() + secretLifetimeDays * 24 * 60 * 60 * 1000);
    const credential = read(
      password,
      await postJson(
        deps,
        `/v1.0/applications/${created.id}/addPassword`,
        { passwordCredential: { displayName: wish.displayName, endDateTime: end.toISOString() } },
        after,
      ),
      'POST /v1.0/applications/{id}/addPassword',
    );
    const expires = Date.parse(credential.endDateTime);
    return {
      clientId: created.appId,
      objectId: created.id,
      secret: credential.secretText,
      secretExpiresAt: Number.isNaN(expires) ? end.toISOString() : new Date(expires).toISOString(),
    };
  } catch (error) {
    if (!isLicenseError(error)) throw error;
    throw new LicenseError(
      'registrationIncomplete',
      `The application was registered (client ID ${created.appId}), but not all that belongs to it: ${error.message} Delete it in the portal and register it again, or add what is missing there.`,
      { ...error.details, clientId: created.appId, because: error.reason },
    );
  }
}

/** Says which roles may register, where the person's is not among them. */
function withRole(error: unknown): never {
  if (!isLicenseError(error, 'roleMissing')) throw error;
  throw new LicenseError(error.reason, error.message, {
    ...error.details,
    role: 'Application Developer, Cloud Application Administrator or Application Administrator',
  });
}

/** The answer's own text is not repeated: it can hold a secret. */
function read<T>(schema: v.GenericSchema<unknown, T>, value: unknown, request: string): T {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new LicenseError('badResponse', `${request} was answered with something that is not documented.`);
}
