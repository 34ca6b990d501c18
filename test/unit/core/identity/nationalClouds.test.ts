import assert from 'node:assert/strict';
import { createHttpClient } from '../../../../src/core/graph/axiosHttpClient';
import { clouds } from '../../../../src/core/identity/clouds';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, codePerson, connectionTo } from './signInHarness';

describe('sign-in to the clouds of Microsoft', () => {
  const fixture = withSampleTenant({ users: 5, deviceCodeInterval: 0.01, switches: { autoApprove: true } });
  const signal = new AbortController().signal;

  for (const cloud of ['global', 'usGovL4', 'usGovL5', 'china'] as const) {
    it(`${cloud}: asks its own host for scopes of its own Graph, and finds the tokens again`, async () => {
      const { login, graph } = clouds[cloud];
      const { loginUrl, graphUrl } = fixture.tenant.address;
      const real = createHttpClient({ extraCertificates: [fixture.ca] });
      const asked: string[] = [];
      const scopes = new Set<string>();
      // The sample tenant in place of the cloud: other names on the way there and back.
      const b = bench(fixture, {
        intercept: async (request) => {
          const { origin, pathname } = new URL(request.url);
          asked.push(`${request.method} ${origin} ${pathname.split('/').at(-1)}`);
          assert.equal(origin, login);
          const form = new URLSearchParams(request.body);
          const scope = form.get('scope');
          if (scope !== null) {
            for (const name of scope.split(' ')) if (name.includes('/')) scopes.add(new URL(name).origin);
            form.set('scope', scope.replaceAll(graph, graphUrl));
          }
          const url = request.url.replace(login, loginUrl);
          const response = await real.send({ ...request, url, body: form.toString() });
          return { ...response, text: response.text.replaceAll(graphUrl, graph) };
        },
      });
      const connection = connectionTo(fixture, { cloud, endpoints: null });
      const options = { flow: 'deviceCode', prompter: codePerson(fixture), signal } as const;
      assert.equal((await b.identity.signIn(connection, options)).tenantId, fixture.tenant.address.tenantId);
      const tokens = b.identity.tokenSource(connection);
      const first = await tokens.getToken();
      assert.equal((await tokens.getToken()).token, first.token);
      assert.notEqual((await tokens.getToken({ forceRefresh: true })).token, first.token);
      assert.deepEqual([...scopes], [graph]);
      // No metadata is fetched: MSAL knows these hosts.
      assert.deepEqual([...new Set(asked)], [`POST ${login} devicecode`, `POST ${login} token`]);
    });
  }
});
