import { silentLogger } from '../../../../src/core/foundation/logger';
import type { ImportRequest } from '../../../../src/core/importing/importRequest';
import type { Connection } from '../../../../src/core/model/connection';
import { importTasks } from '../../../../src/core/model/connection';
import type { SampleTenantFixture } from '../../../support/sampleTenantFixture';
import { quickLimits, sampleHttp, SampleTokens } from '../graph/sampleGraph';

/** A connection into the sample tenant as the application itself. */
export function sampleConnection(sample: SampleTenantFixture, change: Partial<Connection> = {}): Connection {
  const { tenantId, loginUrl, graphUrl, confidentialClientId } = sample.tenant.address;
  return {
    connectionId: 'c-1',
    name: 'Contoso nightly',
    sourceType: 'microsoft365',
    tenant: null,
    tenantId,
    cloud: 'custom',
    endpoints: { login: loginUrl, graph: graphUrl },
    clientId: confidentialClientId,
    flow: 'clientCredentials',
    redirectUri: null,
    proxy: null,
    tasks: importTasks,
    caCertificatePath: null,
    readOnly: true,
    createdAt: '2026-11-01T00:00:00Z',
    account: null,
    signedInAt: null,
    ...change,
  };
}

/** The date that the imports of the tests run on, and that their sample tenants are relative to. */
export const importedOn = '2026-11-20';

/** An import of everything from the sample tenant. */
export function sampleRequest(
  sample: SampleTenantFixture,
  store: ImportRequest['store'],
  change: Partial<ImportRequest> = {},
): ImportRequest {
  return {
    connection: sampleConnection(sample),
    tasks: importTasks,
    trigger: 'user',
    evaluation: { inactivityDays: 30, graceDays: 30 },
    http: sampleHttp(sample),
    tokens: new SampleTokens(sample),
    graphOrigin: sample.tenant.address.graphUrl,
    store,
    logger: silentLogger,
    now: () => new Date(`${importedOn}T10:00:00Z`),
    signal: new AbortController().signal,
    limits: quickLimits,
    ...change,
  };
}
