import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/model/connection';
import {
  disabledFields,
  fieldsOf,
  formProblems,
  formValuesOf,
  newFormValues,
  projectedEndpoints,
  type FormContext,
} from '../../../../src/core/model/connectionForm';
import { missingPermissions, taskPermissions } from '../../../../src/core/model/connectionPermissions';
import type { ConnectionFormValues } from '../../../../src/shared/connectionContract';

const preset = '5bb1a5a2-0d97-4335-9448-119f7b27aff9';
const own = '11111111-2222-3333-4444-555555555555';

const context: FormContext = {
  presetClientId: preset,
  tenantId: null,
  others: [],
  hasSecret: false,
  hasCertificate: false,
  hasProxyPassword: false,
  today: '2026-11-21',
};

const filled = (changes: Partial<ConnectionFormValues> = {}): ConnectionFormValues => ({
  ...newFormValues(),
  name: 'Fenwick',
  ...changes,
});
const problems = (changes: Partial<ConnectionFormValues>, more: Partial<FormContext> = {}) =>
  formProblems(filled(changes), { ...context, ...more }).map(({ field, reason }) => `${field}: ${reason}`);
const byApp = { app: 'own', clientId: own, tenant: 'contoso.com', flow: 'clientCredentials' } as const;

describe('values of the connection form', () => {
  it('begin as the documents give the multi-tenant app, wanting a name only', () => {
    assert.deepEqual(
      formProblems(newFormValues(), context).map(({ field }) => field),
      ['name'],
    );
    const { flow, ...fields } = fieldsOf(filled(), preset);
    assert.equal(flow, 'authorizationCode');
    assert.equal(fields.clientId, preset);
    assert.equal(fields.redirectUri, 'https://login.microsoftonline.com/common/oauth2/nativeclient');
    assert.deepEqual(projectedEndpoints(filled(), context), {
      tokenEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      authorizationEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      redirectUri: 'https://login.microsoftonline.com/common/oauth2/nativeclient',
    });
  });

  it('take the client ID that the setting puts in place of the preset', () => {
    assert.equal(fieldsOf(filled(), own).clientId, own);
  });

  it('store nothing of fields that are switched off', () => {
    const fields = fieldsOf(
      filled({
        clientId: own,
        loginOrigin: 'https://login.example',
        graphOrigin: 'https://graph.example',
        caCertificatePath: '/ca.pem',
        proxyServer: '10.0.0.1:8080',
        flow: 'deviceCode',
        redirectUri: 'http://localhost',
      }),
      preset,
    );
    assert.equal(fields.clientId, preset);
    assert.equal(fields.endpoints, null);
    assert.equal(fields.caCertificatePath, null);
    assert.equal(fields.proxy, null);
    assert.equal(fields.redirectUri, null);
  });

  it('come back as they were stored', () => {
    const connection: Connection = {
      connectionId: 'c1',
      name: 'Contoso 2',
      sourceType: 'saasManagement',
      tenant: 'contoso.com',
      tenantId: null,
      cloud: 'custom',
      endpoints: { login: 'https://login.example', graph: 'https://graph.example:8443' },
      clientId: own,
      flow: 'clientCredentials',
      redirectUri: null,
      proxy: { server: 'http://proxy:3128', username: 'kim' },
      tasks: ['licenseInformation'],
      caCertificatePath: '/etc/ca.pem',
      readOnly: true,
      createdAt: '2026-01-01T00:00:00.000Z',
      account: null,
      signedInAt: null,
      credential: { kind: 'secret', expiresAt: '2027-03-01T00:00:00.000Z', thumbprint: null },
      thresholds: { inactivityDays: 90, graceDays: null },
    };
    const values = formValuesOf(connection, preset);
    assert.equal(values.app, 'own');
    assert.equal(values.secretExpiresOn, '2027-03-01');
    assert.deepEqual([values.inactivityDays, values.graceDays], ['90', '']);
    assert.equal(fieldsOf({ ...values, inactivityDays: ' ' }, preset).thresholds, null);
    const {
      connectionId: _,
      tenantId: __,
      createdAt: ___,
      account: ____,
      signedInAt: _____,
      credential: ______,
      ...fields
    } = connection;
    assert.deepEqual(fieldsOf(values, preset), fields);
  });

  it('enable only the fields of the chosen flow, app, cloud and proxy', () => {
    const flowFields = ['authorizationEndpoint', 'redirectUri', 'secret', 'secretExpiresOn', 'certificate'];
    const offOf = (changes: Partial<ConnectionFormValues>): string[] =>
      disabledFields(filled(changes)).filter((field) => flowFields.includes(field));
    assert.deepEqual(offOf({}), ['secret', 'secretExpiresOn', 'certificate']);
    assert.deepEqual(offOf({ flow: 'deviceCode' }).length, 5);
    assert.deepEqual(offOf(byApp), ['authorizationEndpoint', 'redirectUri', 'certificate']);
    assert.deepEqual(offOf({ ...byApp, credentialKind: 'certificate' }), [
      'authorizationEndpoint',
      'redirectUri',
      'secret',
      'secretExpiresOn',
    ]);
    assert.ok(disabledFields(filled()).includes('proxyServer'));
    assert.ok(!disabledFields(filled({ useProxy: true })).includes('proxyPassword'));
    assert.ok(disabledFields(filled()).includes('clientId'));
    assert.ok(!disabledFields(filled({ app: 'own' })).includes('clientId'));
  });
});

describe('problems of the connection form', () => {
  it('are said at the field they belong to', () => {
    assert.deepEqual(problems({ cloud: 'custom', loginOrigin: 'https://login.example', graphOrigin: 'x' }), [
      'graphOrigin: invalidEndpoint',
    ]);
    assert.deepEqual(problems({ cloud: 'custom' }), [
      'loginOrigin: invalidEndpoint',
      'graphOrigin: invalidEndpoint',
    ]);
    assert.deepEqual(problems({ useProxy: true, proxyServer: 'proxy' }), ['proxyServer: invalidProxy']);
    assert.deepEqual(problems({ useProxy: true, proxyServer: '10.0.0.1:80' }, { hasProxyPassword: true }), [
      'proxyUsername: proxyPasswordWithoutUsername',
    ]);
    assert.deepEqual(problems({ tasks: [] }), ['tasks: noTasks']);
    assert.deepEqual(problems({ inactivityDays: ' 1 ', graceDays: '730' }), []);
    for (const days of ['0', '731', '1.5', '-3', 'ten', '1e2', '0x1f']) {
      assert.deepEqual(problems({ inactivityDays: days, graceDays: days }), [
        'inactivityDays: invalidDays',
        'graceDays: invalidDays',
      ]);
    }
  });

  it('want a secret or a certificate, and a day that is one and not over', () => {
    assert.deepEqual(problems(byApp), ['secret: secretRequired']);
    assert.deepEqual(problems({ ...byApp, credentialKind: 'certificate' }), [
      'certificate: certificateRequired',
    ]);
    const secret = { hasSecret: true };
    assert.deepEqual(problems({ ...byApp, secretExpiresOn: '2026-11-21' }, secret), []);
    assert.deepEqual(problems({ ...byApp, secretExpiresOn: '2026-11-20' }, secret), [
      'secretExpiresOn: dateOver',
    ]);
    for (const day of ['soon', '2027-02-31', '1.3.2027', '2027-3-1']) {
      assert.deepEqual(
        problems({ ...byApp, secretExpiresOn: day }, secret),
        ['secretExpiresOn: invalidDate'],
        day,
      );
    }
    // Not asked for with another flow.
    assert.deepEqual(problems({ ...byApp, flow: 'deviceCode', secretExpiresOn: 'soon' }), []);
  });

  it('offer what would make them fit', () => {
    const [cloud] = formProblems(
      filled({ tokenEndpoint: 'https://login.microsoftonline.us/common/oauth2/v2.0/token' }),
      context,
    );
    assert.deepEqual(cloud, {
      field: 'tokenEndpoint',
      reason: 'endpoint.otherCloud',
      found: 'usGovL4',
      fix: { cloud: 'usGovL4' },
    });
    const [flow] = formProblems(filled({ flow: 'clientCredentials', tenant: 'contoso.com' }), {
      ...context,
      hasSecret: true,
    });
    assert.deepEqual(flow, { field: 'flow', reason: 'presetFlow', fix: { app: 'own' } });
  });

  it('know nothing wrong about endpoints of another flow', () => {
    assert.deepEqual(problems({ flow: 'deviceCode', authorizationEndpoint: 'x', redirectUri: 'x' }), []);
  });
});

describe('permissions of the tasks', () => {
  const ownApp = { clientId: own, cloud: 'global' } as const;

  it('are the least ones', () => {
    assert.deepEqual(
      taskPermissions(ownApp, 'licenseInformation').map(({ permission, optional }) => [permission, optional]),
      [
        ['LicenseAssignment.Read.All', false],
        ['Organization.Read.All', false],
      ],
    );
    // Where the license permissions are not known to exist, the next one.
    assert.deepEqual(
      taskPermissions({ ...ownApp, cloud: 'china' }, 'licenseInformation').map(
        ({ permission }) => permission,
      ),
      ['Organization.Read.All', 'Organization.Read.All'],
    );
  });

  it('say what the multi-tenant app is not registered for', () => {
    const access = taskPermissions({ clientId: preset, cloud: 'global' }, 'applicationAccess');
    assert.deepEqual(
      access.map(({ permission, available }) => [permission, available]),
      [
        ['Reports.Read.All', true],
        ['ReportSettings.Read.All', false],
        ['AuditLog.Read.All', false],
      ],
    );
  });

  it('are missing when neither they nor wider ones were granted', () => {
    const signedIn = {
      ...ownApp,
      tasks: ['licenseInformation', 'applicationAccess'],
      signedInAt: '2026-11-01T00:00:00Z',
    } as const;
    assert.deepEqual(missingPermissions({ ...signedIn, scopes: [], roles: [] }), [
      'LicenseAssignment.Read.All',
      'Organization.Read.All',
      'Reports.Read.All',
    ]);
    assert.deepEqual(
      missingPermissions({ ...signedIn, scopes: ['Directory.Read.All', 'Reports.Read.All'] }),
      [],
    );
    assert.deepEqual(missingPermissions({ ...signedIn, roles: ['Directory.ReadWrite.All'] }), [
      'Reports.Read.All',
    ]);
    // Unknown, as of a connection from before it was kept, is not missing.
    assert.deepEqual(missingPermissions(signedIn), []);
    assert.deepEqual(missingPermissions({ ...signedIn, signedInAt: null, scopes: [] }), []);
  });
});
