import assert from 'node:assert/strict';
import { vaultKeys } from '../../../../src/core/identity/identity';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, browserPerson, codePerson, connectionTo, failure } from './signInHarness';

const former = '99999999-8888-4777-8666-555555555555';

describe('a sign-in to another tenant than the connection’s', () => {
  const fixture = withSampleTenant({ users: 5, switches: { autoApprove: true } });
  const signal = new AbortController().signal;
  const people = [
    ['deviceCode', () => codePerson(fixture)],
    ['authorizationCode', () => browserPerson(fixture)],
  ] as const;

  for (const [flow, person] of people) {
    it(`is taken when the person confirms it (${flow})`, async () => {
      const { identity } = bench(fixture);
      const asked: unknown[] = [];
      const { tenantId } = fixture.tenant.address;
      // The tenant was learned from the account of the last sign-in, so any account may be picked now.
      const connection = connectionTo(fixture, { tenant: null, tenantId: former, flow });
      const result = await identity.signIn(connection, {
        flow,
        prompter: person(),
        signal,
        confirmTenant: async (tenants) => asked.push(tenants) > 0,
      });
      assert.equal(result.tenantId, tenantId);
      assert.deepEqual(asked, [{ expected: former, actual: tenantId }]);
      const { token } = await identity.tokenSource({ ...connection, tenantId }).getToken();
      assert.ok(token);
    });

    it(`leaves nothing behind when the person declines (${flow})`, async () => {
      const { identity, vault } = bench(fixture);
      const connection = connectionTo(fixture, { tenant: null, tenantId: former, flow });
      await failure(
        identity.signIn(connection, { flow, prompter: person(), signal, confirmTenant: async () => false }),
        'wrongTenant',
      );
      assert.equal(vault.entries.get(vaultKeys.tokenCache('c1')), undefined);
    });
  }

  it('is not asked about where the tenant is the same', async () => {
    const { identity } = bench(fixture);
    const { tenantId } = fixture.tenant.address;
    const connection = connectionTo(fixture, { tenant: null, tenantId });
    const result = await identity.signIn(connection, {
      flow: 'deviceCode',
      prompter: codePerson(fixture),
      signal,
      confirmTenant: async () => assert.fail('asked'),
    });
    assert.equal(result.tenantId, tenantId);
  });
});
