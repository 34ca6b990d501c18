import * as assert from 'node:assert/strict';
import * as https from 'node:https';
import * as vscode from 'vscode';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

interface Row {
  readonly task: string;
  readonly permission: string;
  readonly granted: boolean | null;
  readonly verdict: string;
  readonly action: string;
}

interface Registered {
  readonly clientId: string;
  readonly tenantId: string;
  readonly connectionId: string;
  readonly consentUrl: string;
}

describe('The health of a connection, by commands', () => {
  const suite = withTenant({ users: 20, seed: 4 });

  /** What an administrator does in the browser. */
  const visit = (url: string): Promise<number> =>
    new Promise((resolve, reject) => {
      https
        .get(url, { ca: suite.tenant.address.caCertificate }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
        .on('error', reject);
    });
  const test = async (connectionId: string): Promise<readonly Row[]> =>
    (await run<{ rows: readonly Row[] }>('testConnection', { connectionId })).rows;
  const signedIn = async (connectionId: string): Promise<boolean> => {
    const connection = (await (await extensionApi()).connections.list()).find(
      (candidate) => (candidate as { connectionId?: unknown }).connectionId === connectionId,
    ) as { signedInAt?: unknown } | undefined;
    assert.ok(connection);
    return connection.signedInAt !== null;
  };

  before(() => extensionApi());
  afterEach(() =>
    suite.tenant.configure({
      switches: { missingReportsRole: false, mfaRequired: false, grantedPermissions: undefined },
    }),
  );

  it('tests what each task may read', async () => {
    await withConnection(suite.connectionArgument('Doctor'), async (connectionId) => {
      const before = await test(connectionId);
      assert.ok(before.length > 0);
      assert.ok(before.every((row) => row.verdict === 'signInNeeded' && row.granted === null));

      await run('signIn', { connectionId });
      const fine = await test(connectionId);
      assert.deepEqual([...new Set(fine.map((row) => row.verdict))], ['ok']);
      assert.deepEqual([...new Set(fine.map((row) => row.task))].sort(), [
        'applicationAccess',
        'applicationRoster',
        'licenseDifferentiation',
        'licenseInformation',
      ]);

      await suite.tenant.configure({ switches: { missingReportsRole: true } });
      const [worst] = await test(connectionId);
      assert.equal(worst?.verdict, 'missingRole');
      assert.equal(worst.permission, 'Reports.Read.All');
      assert.equal(worst.granted, true);
      assert.match(worst.action, /Reports Reader/);

      await suite.tenant.configure({ switches: { mfaRequired: true } });
      assert.equal((await test(connectionId))[0]?.verdict, 'signInNeeded');
      assert.equal(await signedIn(connectionId), false, 'the tree now says that a sign-in is needed');
    });
  });

  it('refuses ids that are not there', async () => {
    assert.equal((await failureOf('testConnection', { connectionId: 'nobody' })).reason, 'notFound');
  });

  it('opens the report and the guide without a mistake of theirs', async () => {
    await withConnection(suite.connectionArgument('Report'), async () => {
      await vscode.commands.executeCommand('m365Licenses.testConnection');
      await vscode.commands.executeCommand('m365Licenses.openRegistrationGuide');
      const wanted = ['Test – Report', 'Register Your Own App'];
      const labels = (): string[] =>
        vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
      // Tabs are told to the extension host a moment later.
      for (let tries = 0; tries < 100 && !wanted.every((label) => labels().includes(label)); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.deepEqual(
        labels()
          .filter((label) => wanted.includes(label))
          .sort(),
        [...wanted].sort(),
      );
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });

  for (const kind of ['application', 'delegated'] as const) {
    it(`registers an app of one’s own, which works after consent (${kind})`, async () => {
      await withConnection(suite.connectionArgument(`Way in ${kind}`), async (wayIn) => {
        const answer = await run<Registered>('registerApplication', {
          connectionId: wayIn,
          kind,
          flow: 'deviceCode',
          displayName: `Own app ${kind}`,
        });
        const { connectionId } = answer;
        try {
          assert.deepEqual(Object.keys(answer).sort(), [
            'clientId',
            'connectionId',
            'consentUrl',
            'tenantId',
          ]);
          assert.equal(answer.tenantId, suite.tenant.address.tenantId);
          const signIn = { connectionId, ...(kind === 'delegated' && { flow: 'deviceCode' }) };
          if (kind === 'delegated') {
            assert.equal((await failureOf('signIn', signIn)).reason, 'consentRequired');
          }
          const status = await visit(answer.consentUrl);
          assert.ok(status === 200 || status === 302, String(status));
          await run('signIn', signIn);
          const rows = await test(connectionId);
          assert.deepEqual([...new Set(rows.map((row) => row.verdict))], ['ok']);
          const imported = await run<{ status: string }>('import', { connectionId });
          assert.equal(imported.status, 'succeeded');
        } finally {
          await run('removeConnection', { connectionId, keepData: false });
        }
      });
    });
  }

  it('says what is wrong with a wish before anybody signs in', async () => {
    const before = (await suite.tenant.journal()).length;
    const wish = { kind: 'delegated', displayName: 'Own app', flow: 'deviceCode' };
    assert.equal(
      (await failureOf('registerApplication', { ...wish, connectionName: '-no name-' })).reason,
      'invalidArgument',
    );
    assert.equal(
      (await failureOf('registerApplication', { ...wish, kind: 'both' })).reason,
      'invalidArgument',
    );
    assert.equal((await suite.tenant.journal()).length, before);
  });
});
