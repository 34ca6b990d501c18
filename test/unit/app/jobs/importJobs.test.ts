import assert from 'node:assert/strict';
import { ImportJobs, type ImportJobOptions } from '../../../../src/app/jobs/importJobs';
import type { CloudServices } from '../../../../src/core/cloudServices';
import { LicenseError } from '../../../../src/core/foundation/errors';
import { silentLogger } from '../../../../src/core/foundation/logger';
import type { Connection } from '../../../../src/core/model/connection';
import type { ImportResult } from '../../../../src/core/model/importRecords';
import type { Store } from '../../../../src/core/store/store';

const connection: Connection = {
  connectionId: 'c1',
  name: 'Contoso',
  sourceType: 'microsoft365',
  tenant: null,
  tenantId: 't1',
  cloud: 'global',
  endpoints: null,
  clientId: '11111111-2222-4333-8444-555555555555',
  flow: 'authorizationCode',
  redirectUri: null,
  proxy: null,
  tasks: ['licenseInformation'],
  caCertificatePath: null,
  readOnly: true,
  createdAt: '2026-11-01T00:00:00Z',
  account: 'ada@contoso.example',
  signedInAt: '2026-11-02T00:00:00Z',
};
const partial: ImportResult = { importId: 'i1', status: 'partial', tasks: [] };
const plain = new LicenseError('signInRequired', 'sign in', { status: 401 });
const challenge = new LicenseError('signInRequired', 'sign in', { claims: '{"access_token":{}}' });

type RunImport = CloudServices['runImport'];

function bench(runImport: RunImport): {
  jobs: ImportJobs;
  stored: Map<string, Connection>;
  run: (options?: Partial<ImportJobOptions>) => Promise<ImportResult>;
} {
  const stored = new Map([[connection.connectionId, connection]]);
  const jobs = new ImportJobs({
    store: {
      connections: async () => [...stored.values()],
      saveConnection: async (changed: Connection) => void stored.set(changed.connectionId, changed),
    } as unknown as Store,
    cloudServices: async () => ({ runImport }) as unknown as CloudServices,
    maxConcurrency: () => 4,
    evaluationSettings: () => ({ inactivityDays: 30, graceDays: 30 }),
    logger: silentLogger,
  });
  return { jobs, stored, run: (options) => jobs.run(connection, { trigger: 'user', ...options }) };
}

describe('an import that needs a person', () => {
  it('marks the connection and says what to answer, when it ran all the same', async () => {
    const asked: LicenseError[] = [];
    const { run, stored } = bench(async (request) => {
      request.onSignInRequired?.(plain);
      request.onSignInRequired?.(challenge);
      request.onSignInRequired?.(plain);
      return partial;
    });
    assert.equal(await run({ onSignInRequired: (error) => asked.push(error) }), partial);
    assert.deepEqual(asked, [challenge], 'once, with the challenge');
    const after = stored.get('c1');
    assert.equal(after?.signedInAt, null);
    assert.equal(after?.account, connection.account);
    assert.equal(after?.refreshedAt, undefined);
  });

  for (const trigger of ['schedule', 'catchUp', 'command'] as const) {
    it(`marks the connection and rejects, when it could not run (${trigger})`, async () => {
      const { run, stored, jobs } = bench(() => Promise.reject(challenge));
      await assert.rejects(run({ trigger }), { reason: 'signInRequired' });
      assert.equal(stored.get('c1')?.signedInAt, null);
      assert.equal(jobs.progressText('c1'), undefined, 'it is over');
    });
  }

  it('does not undo a sign-in, nor an edit, of the meantime', async () => {
    const { run, stored } = bench(async (request) => {
      request.onSignInRequired?.(plain);
      stored.set('c1', { ...connection, name: 'Renamed', signedInAt: '2026-11-03T00:00:00Z' });
      return partial;
    });
    await run();
    assert.equal(stored.get('c1')?.signedInAt, '2026-11-03T00:00:00Z');
    const edited = bench(async (request) => {
      request.onSignInRequired?.(plain);
      edited.stored.set('c1', { ...connection, name: 'Renamed' });
      return partial;
    });
    await edited.run();
    assert.equal(edited.stored.get('c1')?.name, 'Renamed');
    assert.equal(edited.stored.get('c1')?.signedInAt, null);
  });

  it('leaves a connection alone whose import just failed', async () => {
    const { run, stored } = bench(() => Promise.reject(new LicenseError('network', 'gone')));
    await assert.rejects(run(), { reason: 'network' });
    assert.equal(stored.get('c1')?.signedInAt, connection.signedInAt);
  });
});
