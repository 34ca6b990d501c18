import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as esbuild from 'esbuild';
import * as fs from 'node:fs';
import { Agent } from 'node:https';
import * as os from 'node:os';
import * as path from 'node:path';
import { startSampleTenantThread } from '../../../src/sample/sampleTenantThread';
import { exchange } from '../../support/sampleTenantFixture';

describe('sample tenant on its own thread', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sample-worker-'));
  const bundle = (entry: string, file: string): string => {
    const outfile = path.join(folder, file);
    const source = path.resolve(__dirname, '../../../src/sample', entry);
    esbuild.buildSync({ entryPoints: [source], bundle: true, platform: 'node', format: 'cjs', outfile });
    return outfile;
  };
  const worker = bundle('sampleWorker.ts', 'sampleWorker.js');
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('answers like one on the same thread', async () => {
    const tenant = await startSampleTenantThread(worker, { users: 10, switches: { expireDeviceCode: true } });
    const { address } = tenant;
    const agent = new Agent({ ca: address.caCertificate });
    const post = async (endpoint: string, form: Record<string, string>): Promise<Record<string, string>> => {
      const url = `${address.loginUrl}/organizations/oauth2/v2.0/${endpoint}`;
      const body = new URLSearchParams({ client_id: address.clientId, ...form }).toString();
      return JSON.parse((await exchange({ method: 'POST', url, body }, agent)).text) as Record<
        string,
        string
      >;
    };
    const scope = `${address.graphUrl}/User.Read.All`;
    const expired = await post('devicecode', { scope });
    const poll = (started: Record<string, string>): Promise<Record<string, string>> =>
      post('token', { grant_type: 'device_code', device_code: started['device_code'] ?? '' });
    assert.equal((await poll(expired))['error'], 'expired_token');
    await tenant.configure({ switches: { expireDeviceCode: false } });
    const started = await post('devicecode', { scope });
    assert.equal(await tenant.approveDeviceCode(started['user_code'] ?? ''), true);
    assert.equal((await poll(started))['token_type'], 'Bearer');
    const entries = await tenant.journal();
    assert.deepEqual(
      entries.map((entry) => entry.status),
      [200, 400, 200, 200],
    );
    await tenant.close();
    agent.destroy();
    await assert.rejects(exchange({ url: `${address.loginUrl}/organizations` }, undefined));
    await assert.rejects(tenant.journal(), /has stopped/);
  });

  it('says why it cannot start', async () => {
    await assert.rejects(startSampleTenantThread(worker, { users: 0 }), /users must be a whole number/);
  });

  it('does not keep its process alive', () => {
    const main = bundle('sampleTenantThread.ts', 'thread.js');
    const script = `require(${JSON.stringify(main)}).startSampleTenantThread(${JSON.stringify(worker)}, { users: 5 }).then((t) => console.log(t.address.tenantName))`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      timeout: 15_000,
    });
    assert.deepEqual([status, stdout.trim(), stderr], [0, 'Contoso', '']);
  });
});
