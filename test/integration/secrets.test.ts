import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

/** All files below a folder that are not larger than what a log or a small data file can be. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe('Secrets', () => {
  const suite = withTenant({ users: 40 });

  it('are in no file, log, setting or export after sign-ins of every kind, an import and failures', async () => {
    const { tenant } = suite;
    const { address } = tenant;
    const proxyPassword = 'Pr0xy-passw0rd-that-nobody-may-see';
    const wrongSecret = 'wr0ng~secret-that-nobody-may-see';
    const scratch = process.env['TEST_SCRATCH'];
    assert.ok(scratch, 'the runner names the folder of this run');
    const api = await extensionApi();
    const { file } = await run<{ file: string }>('revealDataFile', {});

    const application = { flow: 'clientCredentials', clientId: address.confidentialClientId };
    await withConnection(suite.connectionArgument('Secret device'), async (device) => {
      await run('signIn', { connectionId: device });
      await run('import', { connectionId: device });
      const unattended = suite.connectionArgument('Secret app', {
        ...application,
        secret: address.clientSecret,
      });
      await withConnection(unattended, async (connectionId) => {
        await run('signIn', { connectionId });
        await run('import', { connectionId, tasks: ['licenseInformation'] });
      });
      const wrong = suite.connectionArgument('Secret wrong', { ...application, secret: wrongSecret });
      await withConnection(wrong, async (connectionId) => {
        await failureOf('signIn', { connectionId });
      });
      const proxied = suite.connectionArgument('Secret proxy', {
        proxy: { server: 'http://127.0.0.1:9', username: 'agent', password: proxyPassword },
      });
      await withConnection(proxied, async (connectionId) => {
        const failure = await failureOf('signIn', { connectionId });
        assert.ok(!failure.message.includes(proxyPassword));
        const exported = path.join(suite.folder, 'connections.json');
        await run('exportConnections', { file: exported });
        await run('exportCsv', { report: 'roster', file: path.join(suite.folder, 'roster.csv') });

        const tokens = await tenant.issuedTokens();
        assert.ok(tokens.length >= 4, 'tokens were issued');
        const secrets = [...new Set([address.clientSecret, proxyPassword, wrongSecret, ...tokens])];
        const searched = [
          ...(await filesBelow(scratch)),
          ...(await filesBelow(path.dirname(file))),
          ...(await filesBelow(suite.folder)),
        ];
        assert.ok(searched.includes(file), 'the data file is among what is searched');
        assert.ok(
          searched.some((name) => name.endsWith('.log')),
          'logs are among what is searched',
        );
        for (const name of new Set(searched)) {
          const text = await fs.readFile(name, 'latin1').catch(() => '');
          for (const secret of secrets) {
            assert.ok(!text.includes(secret), `${name} holds a secret (${secret.slice(0, 6)}…)`);
          }
        }
        assert.ok(!JSON.stringify(await api.connections.list()).includes(proxyPassword));
      });
    });
  });
});
