import assert from 'node:assert/strict';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, codePerson, connectionTo, failure, unattended } from './signInHarness';

describe('sign-in as the application itself', () => {
  const fixture = withSampleTenant({ users: 5 });
  const signal = new AbortController().signal;
  const flow = 'clientCredentials';
  const nobody = (): ReturnType<typeof codePerson> => codePerson(fixture, 'wait');

  beforeEach(() => fixture.tenant.configure({ switches: { secretExpired: false } }));

  it('gets application permissions and no account', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    const result = await b.identity.signIn(connection, { flow, prompter: nobody(), signal });
    assert.equal('account' in result, false);
    assert.equal(result.tenantId, fixture.tenant.address.tenantId);
    assert.ok(result.roles.includes('Reports.Read.All'));
    assert.deepEqual(result.scopes, []);
    const token = await b.identity.tokenSource(connection).getToken();
    assert.equal(token.tenantId, fixture.tenant.address.tenantId);
    assert.deepEqual(token.roles, result.roles);
  });

  it('takes a domain for the tenant', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b, { tenant: fixture.tenant.address.defaultDomain });
    const result = await b.identity.signIn(connection, { flow, prompter: nobody(), signal });
    assert.equal(result.tenantId, fixture.tenant.address.tenantId);
  });

  it('keeps its token in the vault, and asks for another when told', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    await b.identity.signIn(connection, { flow, prompter: nobody(), signal });
    const tokens = b.identity.tokenSource(connection);
    const asked = (): number => b.requests.filter((line) => line.endsWith('client_credentials')).length;
    const first = await tokens.getToken();
    assert.equal(asked(), 1);
    const other = bench(fixture, { vault: b.vault });
    assert.equal((await other.identity.tokenSource(connection).getToken()).token, first.token);
    const fresh = await tokens.getToken({ forceRefresh: true });
    assert.notEqual(fresh.token, first.token);
    assert.equal(asked(), 2);
    const claimed = await tokens.getToken({
      claims: '{"access_token":{"nbf":{"essential":true,"value":"1"}}}',
    });
    assert.notEqual(claimed.token, fresh.token);
  });

  it('gets tokens before any sign-in, since nobody is needed for them', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    const token = await b.identity.tokenSource(connection).getToken();
    assert.ok(token.roles.length > 0);
  });

  it('says that the secret is wrong', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b, { secret: 'wrong~secret' });
    for (const promise of [
      b.identity.signIn(connection, { flow, prompter: nobody(), signal }),
      b.identity.tokenSource(connection).getToken(),
    ]) {
      const error = await failure(promise, 'clientSecretWrong');
      assert.equal(error.details['errorCode'], 'AADSTS7000215');
      assert.doesNotMatch(JSON.stringify([error.message, error.details, error.stack]), /wrong~secret/);
    }
  });

  it('says that the secret has expired', async () => {
    await fixture.tenant.configure({ switches: { secretExpired: true } });
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    const error = await failure(
      b.identity.signIn(connection, { flow, prompter: nobody(), signal }),
      'clientSecretExpired',
    );
    assert.equal(error.details['errorCode'], 'AADSTS7000222');
  });

  it('does not take a token of before for a proof of the secret', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    await b.identity.signIn(connection, { flow, prompter: nobody(), signal });
    await fixture.tenant.configure({ switches: { secretExpired: true } });
    await failure(b.identity.signIn(connection, { flow, prompter: nobody(), signal }), 'clientSecretExpired');
  });

  it('needs a secret and a tenant', async () => {
    const b = bench(fixture);
    const { address } = fixture.tenant;
    const connection = connectionTo(fixture, {
      flow,
      clientId: address.confidentialClientId,
      tenant: address.tenantId,
    });
    const error = await failure(b.identity.tokenSource(connection).getToken(), 'invalidArgument');
    assert.match(error.message, /Contoso/);
    const anywhere = await unattended(fixture, b, { tenant: null });
    await failure(b.identity.signIn(anywhere, { flow, prompter: nobody(), signal }), 'tenantRequired');
  });

  it('says that the application is a public client', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b, { clientId: fixture.tenant.address.clientId });
    const error = await failure(
      b.identity.signIn(connection, { flow, prompter: nobody(), signal }),
      'appMisconfigured',
    );
    assert.equal(error.details['errorCode'], 'AADSTS700025');
  });

  it('forgets the secret only when told', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    await b.identity.signIn(connection, { flow, prompter: nobody(), signal });
    assert.equal(b.vault.entries.size, 2);
    await b.identity.signOut(connection);
    assert.deepEqual([...b.vault.entries.keys()], ['connection/c1/clientSecret']);
    await b.identity.signOut(connection, { forgetSecret: true });
    assert.equal(b.vault.entries.size, 0);
  });
});
