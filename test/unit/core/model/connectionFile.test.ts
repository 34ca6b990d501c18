import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/model/connection';
import {
  planConnectionFile,
  writeConnectionFile,
  type ConnectionFileContext,
} from '../../../../src/core/model/connectionFile';

const preset = '5bb1a5a2-0d97-4335-9448-119f7b27aff9';
const own = '11111111-2222-3333-4444-555555555555';
const id = 'aaaaaaaa-1111-4222-8333-444444444444';

const contoso: Connection = {
  connectionId: id,
  name: 'Contoso',
  sourceType: 'microsoft365',
  tenant: 'contoso.com',
  tenantId: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
  cloud: 'global',
  endpoints: null,
  clientId: own,
  flow: 'clientCredentials',
  redirectUri: null,
  proxy: { server: 'http://proxy:3128', username: 'kim' },
  tasks: ['applicationRoster', 'licenseInformation'],
  caCertificatePath: null,
  readOnly: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  account: 'kim@contoso.com',
  signedInAt: '2026-02-01T00:00:00.000Z',
  refreshedAt: '2026-02-02T00:00:00.000Z',
  roles: ['Reports.Read.All'],
  credential: { kind: 'certificate', expiresAt: '2027-01-01T00:00:00.000Z', thumbprint: 'ab'.repeat(32) },
};

const context = (existing: readonly Connection[] = []): ConnectionFileContext => ({
  existing,
  presetClientId: preset,
  newId: () => 'new-id',
  now: '2026-11-21T00:00:00.000Z',
});
const fileOf = (...connections: unknown[]): string =>
  JSON.stringify({ format: 'm365Licenses.connections', version: 1, connections });
const entry = { name: 'Fabrikam', sourceType: 'microsoft365' };
const actions = (text: string, existing: readonly Connection[] = []) =>
  planConnectionFile(text, context(existing)).map(({ action, name }) => `${action} ${name}`);

describe('a file of connections', () => {
  it('carries thresholds both ways, and leaves those alone that it does not name', () => {
    const thresholds = { inactivityDays: 90, graceDays: 45 };
    const written = writeConnectionFile([{ ...contoso, thresholds }], '2026-11-21T00:00:00.000Z');
    const [change] = planConnectionFile(written, context([contoso]));
    assert.ok(change?.action === 'change');
    assert.deepEqual([change.changes, change.connection.thresholds], [['thresholds'], thresholds]);
    const one = { inactivityDays: 90, graceDays: null };
    const [added] = planConnectionFile(fileOf({ ...entry, thresholds: one }), context());
    assert.ok(added?.action === 'add');
    assert.deepEqual(added.connection.thresholds, one);
    const plain = writeConnectionFile([contoso], '2026-11-21T00:00:00.000Z');
    assert.deepEqual(actions(plain, [{ ...contoso, thresholds }]), ['same Contoso']);
    assert.deepEqual(
      actions(fileOf({ ...entry, thresholds: { inactivityDays: 0, graceDays: 30 } })).map(
        (action) => action.split(' ')[0],
      ),
      ['refuse'],
    );
  });

  it('holds what a person decided and nobody’s sign-in', () => {
    const text = writeConnectionFile([contoso], '2026-11-21T00:00:00.000Z');
    assert.deepEqual(JSON.parse(text), {
      format: 'm365Licenses.connections',
      version: 1,
      exportedAt: '2026-11-21T00:00:00.000Z',
      connections: [
        {
          connectionId: id,
          name: 'Contoso',
          sourceType: 'microsoft365',
          tenant: 'contoso.com',
          cloud: 'global',
          endpoints: null,
          clientId: own,
          flow: 'clientCredentials',
          redirectUri: null,
          proxy: { server: 'http://proxy:3128', username: 'kim' },
          tasks: ['applicationRoster', 'licenseInformation'],
          caCertificatePath: null,
          readOnly: true,
          credential: { kind: 'certificate', expiresAt: '2027-01-01T00:00:00.000Z' },
        },
      ],
    });
  });

  it('takes nothing into the file that is no field, such as a secret in an object', () => {
    const sloppy = {
      ...contoso,
      secret: 'hunter2',
      proxy: { server: 'http://proxy:3128', password: 'hunter2' },
    };
    assert.ok(!writeConnectionFile([sloppy], '').includes('hunter2'));
    const [planned] = planConnectionFile(
      fileOf({ ...entry, secret: 'hunter2', proxy: { server: '10.0.0.1:80', password: 'hunter2' } }),
      context(),
    );
    assert.equal(planned?.action, 'add');
    assert.ok(!JSON.stringify(planned).includes('hunter2'));
  });

  it('is the same where it came from, and new on another machine', () => {
    const text = writeConnectionFile([contoso], '');
    assert.deepEqual(actions(text, [contoso]), ['same Contoso']);
    const [added] = planConnectionFile(text, context());
    assert.equal(added?.action, 'add');
    if (added?.action !== 'add') return;
    assert.equal(added.connection.connectionId, id);
    assert.equal(added.needs, 'certificate');
    assert.equal(added.connection.signedInAt, null);
    assert.equal(added.connection.createdAt, '2026-11-21T00:00:00.000Z');
  });

  it('fills in what an entry leaves out: the multi-tenant app and all tasks', () => {
    const [added] = planConnectionFile(fileOf(entry), context());
    assert.equal(added?.action, 'add');
    if (added?.action !== 'add') return;
    assert.equal(added.connection.clientId, preset);
    assert.equal(added.connection.tasks.length, 4);
    assert.equal(added.connection.connectionId, 'new-id');
    assert.equal(added.needs, 'signIn');
  });

  it('names what would change, found by id or else by name in any case', () => {
    const { connectionId: _, ...named } = JSON.parse(
      JSON.stringify({ ...contoso, name: 'CONTOSO', tenant: 'fabrikam.com' }),
    ) as Record<string, unknown>;
    const [changed] = planConnectionFile(fileOf(named), context([contoso]));
    assert.equal(changed?.action, 'change');
    if (changed?.action !== 'change') return;
    assert.deepEqual(changed.changes, ['name', 'tenant']);
    assert.equal(changed.connection.connectionId, id);
    // Another tenant: the sign-in is void, the app's certificate is not.
    assert.equal(changed.connection.signedInAt, null);
    assert.equal(changed.connection.credential?.thumbprint, 'ab'.repeat(32));
    assert.equal(changed.needs, 'signIn');
  });

  it('asks for the certificate again where the file sends the connection to another address', () => {
    const [changed] = planConnectionFile(
      fileOf({
        ...contoso,
        cloud: 'custom',
        endpoints: { login: 'https://evil.example', graph: 'https://graph.evil.example' },
      }),
      context([contoso]),
    );
    assert.equal(changed?.action === 'change' && changed.needs, 'certificate');
  });

  it('refuses what breaks a rule, and says which', () => {
    const plan = planConnectionFile(
      fileOf(
        { ...entry, name: '_x' },
        { ...entry, tenant: 'no tenant' },
        {
          ...entry,
          cloud: 'custom',
          endpoints: { login: 'http://plain.example', graph: 'https://g.example' },
        },
        { ...entry, flow: 'clientCredentials', tenant: 'a.com' },
        { ...entry, sourceType: 'other' },
        'no object',
      ),
      context(),
    );
    assert.deepEqual(
      plan.map((planned) =>
        planned.action === 'refuse' ? (planned.problem?.reason ?? planned.name) : planned.action,
      ),
      ['invalidName', 'invalidTenant', 'invalidEndpoint', 'presetFlow', 'Fabrikam', 'Entry 6'],
    );
  });

  it('takes each name once', () => {
    assert.deepEqual(actions(fileOf({ ...entry, connectionId: id }, { ...entry, connectionId: own }), []), [
      'add Fabrikam',
      // The second of the name is the first one again.
      'same Fabrikam',
    ]);
    // A rename onto the name of another connection.
    const other: Connection = { ...contoso, connectionId: own, name: 'Fabrikam' };
    assert.deepEqual(actions(fileOf({ ...contoso, name: 'fabrikam' }), [contoso, other]), [
      'refuse fabrikam',
    ]);
  });

  it('keeps connections of the deprecated source type, and does not take a converted one back', () => {
    const [added] = planConnectionFile(fileOf({ name: 'Old', sourceType: 'office365Deprecated' }), context());
    assert.equal(added?.action === 'add' && added.needs, 'convert');
    const old: Connection = { ...contoso, sourceType: 'office365Deprecated' };
    assert.deepEqual(actions(writeConnectionFile([contoso], ''), [old]), ['refuse Contoso']);
  });

  it('is read only when it is one, of a version that is known', () => {
    for (const text of ['', 'x', '[]', '{}', '{"format":"other","version":1,"connections":[]}']) {
      assert.throws(() => planConnectionFile(text, context()), { reason: 'invalidArgument' }, text);
    }
    assert.throws(
      () =>
        planConnectionFile('{"format":"m365Licenses.connections","version":2,"connections":[]}', context()),
      /version 2/,
    );
    assert.deepEqual(actions(`\uFEFF${fileOf()}`), []);
  });
});
