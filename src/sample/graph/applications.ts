import { Buffer } from 'node:buffer';
import { X509Certificate } from 'node:crypto';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import type { GraphCall } from './graphContext';
import { badRequest, GraphProblem, notFound } from './graphError';

const graphAppId = '00000003-0000-0000-c000-000000000000';

/** Names of Graph permissions by id: delegated ones, then application ones. */
const delegatedNames: Readonly<Record<string, string>> = {
  'a154be20-db9c-4678-8ab7-66f6cc099a59': 'User.Read.All',
  'f395577a-0960-456b-979f-7228de0c5996': 'LicenseAssignment.Read.All',
  'f55016cc-149c-447e-8f21-7cf3ec1d6350': 'LicenseAssignment.ReadWrite.All',
  '4908d5b9-3fb2-4b1e-9336-1888b7937185': 'Organization.Read.All',
  '02e97553-ed7b-43d0-ab3c-f8bace0d040c': 'Reports.Read.All',
  '84fac5f4-33a9-4100-aa38-a20c6d29e5e7': 'ReportSettings.Read.All',
  'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20': 'AuditLog.Read.All',
  '06da0dbc-49e2-44d2-8312-53f166ab848a': 'Directory.Read.All',
  '5f8c59db-677d-491f-a6b8-5f174b11ec1d': 'Group.Read.All',
  'bc024368-1153-4739-b217-4326f2e966d0': 'GroupMember.Read.All',
};
const applicationNames: Readonly<Record<string, string>> = {
  'df021288-bdef-4463-88db-98f22de89214': 'User.Read.All',
  'e2f98668-2877-4f38-a2f4-8202e0717aa1': 'LicenseAssignment.Read.All',
  '5facf0c1-8979-4e95-abcf-ff3d079771c0': 'LicenseAssignment.ReadWrite.All',
  '498476ce-e0fe-48b0-b801-37ba7e2685c6': 'Organization.Read.All',
  '230c1aed-a721-4c5d-9cb4-a90514e508ef': 'Reports.Read.All',
  'ee353f83-55ef-4b78-82da-555bfa2b4b95': 'ReportSettings.Read.All',
  'b0afded3-3588-46d8-8b3d-9842eff778da': 'AuditLog.Read.All',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61': 'Directory.Read.All',
  '5b567255-7703-4780-807c-7be8301ae99b': 'Group.Read.All',
  '98830695-27a2-44f7-8c18-0c3ebc9698f6': 'GroupMember.Read.All',
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `POST /applications`. @see https://learn.microsoft.com/graph/api/application-post-applications */
export function createApplication(call: GraphCall): SampleReply {
  const body = bodyOf(call);
  const displayName = body['displayName'];
  if (typeof displayName !== 'string' || displayName === '') {
    throw badRequest("Invalid value specified for property 'displayName' of resource 'Application'.");
  }
  if (listOf(body['passwordCredentials']).length > 0) {
    throw badRequest('New password credentials must be generated with service actions.');
  }
  if (body['signInAudience'] !== 'AzureADMyOrg')
    throw badRequest('The sample tenant registers for itself only.');
  const publicClient = isObject(body['publicClient']) ? body['publicClient'] : {};
  const redirectUris = listOf(publicClient['redirectUris']).map(String);
  if (redirectUris.some((uri) => !/^(https:|http:\/\/localhost(?=[:/]|$))/.test(uri))) {
    throw badRequest(
      "Invalid value specified for property 'redirectUris' of resource 'PublicClientApplication'.",
    );
  }
  const access = listOf(body['requiredResourceAccess']).flatMap((entry) => {
    if (!isObject(entry) || entry['resourceAppId'] !== graphAppId) {
      throw badRequest('Property requiredResourceAccess.resourceAppId is invalid.');
    }
    return listOf(entry['resourceAccess']);
  });
  const named = (type: string, names: Readonly<Record<string, string>>): string[] =>
    access
      .filter((entry) => isObject(entry) && entry['type'] === type)
      .map((entry) => {
        const name = isObject(entry) ? names[String(entry['id'])] : undefined;
        if (name === undefined) throw badRequest('ResourceAccess id is invalid.');
        return name;
      });
  const certificates = listOf(body['keyCredentials']).map((entry) => {
    const key = isObject(entry) && entry['usage'] === 'Verify' ? String(entry['key']) : '';
    try {
      new X509Certificate(Buffer.from(key, 'base64'));
    } catch {
      throw badRequest('Key credential is invalid: the certificate is not well formed.');
    }
    return key;
  });
  const app = call.state.applications.add({
    displayName,
    kind: body['isFallbackPublicClient'] === true ? 'public' : 'confidential',
    redirectUris,
    delegated: named('Scope', delegatedNames),
    application: named('Role', applicationNames),
    certificates,
  });
  return json(201, {
    '@odata.context': `${call.state.address.graphUrl}/${call.version}/$metadata#applications/$entity`,
    id: app.objectId,
    appId: app.clientId,
    displayName,
    signInAudience: 'AzureADMyOrg',
    isFallbackPublicClient: app.kind === 'public',
    createdDateTime: new Date().toISOString(),
    publicClient: { redirectUris },
    requiredResourceAccess: body['requiredResourceAccess'] ?? [],
    keyCredentials: [],
    passwordCredentials: [],
  });
}

/** `POST /servicePrincipals`. @see https://learn.microsoft.com/graph/api/serviceprincipal-post-serviceprincipals */
export function createServicePrincipal(call: GraphCall): SampleReply {
  const appId = String(bodyOf(call)['appId']);
  const app = call.state.applications.byId(appId);
  if (!app) {
    throw new GraphProblem(
      400,
      'NoBackingApplicationObject',
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    );
  }
  app.hasServicePrincipal = true;
  return json(201, {
    '@odata.context': `${call.state.address.graphUrl}/${call.version}/$metadata#servicePrincipals/$entity`,
    id: app.objectId,
    appId: app.clientId,
    displayName: app.displayName,
    accountEnabled: true,
    servicePrincipalType: 'Application',
  });
}

/** `POST /applications/{id}/addPassword`. @see https://learn.microsoft.com/graph/api/application-addpassword */
export function addPassword(call: GraphCall): SampleReply {
  const [objectId = ''] = call.captured;
  const app = call.state.applications.byObjectId(objectId);
  if (!app) throw notFound(objectId);
  const credential = bodyOf(call)['passwordCredential'];
  const asked = isObject(credential) ? credential : {};
  const start = new Date();
  const end = typeof asked['endDateTime'] === 'string' ? asked['endDateTime'] : null;
  if (end !== null && !(Date.parse(end) > start.getTime()))
    throw badRequest('Credential lifetime is invalid.');
  const secret = call.state.applications.addSecret(
    app,
    end ?? new Date(start.getTime() + 2 * 365 * 86_400_000).toISOString(),
  );
  return json(200, {
    '@odata.context': `${call.state.address.graphUrl}/${call.version}/$metadata#microsoft.graph.passwordCredential`,
    customKeyIdentifier: null,
    displayName: asked['displayName'] ?? null,
    startDateTime: start.toISOString(),
    endDateTime: secret.endDateTime,
    hint: secret.secretText.slice(0, 3),
    keyId: secret.keyId,
    secretText: secret.secretText,
  });
}

function bodyOf(call: GraphCall): Json {
  try {
    const value: unknown = JSON.parse(call.request.body);
    if (isObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new GraphProblem(400, 'BadRequest', 'Unable to read JSON request payload.');
}
