import assert from 'node:assert/strict';
import { vaultKeys } from '../../../../src/core/identity/identity';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, codePerson, connectionTo, failure } from './signInHarness';

const html = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  text: '<html><body>Bad gateway</body></html>',
  bytes: 38,
};

describe('sign-in by device code', () => {
  const fixture = withSampleTenant({ users: 5, deviceCodeInterval: 0.01 });
  const signal = new AbortController().signal;

  beforeEach(() =>
    fixture.tenant.configure({
      switches: {
        autoApprove: false,
        slowDown: false,
        declineDeviceCode: false,
        expireDeviceCode: false,
        consentMissing: false,
        publicClientOff: false,
        conditionalAccess: false,
      },
    }),
  );

  it('shows the code, waits for the person and says who signed in where', async () => {
    const { identity, vault } = bench(fixture);
    const prompter = codePerson(fixture);
    const before = Date.now();
    const result = await identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal });
    const { address } = fixture.tenant;
    assert.equal(result.account, address.account);
    assert.equal(result.tenantId, address.tenantId);
    assert.deepEqual(result.scopes, [
      'AuditLog.Read.All',
      'GroupMember.Read.All',
      'LicenseAssignment.Read.All',
      'Organization.Read.All',
      'ReportSettings.Read.All',
      'Reports.Read.All',
      'User.Read.All',
    ]);
    assert.deepEqual(result.roles, []);
    const [prompt] = prompter.prompts;
    assert.equal(prompter.prompts.length, 1);
    assert.equal(prompt?.verificationUri, `${address.pagesUrl}/devicelogin`);
    assert.match(prompt?.userCode ?? '', /^[A-Z2-9]{9}$/);
    // 900 seconds, as Entra ID gives.
    assert.ok(Math.abs(Date.parse(prompt?.expiresAt ?? '') - before - 900_000) < 20_000);
    assert.ok(vault.entries.has(vaultKeys.tokenCache('c1')));
  });

  it('polls until the person is done', async () => {
    const { identity, requests } = bench(fixture);
    const prompter = codePerson(fixture, 'wait');
    const result = identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal });
    while (requests.filter((line) => line === 'POST token device_code').length < 3) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await fixture.tenant.approveDeviceCode(prompter.prompts[0]?.userCode ?? '');
    assert.equal((await result).tenantId, fixture.tenant.address.tenantId);
  });

  it('outlives slow_down, and waits longer before every later poll', async () => {
    await fixture.tenant.configure({ switches: { slowDown: true } });
    const times: number[] = [];
    const { identity, requests } = bench(fixture, {
      timings: { slowDownMs: 60 },
      intercept: (request) => {
        if (request.body?.includes('device_code=')) times.push(performance.now());
        return undefined;
      },
    });
    const prompter = codePerson(fixture);
    await identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal });
    assert.equal(requests.filter((line) => line === 'POST token device_code').length, 2);
    assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= 59, 'a lower bound only: timers never fire early');
  });

  it('outlives broken connections and gateway pages between two polls', async () => {
    let polls = 0;
    const { identity, vault } = bench(fixture, {
      intercept: (request) => {
        if (!request.body?.includes('device_code=')) return undefined;
        polls++;
        return polls <= 2 ? html : undefined;
      },
    });
    await identity.signIn(connectionTo(fixture), {
      flow: 'deviceCode',
      prompter: codePerson(fixture),
      signal,
    });
    assert.equal(polls, 3);
    assert.equal(vault.writes, 1);
  });

  it('gives up when only gateway pages come', async () => {
    const { identity, requests } = bench(fixture, {
      intercept: (request) => (request.body?.includes('device_code=') ? html : undefined),
    });
    const error = await failure(
      identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter: codePerson(fixture), signal }),
      'badResponse',
    );
    assert.equal(error.details['status'], 502);
    assert.equal(requests.filter((line) => line.endsWith('device_code')).length, 5);
  });

  it('can be cancelled while it waits', async () => {
    const { identity, vault, requests } = bench(fixture);
    const controller = new AbortController();
    const prompter = codePerson(fixture, 'wait');
    const waiting = identity.signIn(connectionTo(fixture), {
      flow: 'deviceCode',
      signal: controller.signal,
      prompter: { ...prompter, showDeviceCode: () => setImmediate(() => controller.abort()) },
    });
    await failure(waiting, 'signInCancelled');
    const polls = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 40));
    assert.equal(requests.length, polls, 'MSAL stops polling too');
    assert.equal(vault.entries.size, 0);
  });

  it('can be cancelled before it begins', async () => {
    const { identity, requests } = bench(fixture);
    const options = {
      flow: 'deviceCode',
      prompter: codePerson(fixture),
      signal: AbortSignal.abort(),
    } as const;
    await failure(identity.signIn(connectionTo(fixture), options), 'signInCancelled');
    assert.deepEqual(requests, []);
  });

  it('ends when the person declines', async () => {
    const { identity, vault } = bench(fixture);
    const prompter = codePerson(fixture, 'decline');
    const error = await failure(
      identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal }),
      'signInCancelled',
    );
    assert.equal(error.details['error'], 'authorization_declined');
    assert.equal(vault.entries.size, 0);
  });

  it('ends when the code expires', async () => {
    await fixture.tenant.configure({ switches: { expireDeviceCode: true } });
    const { identity } = bench(fixture);
    const prompter = codePerson(fixture, 'wait');
    const error = await failure(
      identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal }),
      'codeExpired',
    );
    assert.equal(error.details['errorCode'], 'AADSTS70019');
  });

  it('says that the server does not know the code', async () => {
    const { identity } = bench(fixture, {
      intercept: (request) => {
        if (!request.url.includes('/devicecode')) return undefined;
        const text = JSON.stringify({
          user_code: 'A',
          device_code: 'B',
          verification_uri: 'https://localhost/',
        });
        return { status: 200, headers: { 'content-type': 'application/json' }, text, bytes: text.length };
      },
    });
    const prompter = codePerson(fixture, 'wait');
    const error = await failure(
      identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal }),
      'signInFailed',
    );
    assert.equal(error.details['errorCode'], 'AADSTS70018');
    assert.equal(prompter.prompts.length, 1, 'without a time of its own the code gets the usual one');
  });

  for (const [name, switches, reason, code] of [
    ['consent is missing', { consentMissing: true }, 'consentRequired', 'AADSTS65001'],
    ['public client flows are off', { publicClientOff: true }, 'publicClientNotAllowed', 'AADSTS7000218'],
    ['Conditional Access blocks', { conditionalAccess: true }, 'conditionalAccess', 'AADSTS53003'],
  ] as const) {
    it(`says that ${name}, with the numbers for support`, async () => {
      await fixture.tenant.configure({ switches });
      const { identity, vault } = bench(fixture);
      const prompter = codePerson(fixture);
      const error = await failure(
        identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal }),
        reason,
      );
      assert.equal(error.details['errorCode'], code);
      assert.match(String(error.details['correlationId']), /^[0-9a-f-]{36}$/);
      assert.match(String(error.details['traceId']), /^[0-9a-f-]{36}$/);
      assert.match(String(error.details['timestamp']), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
      assert.equal(vault.entries.size, 0);
    });
  }

  it('says that the application is unknown without showing an empty code', async () => {
    const { identity, requests } = bench(fixture);
    const prompter = codePerson(fixture);
    const connection = connectionTo(fixture, { clientId: '00000000-1111-2222-3333-444444444444' });
    const error = await failure(
      identity.signIn(connection, { flow: 'deviceCode', prompter, signal }),
      'clientUnknown',
    );
    assert.equal(error.details['errorCode'], 'AADSTS700016');
    assert.deepEqual(prompter.prompts, []);
    assert.equal(
      requests.some((line) => line.includes('token')),
      false,
      'nothing was polled',
    );
  });

  it('says that the tenant is unknown', async () => {
    const { identity } = bench(fixture);
    const connection = connectionTo(fixture, { tenant: 'no-such-tenant.example' });
    const error = await failure(
      identity.signIn(connection, { flow: 'deviceCode', prompter: codePerson(fixture), signal }),
      'tenantUnknown',
    );
    assert.equal(error.details['errorCode'], 'AADSTS90002');
  });

  it('does not open what is no web page', async () => {
    const { identity } = bench(fixture, {
      intercept: (request) => {
        if (!request.url.includes('/devicecode')) return undefined;
        const text = JSON.stringify({
          user_code: 'A',
          device_code: 'B',
          verification_uri: 'command:evil',
          interval: 1,
        });
        return { status: 200, headers: { 'content-type': 'application/json' }, text, bytes: text.length };
      },
    });
    const prompter = codePerson(fixture);
    await failure(
      identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal }),
      'badResponse',
    );
    assert.deepEqual(prompter.prompts, []);
  });

  it('says that HTML came in place of an answer', async () => {
    const { identity } = bench(fixture, {
      intercept: (request) => (request.url.includes('/devicecode') ? { ...html, status: 200 } : undefined),
    });
    const prompter = codePerson(fixture);
    const error = await failure(
      identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter, signal }),
      'badResponse',
    );
    assert.deepEqual(
      [error.details['contentType'], error.details['host']],
      ['text/html', new URL(fixture.tenant.address.loginUrl).host],
    );
    assert.deepEqual(prompter.prompts, []);
  });

  it('says that HTML came in place of the description of a custom cloud, and asks again next time', async () => {
    let portal = true;
    const { identity } = bench(fixture, {
      intercept: (request) => (portal && request.method === 'GET' ? { ...html, status: 200 } : undefined),
    });
    const prompter = codePerson(fixture);
    const options = { flow: 'deviceCode', prompter, signal } as const;
    const error = await failure(identity.signIn(connectionTo(fixture), options), 'badResponse');
    assert.match(String(error.details['path']), /openid-configuration$/);
    portal = false;
    assert.ok((await identity.signIn(connectionTo(fixture), options)).account);
  });

  it('says that a certificate is not trusted', async () => {
    const { identity } = bench(fixture, { extraCertificates: [] });
    const error = await failure(
      identity.signIn(connectionTo(fixture), { flow: 'deviceCode', prompter: codePerson(fixture), signal }),
      'certificate',
    );
    assert.equal(error.details['host'], new URL(fixture.tenant.address.loginUrl).host);
  });

  it('says that the server cannot be reached', async () => {
    const { identity } = bench(fixture);
    const endpoints = { login: 'https://localhost:1', graph: 'https://localhost:1' };
    const error = await failure(
      identity.signIn(connectionTo(fixture, { endpoints }), {
        flow: 'deviceCode',
        prompter: codePerson(fixture),
        signal,
      }),
      'network',
    );
    assert.equal(error.details['code'], 'ECONNREFUSED');
  });
});
