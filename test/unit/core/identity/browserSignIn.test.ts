import assert from 'node:assert/strict';
import * as http from 'node:http';
import { exchange, withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, browse, browserPerson, connectionTo, failure } from './signInHarness';
import type { Visit } from './signInHarness';

/** Whether anything listens there. */
async function isListening(redirectUri: string): Promise<boolean> {
  return new Promise((resolve) => {
    http
      .get(redirectUri.replace('localhost', '127.0.0.1'), (response) => {
        response.resume();
        resolve(true);
      })
      .on('error', () => resolve(false));
  });
}

const redirectOf = (authorizeUrl: string): string =>
  new URL(authorizeUrl).searchParams.get('redirect_uri') ?? assert.fail('no redirect_uri');

describe('sign-in with the browser', () => {
  const fixture = withSampleTenant({ users: 5, switches: { autoApprove: true } });
  const signal = new AbortController().signal;
  const flow = 'authorizationCode';

  beforeEach(() =>
    fixture.tenant.configure({
      switches: { autoApprove: true, consentMissing: false, conditionalAccess: false },
    }),
  );

  it('signs in, and leaves neither code nor state in the address bar', async () => {
    const { identity, requests } = bench(fixture);
    const prompter = browserPerson(fixture);
    const result = await identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal });
    const { address } = fixture.tenant;
    assert.deepEqual([result.account, result.tenantId], [address.account, address.tenantId]);
    assert.ok(result.scopes.includes('User.Read.All'));
    await prompter.closed;
    const last = prompter.visits.at(-1);
    assert.equal(last?.status, 200);
    assert.match(last?.url ?? '', /^http:\/\/localhost:\d+\/done$/);
    assert.match(last?.text ?? '', /Return to Visual Studio Code/);
    assert.doesNotMatch(last?.text ?? '', /<script|https?:\/\//);
    assert.match(String(last?.headers['content-security-policy']), /default-src 'none'/);
    assert.equal(last?.headers['cache-control'], 'no-store');
    assert.equal(last?.headers['referrer-policy'], 'no-referrer');
    assert.ok(requests.includes('POST token authorization_code'));
  });

  it('asks with PKCE, a state, a nonce and for an account to be chosen', async () => {
    const { identity } = bench(fixture);
    const seen: URLSearchParams[] = [];
    const prompter = browserPerson(fixture, async (url) => {
      seen.push(new URL(url).searchParams);
      await browse(fixture, url);
    });
    await identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal });
    await identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal });
    const [first, second] = seen;
    assert.equal(first?.get('response_type'), 'code');
    assert.equal(first?.get('response_mode'), 'query');
    assert.equal(first?.get('code_challenge_method'), 'S256');
    assert.equal(first?.get('prompt'), 'select_account');
    assert.match(first?.get('redirect_uri') ?? '', /^http:\/\/localhost:\d+$/);
    const scopes = first?.get('scope')?.split(' ') ?? [];
    assert.ok(scopes.includes(`${fixture.tenant.address.graphUrl}/User.Read.All`));
    assert.ok(scopes.includes('offline_access'));
    assert.deepEqual(
      scopes.filter((scope) => /write/i.test(scope)),
      [],
    );
    for (const name of ['state', 'nonce', 'code_challenge', 'redirect_uri']) {
      assert.ok((first?.get(name) ?? '').length >= 20, name);
      assert.notEqual(first?.get(name), second?.get(name), name);
    }
  });

  it('closes its listener after a success', async () => {
    const { identity } = bench(fixture);
    let redirectUri = '';
    const prompter = browserPerson(fixture, async (url) => {
      redirectUri = redirectOf(url);
      await browse(fixture, url);
    });
    await identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal });
    assert.equal(await isListening(redirectUri), false);
  });

  it('refuses a wrong state, other paths, methods and host names, and goes on waiting', async () => {
    const { identity, logger } = bench(fixture);
    const statuses: number[] = [];
    const prompter = browserPerson(fixture, async (url) => {
      const base = redirectOf(url);
      const state = new URL(url).searchParams.get('state') ?? '';
      const ask = async (target: string, headers = {}, method = 'GET'): Promise<void> => {
        statuses.push((await exchange({ url: target, method, headers }, undefined)).status);
      };
      await ask(`${base}/?code=stolen&state=wrong`);
      await ask(`${base}/?code=stolen`);
      await ask(`${base}/?state=${state}`);
      await ask(`${base}/done`);
      await ask(`${base}/favicon.ico`);
      await ask(`${base}/?code=stolen&state=${state}`, {}, 'POST');
      await ask(`${base}/?code=stolen&state=${state}`, { host: 'evil.example' });
      await browse(fixture, url);
    });
    const result = await identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal });
    assert.equal(result.tenantId, fixture.tenant.address.tenantId);
    assert.deepEqual(statuses, [400, 400, 400, 404, 404, 405, 400]);
    assert.doesNotMatch(logger.lines.join('\n'), /stolen/);
  });

  it('takes the first answer only', async () => {
    const { identity } = bench(fixture);
    let second: number | undefined;
    const prompter = browserPerson(fixture, async (url) => {
      const target = (await browseToCode(url)).href;
      const answers = await Promise.all([
        exchange({ url: target }, undefined),
        exchange({ url: target.replace(/code=[^&]+/, 'code=other') }, undefined),
      ]);
      second = answers[1].status;
    });
    await identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal });
    await prompter.closed;
    assert.equal(second, 400);
  });

  async function browseToCode(url: string): Promise<URL> {
    const { headers } = await exchange({ url }, fixture.agent);
    return new URL(headers.location ?? assert.fail('no redirect'));
  }

  it('says what the server refused in the browser', async () => {
    await fixture.tenant.configure({ switches: { consentMissing: true } });
    const { identity, vault } = bench(fixture);
    const prompter = browserPerson(fixture);
    const error = await failure(
      identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal }),
      'consentRequired',
    );
    assert.equal(error.details['errorCode'], 'AADSTS65001');
    await prompter.closed;
    assert.match(prompter.visits.at(-1)?.url ?? '', /\/failed$/);
    assert.match(prompter.visits.at(-1)?.text ?? '', /not completed/);
    assert.equal(vault.entries.size, 0);
  });

  it('says that the person declined', async () => {
    await fixture.tenant.configure({ switches: { autoApprove: false } });
    const { identity } = bench(fixture);
    const prompter = browserPerson(fixture, async (url, visits: Visit[]) => {
      const [page] = await browse(fixture, url);
      const request = /name="request" value="([^"]+)"/.exec(page?.text ?? '')?.[1] ?? assert.fail('no form');
      const { origin, pathname } = new URL(url);
      const body = new URLSearchParams({ request, decision: 'decline' }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const declined = await exchange(
        { url: origin + pathname, method: 'POST', body, headers },
        fixture.agent,
      );
      visits.push(...(await browse(fixture, declined.headers.location ?? '')));
    });
    const error = await failure(
      identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal }),
      'consentRequired',
    );
    assert.deepEqual([error.details['errorCode'], error.details['error']], ['AADSTS65004', 'access_denied']);
  });

  it('says what the server refused when the code was redeemed', async () => {
    await fixture.tenant.configure({ switches: { conditionalAccess: true } });
    const { identity, vault } = bench(fixture);
    const prompter = browserPerson(fixture);
    const error = await failure(
      identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal }),
      'conditionalAccess',
    );
    assert.equal(error.details['errorCode'], 'AADSTS53003');
    assert.equal(vault.entries.size, 0);
  });

  it('gives up after its time, and listens no longer', async () => {
    const { identity } = bench(fixture, { timings: { browserTimeoutMs: 30 } });
    let redirectUri = '';
    const prompter = browserPerson(fixture, async (url) => void (redirectUri = redirectOf(url)));
    await failure(
      identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal }),
      'signInTimedOut',
    );
    assert.equal(await isListening(redirectUri), false);
  });

  it('can be cancelled, and listens no longer', async () => {
    const { identity, vault } = bench(fixture);
    const controller = new AbortController();
    let redirectUri = '';
    const prompter = browserPerson(fixture, async (url) => {
      redirectUri = redirectOf(url);
      assert.equal(await isListening(redirectUri), true);
      controller.abort();
    });
    const options = { flow, prompter, signal: controller.signal } as const;
    await failure(identity.signIn(connectionTo(fixture, { flow }), options), 'signInCancelled');
    assert.equal(await isListening(redirectUri), false);
    assert.equal(vault.entries.size, 0);
  });

  it('says that the browser was not opened, and listens no longer', async () => {
    const { identity } = bench(fixture);
    let redirectUri = '';
    const prompter = browserPerson(fixture, async (url) => {
      redirectUri = redirectOf(url);
      return false;
    });
    await failure(
      identity.signIn(connectionTo(fixture, { flow }), { flow, prompter, signal }),
      'browserNotOpened',
    );
    assert.equal(await isListening(redirectUri), false);
  });

  it('keeps host and port of a redirect URI on this machine, and takes another port when it is taken', async () => {
    const { identity } = bench(fixture);
    const taken = http.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const seen: string[] = [];
    const prompter = browserPerson(fixture, async (url) => {
      seen.push(redirectOf(url));
      await browse(fixture, url);
    });
    const connection = connectionTo(fixture, { flow, redirectUri: `http://localhost:${port}` });
    await identity.signIn(connection, { flow, prompter, signal });
    await new Promise((resolve) => taken.close(resolve));
    await identity.signIn(connection, { flow, prompter, signal });
    assert.notEqual(seen[0], `http://localhost:${port}`);
    assert.equal(seen[1], `http://localhost:${port}`);
  });

  describe('with a redirect URI that is not on this machine', () => {
    const redirectUri = 'https://login.microsoftonline.com/common/oauth2/nativeclient';

    it('refuses when nobody can be asked for the address', async () => {
      const { identity } = bench(fixture);
      const connection = connectionTo(fixture, { flow, redirectUri });
      const prompter = browserPerson(fixture);
      const error = await failure(identity.signIn(connection, { flow, prompter, signal }), 'invalidArgument');
      assert.match(error.message, /http:\/\/localhost/);
    });

    it('takes the address that the person pastes', async () => {
      const { identity } = bench(fixture);
      let shown = '';
      const prompter = {
        ...browserPerson(fixture, async (url) => void (shown = (await browseToCode(url)).href)),
        askForRedirect: async (): Promise<string> => {
          while (shown === '') await new Promise((resolve) => setTimeout(resolve, 2));
          return ` ${shown}\n`;
        },
      };
      const connection = connectionTo(fixture, { flow, redirectUri });
      const result = await identity.signIn(connection, { flow, prompter, signal });
      assert.equal(result.tenantId, fixture.tenant.address.tenantId);
    });

    for (const [what, pasted, reason] of [
      ['nothing', undefined, 'signInCancelled'],
      ['another page', 'https://example.com/common/oauth2/nativeclient?code=x&state=y', 'signInFailed'],
      ['the page of another sign-in', `${redirectUri}?code=x&state=y`, 'signInFailed'],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const { identity } = bench(fixture);
        const prompter = { ...browserPerson(fixture, async () => true), askForRedirect: async () => pasted };
        const connection = connectionTo(fixture, { flow, redirectUri });
        await failure(identity.signIn(connection, { flow, prompter, signal }), reason);
      });
    }
  });
});
