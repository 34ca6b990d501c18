import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

interface ImportAnswer {
  readonly status: string;
  readonly tasks: readonly { task: string; status: string; warnings: readonly string[] }[];
}

/** Every switch that a test here touches, as it is without a test. */
const usual = {
  autoApprove: true,
  consentMissing: false,
  secretExpired: false,
  expireDeviceCode: false,
  declineDeviceCode: false,
  conditionalAccess: false,
  noPremium: false,
};

describe('Bad input', () => {
  it('refuses what is not an argument, with the field', async () => {
    await extensionApi();
    const failure = await failureOf('addConnection', {
      name: 'X',
      sourceType: 'microsoft365',
      flow: 'password',
    });
    assert.equal(failure.reason, 'invalidArgument');
    assert.match(failure.message, /flow/);
  });

  it('refuses a name that breaks the rule, an unknown connection, a relative path and an unknown column', async () => {
    await extensionApi();
    const base = { sourceType: 'microsoft365', flow: 'deviceCode' };
    assert.match((await failureOf('addConnection', { ...base, name: '-dash' })).message, /letter or digit/);
    assert.equal((await failureOf('signIn', { connectionId: 'nobody' })).reason, 'notFound');
    assert.match(
      (await failureOf('exportCsv', { report: 'roster', file: 'relative.csv' })).message,
      /not an absolute path/,
    );
    const column = { report: 'roster', columns: ['password'], file: '/tmp/never-written.csv' };
    assert.equal((await failureOf('exportCsv', column)).reason, 'invalidArgument');
  });

  it('refuses a query that would write', async () => {
    const api = await extensionApi();
    await assert.rejects(api.query('DELETE FROM connections'));
    await assert.rejects(api.query('SELECT 1; DELETE FROM connections'));
  });
});

describe('Bad days of sign-in', () => {
  const suite = withTenant({ users: 20 });

  const signInFailure = async (
    name: string,
    switches: object,
    change: object = {},
  ): Promise<{ reason: string; message: string }> => {
    let failure: { reason: string; message: string } | undefined;
    await suite.tenant.configure({ switches: { ...usual, ...switches } });
    try {
      await withConnection(suite.connectionArgument(name, change), async (connectionId) => {
        failure = await failureOf('signIn', { connectionId });
      });
    } finally {
      await suite.tenant.configure({ switches: usual });
    }
    assert.ok(failure);
    return failure;
  };

  it('says that consent is missing, with the number for support', async () => {
    const failure = await signInFailure('No consent', { consentMissing: true });
    assert.equal(failure.reason, 'consentRequired');
    assert.match(failure.message, /administrator.*AADSTS65001.*correlation id/);
  });

  it('says that a client ID is not known', async () => {
    const clientId = '00000000-1111-2222-3333-444444444444';
    const failure = await signInFailure('Unknown client', {}, { clientId });
    assert.equal(failure.reason, 'clientUnknown');
    assert.match(failure.message, /AADSTS700016/);
  });

  it('says that a secret is wrong or has expired', async () => {
    const { address } = suite.tenant;
    const app = { flow: 'clientCredentials', clientId: address.confidentialClientId };
    assert.equal(
      (await signInFailure('Wrong secret', {}, { ...app, secret: 'wrong' })).reason,
      'clientSecretWrong',
    );
    const expired = await signInFailure(
      'Old secret',
      { secretExpired: true },
      { ...app, secret: address.clientSecret },
    );
    assert.equal(expired.reason, 'clientSecretExpired');
  });

  it('says that the code has expired', async () => {
    const failure = await signInFailure('Expired code', { autoApprove: false, expireDeviceCode: true });
    assert.equal(failure.reason, 'codeExpired');
  });

  it('says that the person declined', async () => {
    const failure = await signInFailure('Declined', { autoApprove: false, declineDeviceCode: true });
    assert.equal(failure.reason, 'signInCancelled');
  });

  it('says that Conditional Access blocks, and that trying again does not help', async () => {
    const failure = await signInFailure('Blocked', { conditionalAccess: true });
    assert.equal(failure.reason, 'conditionalAccess');
  });

  it('says that nobody answers, or that the certificate is not trusted', async () => {
    const endpoints = { login: 'https://localhost:9', graph: 'https://localhost:9' };
    const nobody = await signInFailure('Nobody', {}, { endpoints });
    assert.equal(nobody.reason, 'network');
    const other = path.join(suite.folder, 'empty.pem');
    await fs.copyFile(path.join(suite.folder, 'ca.pem'), other);
    const argument = suite.connectionArgument('Not trusted') as Record<string, unknown>;
    delete argument['caCertificatePath'];
    await withConnection(argument, async (connectionId) => {
      assert.equal((await failureOf('signIn', { connectionId })).reason, 'certificate');
    });
  });
});

describe('Bad days of import', () => {
  const suite = withTenant({ users: 60 });

  const rows = async (): Promise<string> => {
    const api = await extensionApi();
    const users = await api.query(
      'SELECT userId, displayName, licenses, verdict FROM v_users WHERE tenantId = ? ORDER BY userId',
      [suite.tenant.address.tenantId],
    );
    return JSON.stringify(users);
  };

  it('keeps the last good data when the service fails, and says so in the result', async () => {
    await withConnection(suite.connectionArgument('Fails later'), async (connectionId) => {
      await run('signIn', { connectionId });
      assert.equal((await run<ImportAnswer>('import', { connectionId })).status, 'succeeded');
      const before = await rows();
      await suite.tenant.configure({ faults: { html: 1, only: '/users' } });
      try {
        const answer = await run<ImportAnswer>('import', { connectionId, tasks: ['applicationRoster'] });
        assert.notEqual(answer.status, 'succeeded');
        assert.ok(answer.tasks.some((task) => task.warnings.length > 0));
      } finally {
        await suite.tenant.configure({ faults: {} });
      }
      assert.equal(await rows(), before);
    });
  });

  it('gets a new token when the old one is refused in mid-import', async () => {
    await withConnection(suite.connectionArgument('Expires'), async (connectionId) => {
      await run('signIn', { connectionId });
      await suite.tenant.configure({ faults: { expireTokensAfter: 12 } });
      try {
        assert.equal((await run<ImportAnswer>('import', { connectionId })).status, 'succeeded');
      } finally {
        await suite.tenant.configure({ faults: {} });
      }
    });
  });

  it('asks for a sign-in instead of importing without one', async () => {
    await withConnection(suite.connectionArgument('Signed out'), async (connectionId) => {
      assert.equal((await failureOf('import', { connectionId })).reason, 'signInRequired');
      await run('signIn', { connectionId });
      await run('signOut', { connectionId });
      assert.equal((await failureOf('import', { connectionId })).reason, 'signInRequired');
    });
  });

  it('imports a tenant without premium licenses and says what is missing', async () => {
    await suite.tenant.configure({ switches: { ...usual, noPremium: true } });
    try {
      await withConnection(suite.connectionArgument('No premium'), async (connectionId) => {
        await run('signIn', { connectionId });
        const answer = await run<ImportAnswer>('import', { connectionId });
        assert.equal(answer.status, 'partial');
        const warnings = answer.tasks.flatMap((task) => task.warnings).join(' ');
        assert.match(warnings, /P1 or P2/);
      });
    } finally {
      await suite.tenant.configure({ switches: usual });
    }
  });

  it('says that a CSV file can’t be written', async () => {
    const file = path.join(suite.folder, 'no such folder', 'roster.csv');
    const failure = await failureOf('exportCsv', { report: 'roster', file });
    assert.equal(failure.reason, 'fileNotWritable');
    assert.match(failure.message, /Choose another place/);
  });
});
