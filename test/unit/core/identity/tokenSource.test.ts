import assert from 'node:assert/strict';
import { vaultKeys } from '../../../../src/core/identity/identity';
import type { Connection } from '../../../../src/core/model/connection';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import {
  bench,
  browserPerson,
  codePerson,
  connectionTo,
  failure,
  MemoryVault,
  unattended,
} from './signInHarness';
import type { Bench } from './signInHarness';

const anotherTenant = '11111111-2222-3333-4444-555555555555';

/** Tokens live for less than the five minutes before which MSAL renews, so each question is a refresh. */
const shortLived = { users: 5, deviceCodeInterval: 0.01, accessTokenLifetime: 200 };

describe('tokens without the person', () => {
  const fixture = withSampleTenant({ users: 5, deviceCodeInterval: 0.01, switches: { autoApprove: true } });
  const signal = new AbortController().signal;

  async function signedIn(
    vault = new MemoryVault(),
    change: Partial<Connection> = {},
  ): Promise<Bench & { connection: Connection }> {
    const b = bench(fixture, { vault });
    const connection = connectionTo(fixture, change);
    await b.identity.signIn(connection, { flow: 'deviceCode', prompter: codePerson(fixture), signal });
    return { ...b, connection };
  }

  it('come from the vault while they last, without asking and without writing', async () => {
    const { identity, connection, vault, requests } = await signedIn();
    const { writes } = vault;
    const first = await identity.tokenSource(connection).getToken();
    const sent = requests.length;
    const second = await identity.tokenSource(connection).getToken();
    assert.equal(first.token, second.token);
    assert.equal(requests.length, sent);
    assert.equal(requests.filter((line) => line.endsWith('refresh_token')).length, 0);
    assert.equal(vault.writes, writes);
    assert.equal(first.tenantId, fixture.tenant.address.tenantId);
    assert.ok(first.scopes.includes('User.Read.All'));
    const left = Date.parse(first.expiresAt) - Date.now();
    assert.ok(left > 3_400_000 && left <= 3_600_000, `${left} ms`);
  });

  it('work for a second identity with the same vault, as after a restart or in another window', async () => {
    const { connection, vault, identity } = await signedIn();
    const { token } = await identity.tokenSource(connection).getToken();
    const second = bench(fixture, { vault });
    assert.equal((await second.identity.tokenSource(connection).getToken()).token, token);
    assert.deepEqual(
      second.requests.filter((line) => line.includes('token')),
      [],
    );
  });

  it('are renewed when told to, and with claims; the renewed ones are stored', async () => {
    const { identity, connection, vault, requests } = await signedIn();
    const tokens = identity.tokenSource(connection);
    const first = await tokens.getToken();
    const second = await tokens.getToken({ forceRefresh: true });
    const third = await tokens.getToken({
      claims: '{"access_token":{"nbf":{"essential":true,"value":"1793606400"}}}',
    });
    assert.equal(new Set([first.token, second.token, third.token]).size, 3);
    assert.equal(requests.filter((line) => line === 'POST token refresh_token').length, 2);
    const other = bench(fixture, { vault });
    assert.equal((await other.identity.tokenSource(connection).getToken()).token, third.token);
  });

  it('read the metadata of a custom cloud once', async () => {
    const { identity, connection, requests } = await signedIn();
    const tokens = identity.tokenSource(connection);
    for (let i = 0; i < 3; i++) await tokens.getToken({ forceRefresh: true });
    // One for the authority of the sign-in, one for that of the tenant.
    assert.equal(requests.filter((line) => line.startsWith('GET')).length, 2);
  });

  it('need a sign-in first', async () => {
    const { identity } = bench(fixture);
    const error = await failure(identity.tokenSource(connectionTo(fixture)).getToken(), 'signInRequired');
    assert.equal(error.details['errorCode'], 'no_account');
  });

  it('are gone after signing out, also for an identity that had them in memory', async () => {
    const { identity, connection, vault } = await signedIn();
    await identity.tokenSource(connection).getToken();
    await bench(fixture, { vault }).identity.signOut(connection);
    assert.equal(vault.entries.size, 0);
    await failure(identity.tokenSource(connection).getToken(), 'signInRequired');
    assert.equal(vault.entries.size, 0);
  });

  it('are not given for a vault entry that is damaged', async () => {
    const { identity, connection, vault } = await signedIn();
    for (const damaged of ['', 'nonsense', '{}', '{"version":2}']) {
      vault.entries.set(vaultKeys.tokenCache('c1'), damaged);
      await failure(identity.tokenSource(connection).getToken(), 'signInRequired');
    }
  });

  it('end with what the vault says when it is locked', async () => {
    const { identity, connection, vault } = await signedIn();
    vault.get = () => Promise.reject(new Error('The key chain is locked.'));
    const error = await failure(identity.tokenSource(connection).getToken(), 'unexpected');
    assert.equal(error.message, 'The key chain is locked.');
  });

  it('are not given when the flow of the connection has become another', async () => {
    const { identity, connection } = await signedIn();
    const edited = { ...connection, flow: 'authorizationCode' } as const;
    await failure(identity.tokenSource(edited).getToken(), 'signInRequired');
  });

  it('are not given for another application', async () => {
    const { identity, connection } = await signedIn();
    const edited = { ...connection, clientId: fixture.tenant.address.confidentialClientId };
    await failure(identity.tokenSource(edited).getToken(), 'signInRequired');
  });

  it('can be cancelled while waiting for their turn', async () => {
    const { identity, connection } = await signedIn();
    const controller = new AbortController();
    const tokens = identity.tokenSource(connection);
    const first = tokens.getToken({ forceRefresh: true });
    const second = tokens.getToken({ signal: controller.signal });
    controller.abort();
    await failure(second, 'cancelled');
    await first;
    await failure(tokens.getToken({ signal: AbortSignal.abort() }), 'cancelled');
  });

  it('do not wait for a sign-in that waits for a person', async () => {
    const { identity, connection } = await signedIn();
    await fixture.tenant.configure({ switches: { autoApprove: false } });
    const controller = new AbortController();
    const prompter = codePerson(fixture, 'wait');
    const options = { flow: 'deviceCode', prompter, signal: controller.signal } as const;
    const waiting = identity.signIn(connection, options).catch((error: unknown) => error);
    assert.ok((await identity.tokenSource(connection).getToken({ forceRefresh: true })).token);
    controller.abort();
    await waiting;
    assert.ok(
      (await identity.tokenSource(connection).getToken()).token,
      'a cancelled sign-in takes nothing away',
    );
    await fixture.tenant.configure({ switches: { autoApprove: true } });
  });

  it('of another tenant are refused at sign-in, and the old ones stay', async () => {
    const vault = new MemoryVault();
    const { connection, identity } = await signedIn(vault);
    const before = vault.entries.get(vaultKeys.tokenCache('c1'));
    // The domain now belongs to another tenant than the connection's data.
    const moved = connectionTo(fixture, {
      tenant: fixture.tenant.address.defaultDomain,
      tenantId: anotherTenant,
    });
    for (const [flow, prompter] of [
      ['deviceCode', codePerson(fixture)],
      ['authorizationCode', browserPerson(fixture)],
    ] as const) {
      const error = await failure(identity.signIn(moved, { flow, prompter, signal }), 'wrongTenant');
      assert.deepEqual(error.details, { expected: anotherTenant, actual: fixture.tenant.address.tenantId });
    }
    assert.equal(vault.entries.get(vaultKeys.tokenCache('c1')), before);
    assert.ok((await identity.tokenSource(connection).getToken()).token);
  });

  it('of another tenant are refused for an application too', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b, {
      tenant: fixture.tenant.address.defaultDomain,
      tenantId: anotherTenant,
    });
    await failure(
      b.identity.signIn(connection, { flow: 'clientCredentials', prompter: codePerson(fixture), signal }),
      'wrongTenant',
    );
    await failure(b.identity.tokenSource(connection).getToken(), 'wrongTenant');
    assert.deepEqual([...b.vault.entries.keys()], [vaultKeys.clientSecret('c1')]);
  });

  it('of connections do not mix', async () => {
    const vault = new MemoryVault();
    const first = await signedIn(vault);
    const second = await signedIn(vault, { connectionId: 'c2' });
    await first.identity.signOut(first.connection);
    await failure(first.identity.tokenSource(first.connection).getToken(), 'signInRequired');
    assert.ok((await second.identity.tokenSource(second.connection).getToken()).token);
  });

  it('of another scope than was granted are not asked for at every question', async () => {
    await fixture.tenant.configure({
      switches: { grantedPermissions: ['User.Read.All', 'Reports.Read.All'] },
    });
    const { identity, connection, requests } = await signedIn();
    const { scopes } = await identity.tokenSource(connection).getToken();
    assert.deepEqual(scopes, ['Reports.Read.All', 'User.Read.All']);
    assert.equal(requests.filter((line) => line.endsWith('refresh_token')).length, 0);
  });
});

describe('tokens that must be renewed', () => {
  const fixture = withSampleTenant({ ...shortLived, switches: { autoApprove: true } });
  const signal = new AbortController().signal;

  beforeEach(() => fixture.tenant.configure({ switches: { mfaRequired: false, conditionalAccess: false } }));

  const html = { status: 503, headers: { 'content-type': 'text/html' }, text: '<html></html>', bytes: 13 };

  async function signedIn(
    options: Parameters<typeof bench>[1] = {},
  ): Promise<Bench & { connection: Connection }> {
    const b = bench(fixture, options);
    const connection = connectionTo(fixture);
    await b.identity.signIn(connection, { flow: 'deviceCode', prompter: codePerson(fixture), signal });
    return { ...b, connection };
  }

  const refreshTokenIn = (vault: MemoryVault): string => {
    const record = JSON.parse(vault.entries.get(vaultKeys.tokenCache('c1')) ?? '{}') as { cache: string };
    const cache = JSON.parse(record.cache) as { RefreshToken: Record<string, { secret: string }> };
    const secrets = Object.values(cache.RefreshToken).map(({ secret }) => secret);
    assert.equal(secrets.length, 1);
    return secrets[0] ?? '';
  };

  it('bring a new refresh token, which is stored and used next', async () => {
    const used: string[] = [];
    const { identity, connection, vault } = await signedIn({
      intercept: (request) => {
        const token = new URLSearchParams(request.body).get('refresh_token');
        if (token !== null) used.push(token);
        return undefined;
      },
    });
    const first = refreshTokenIn(vault);
    await identity.tokenSource(connection).getToken();
    const second = refreshTokenIn(vault);
    await identity.tokenSource(connection).getToken();
    assert.notEqual(first, second);
    assert.deepEqual(used, [first, second]);
  });

  it('are asked for one after another', async () => {
    let open = 0;
    let most = 0;
    const { identity, connection, vault } = await signedIn({
      intercept: async (request) => {
        if (!request.body?.includes('grant_type=refresh_token')) return undefined;
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, 10));
        open--;
        return undefined;
      },
    });
    const tokens = identity.tokenSource(connection);
    const results = await Promise.all([
      tokens.getToken(),
      identity.tokenSource(connection).getToken(),
      tokens.getToken(),
    ]);
    assert.equal(most, 1);
    assert.equal(new Set(results.map(({ tenantId }) => tenantId)).size, 1);
    assert.ok(refreshTokenIn(vault));
  });

  it('are renewed despite two passing failures of the service', async () => {
    let failures = 0;
    const { identity, connection } = await signedIn({
      intercept: (request) =>
        request.body?.includes('grant_type=refresh_token') && failures++ < 2 ? html : undefined,
    });
    assert.ok((await identity.tokenSource(connection).getToken()).token);
    assert.equal(failures, 3);
  });

  it('say what the service did wrong, and MSAL does not hold it against the next question', async () => {
    let broken = true;
    const { identity, connection } = await signedIn({
      intercept: (request) =>
        broken && request.body?.includes('grant_type=refresh_token')
          ? { status: 503, headers: { 'retry-after': '3600' }, text: '', bytes: 0 }
          : undefined,
    });
    const tokens = identity.tokenSource(connection);
    const error = await failure(tokens.getToken(), 'serviceError');
    assert.equal(error.details['status'], 503);
    broken = false;
    assert.ok((await tokens.getToken()).token);
  });

  it('need the person when multifactor authentication is asked for, with the claims to pass on', async () => {
    const { identity, connection, vault } = await signedIn();
    await fixture.tenant.configure({ switches: { mfaRequired: true } });
    const error = await failure(identity.tokenSource(connection).getToken(), 'signInRequired');
    assert.equal(error.details['errorCode'], 'AADSTS50076');
    assert.equal(error.details['suberror'], 'basic_action');
    assert.match(String(error.details['claims']), /capolids/);
    await fixture.tenant.configure({ switches: { mfaRequired: false } });
    assert.ok((await identity.tokenSource(connection).getToken()).token, 'the refresh token was kept');
    assert.ok(refreshTokenIn(vault));
  });

  it('need the person when Conditional Access ends the session', async () => {
    const { identity, connection } = await signedIn();
    await fixture.tenant.configure({ switches: { conditionalAccess: true } });
    const error = await failure(identity.tokenSource(connection).getToken(), 'signInRequired');
    assert.deepEqual(
      [error.details['errorCode'], error.details['because']],
      ['AADSTS53003', 'conditionalAccess'],
    );
    assert.match(String(error.details['correlationId']), /^[0-9a-f-]{36}$/);
  });

  it('need the person when the refresh token was revoked', async () => {
    const { identity, connection, vault } = await signedIn();
    // A token that the tenant does not know is what a revoked one looks like.
    const key = vaultKeys.tokenCache('c1');
    vault.entries.set(key, (vault.entries.get(key) ?? '').replace(refreshTokenIn(vault), '1.revoked'));
    const error = await failure(identity.tokenSource(connection).getToken(), 'signInRequired');
    assert.equal(error.details['errorCode'], 'AADSTS50173');
  });

  it('try once more when another window has renewed them meanwhile', async () => {
    const vault = new MemoryVault();
    const other = await signedIn({ vault });
    const key = vaultKeys.tokenCache('c1');
    const good = vault.entries.get(key) ?? '';
    vault.entries.set(key, good.replace(refreshTokenIn(vault), '1.revoked'));
    let refreshes = 0;
    const late = bench(fixture, {
      vault,
      intercept: (request) => {
        if (!request.body?.includes('grant_type=refresh_token')) return undefined;
        // The other window's write lands while our question is on its way.
        if (refreshes++ === 0) vault.entries.set(key, good);
        return undefined;
      },
    });
    assert.ok((await late.identity.tokenSource(other.connection).getToken()).token);
    assert.equal(refreshes, 2);
  });

  it('store that MSAL has dropped a refresh token which the server calls bad', async () => {
    const { identity, connection, vault, requests } = await signedIn({
      intercept: (request) => {
        if (!request.body?.includes('grant_type=refresh_token')) return undefined;
        const text = JSON.stringify({
          error: 'invalid_grant',
          suberror: 'bad_token',
          error_description: 'AADSTS9002341: bad',
        });
        return { status: 400, headers: { 'content-type': 'application/json' }, text, bytes: text.length };
      },
    });
    await failure(identity.tokenSource(connection).getToken(), 'signInRequired');
    const record = vault.entries.get(vaultKeys.tokenCache('c1')) ?? '';
    assert.match(record, /\\"RefreshToken\\":\{\}/);
    const sent = requests.length;
    const error = await failure(identity.tokenSource(connection).getToken(), 'signInRequired');
    assert.equal(error.details['errorCode'], 'no_tokens_found');
    assert.equal(requests.length, sent, 'a dead token is not tried again');
  });

  it('are not stored when the connection was signed out meanwhile', async () => {
    const vault = new MemoryVault();
    const { identity, connection } = await signedIn({
      vault,
      intercept: (request) => {
        // Another window signs out while the answer is on its way.
        if (request.body?.includes('grant_type=refresh_token')) vault.entries.clear();
        return undefined;
      },
    });
    await identity.tokenSource(connection).getToken();
    assert.equal(vault.entries.size, 0);
  });
});

describe('secrets of sign-ins', () => {
  const fixture = withSampleTenant({ ...shortLived, switches: { autoApprove: true } });
  const signal = new AbortController().signal;

  it('are in the vault and in no line of the log, no error and no result', async () => {
    const b = bench(fixture);
    const told: string[] = [];
    const tell = (value: unknown): void => void told.push(JSON.stringify(value));
    const catchIt = (error: unknown): void =>
      void told.push(error instanceof Error ? `${error.stack} ${JSON.stringify(error)}` : String(error));

    const device = connectionTo(fixture);
    tell(await b.identity.signIn(device, { flow: 'deviceCode', prompter: codePerson(fixture), signal }));
    await b.identity.tokenSource(device).getToken();
    await b.identity.tokenSource(device).getToken({ forceRefresh: true });
    const browser = connectionTo(fixture, { connectionId: 'c2', flow: 'authorizationCode' });
    tell(
      await b.identity.signIn(browser, {
        flow: 'authorizationCode',
        prompter: browserPerson(fixture),
        signal,
      }),
    );
    const own = await unattended(fixture, b, { connectionId: 'c3' });
    tell(await b.identity.signIn(own, { flow: 'clientCredentials', prompter: codePerson(fixture), signal }));

    await fixture.tenant.configure({
      switches: { mfaRequired: true, secretExpired: true, conditionalAccess: true },
    });
    for (const connection of [device, browser, own]) {
      await b.identity.tokenSource(connection).getToken({ forceRefresh: true }).catch(catchIt);
    }
    await b.identity
      .signIn(device, { flow: 'deviceCode', prompter: codePerson(fixture), signal })
      .catch(catchIt);
    await b.identity
      .signIn(browser, { flow: 'authorizationCode', prompter: browserPerson(fixture), signal })
      .catch(catchIt);

    const text = [...b.logger.lines, ...told].join('\n');
    assert.ok(b.logger.lines.length > 20, 'something was logged');
    assert.ok(b.secrets.length > 15, 'secrets were seen');
    for (const secret of new Set(b.secrets)) {
      assert.ok(secret.length > 10);
      assert.equal(text.includes(secret), false, `a secret of ${secret.length} characters was told`);
    }
    assert.doesNotMatch(text, /eyJ[\w-]{10,}\./, 'no JWT of any kind');
    assert.doesNotMatch(text, /[?&]code=/);
  });
});
