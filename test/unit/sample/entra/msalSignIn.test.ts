import type { AuthenticationResult } from '@azure/msal-node';
import {
  AuthError,
  ConfidentialClientApplication,
  CryptoProvider,
  PublicClientApplication,
} from '@azure/msal-node';
import assert from 'node:assert/strict';
import type { JsonWebKey } from 'node:crypto';
import { createPublicKey, verify } from 'node:crypto';
import { msalNetwork } from '../../../support/msalNetwork';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

const part = (token: string, n: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[n] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;

describe('sample tenant: sign-in with MSAL', () => {
  const sample = withSampleTenant({ deviceCodeInterval: 0 });
  const network = msalNetwork(() => sample.agent);
  const scopes = (): string[] => [`${sample.tenant.address.graphUrl}/.default`];

  const publicClient = (): PublicClientApplication => {
    const { loginUrl, clientId } = sample.tenant.address;
    return new PublicClientApplication({
      auth: {
        clientId,
        authority: `${loginUrl}/organizations`,
        knownAuthorities: [new URL(loginUrl).host],
      },
      system: { networkClient: network },
    });
  };
  const confidentialClient = (clientSecret: string): ConfidentialClientApplication => {
    const { loginUrl, confidentialClientId, tenantId } = sample.tenant.address;
    return new ConfidentialClientApplication({
      auth: {
        clientId: confidentialClientId,
        clientSecret,
        authority: `${loginUrl}/${tenantId}`,
        knownAuthorities: [new URL(loginUrl).host],
      },
      system: { networkClient: network },
    });
  };
  const byDeviceCode = (
    onCode: (userCode: string) => Promise<unknown> = (userCode) => sample.tenant.approveDeviceCode(userCode),
  ): Promise<AuthenticationResult | null> =>
    publicClient().acquireTokenByDeviceCode({
      scopes: scopes(),
      deviceCodeCallback: ({ userCode }) => void onCode(userCode),
    });
  const errorOf = async (action: Promise<unknown>): Promise<AuthError> => {
    try {
      await action;
    } catch (error) {
      assert.ok(error instanceof AuthError, String(error));
      return error;
    }
    throw new assert.AssertionError({ message: 'expected a refusal' });
  };

  afterEach(async () => {
    await sample.tenant.configure({
      switches: {
        autoApprove: false,
        declineDeviceCode: false,
        expireDeviceCode: false,
        slowDown: false,
        conditionalAccess: false,
        consentMissing: false,
        secretExpired: false,
        publicClientOff: false,
        mfaRequired: false,
        grantedPermissions: undefined,
      },
    });
  });

  it('signs in by device code after a person approved it', async () => {
    const result = await byDeviceCode();
    const { tenantId, account, graphUrl } = sample.tenant.address;
    assert.equal(result?.account?.username, account);
    assert.equal(result?.tenantId, tenantId);
    const claims = part(result?.accessToken ?? '', 1);
    assert.equal(claims['aud'], graphUrl);
    assert.equal(claims['tid'], tenantId);
    assert.ok(String(claims['scp']).split(' ').includes('User.Read.All'));
  });

  it('polls while the code is pending, and goes on when it is approved without anybody clicking', async () => {
    await sample.tenant.configure({ switches: { autoApprove: true } });
    const before = network.sent.length;
    const result = await byDeviceCode(() => Promise.resolve());
    assert.ok(result);
    const polls = network.sent.slice(before).filter((entry) => entry.endsWith('/token'));
    assert.equal(polls.length, 2);
  });

  it('signs tokens with the key that it publishes', async () => {
    const token = (await byDeviceCode())?.accessToken ?? '';
    const { loginUrl, tenantId } = sample.tenant.address;
    const metadata = JSON.parse(
      (await sample.send({ url: `${loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration` })).text,
    ) as { jwks_uri: string; issuer: string };
    const { keys } = JSON.parse((await sample.send({ url: metadata.jwks_uri })).text) as {
      keys: (JsonWebKey & { kid: string })[];
    };
    assert.equal(metadata.issuer, `${loginUrl}/${tenantId}/v2.0`);
    const key = keys.find((candidate) => candidate.kid === part(token, 0)['kid']);
    assert.ok(key);
    const [head = '', body = '', signature = ''] = token.split('.');
    const publicKey = createPublicKey({ key, format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    assert.equal(verify('sha256', Buffer.from(`${head}.${body}`), publicKey, bytes), true);
    assert.equal(verify('sha256', Buffer.from(`${head}.${body}x`), publicKey, bytes), false);
  });

  for (const [name, switches, error] of [
    ['slow_down', { slowDown: true }, 'slow_down'],
    ['an expired code', { expireDeviceCode: true }, 'expired_token'],
    ['a declined prompt', { declineDeviceCode: true }, 'authorization_declined'],
    ['Conditional Access', { conditionalAccess: true }, 'invalid_grant'],
    ['a client that may not be public', { publicClientOff: true }, 'invalid_client'],
  ] as const) {
    it(`refuses a device code: ${name}`, async () => {
      await sample.tenant.configure({ switches });
      const onCode = (code: string): Promise<unknown> =>
        'declineDeviceCode' in switches ? Promise.resolve() : sample.tenant.approveDeviceCode(code);
      assert.equal((await errorOf(byDeviceCode(onCode))).errorMessage, error);
    });
  }

  it('signs in by browser with PKCE, and takes a code only once', async () => {
    await sample.tenant.configure({ switches: { autoApprove: true } });
    const client = publicClient();
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const redirectUri = 'http://localhost:51234';
    const url = await client.getAuthCodeUrl({
      scopes: scopes(),
      redirectUri,
      responseMode: 'query',
      state: 'state-1',
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
    });
    // The page opens in a browser that does not trust the sample's certificates.
    assert.equal(new URL(url).origin, sample.tenant.address.pagesUrl);
    const answer = await sample.send({ url });
    assert.equal(answer.status, 302);
    const location = new URL(answer.headers.location ?? '');
    assert.equal(location.origin, redirectUri);
    assert.equal(location.searchParams.get('state'), 'state-1');
    const code = location.searchParams.get('code') ?? '';
    const request = { scopes: scopes(), redirectUri, code, codeVerifier: verifier };
    const wrong = await errorOf(client.acquireTokenByCode({ ...request, codeVerifier: `${verifier}x` }));
    assert.match(wrong.errorMessage, /AADSTS501481/);
    const result = await client.acquireTokenByCode(request);
    assert.equal(result.account?.username, sample.tenant.address.account);
    const again = await errorOf(publicClient().acquireTokenByCode(request));
    assert.equal(again.errorCode, 'invalid_grant');
    assert.match(again.errorMessage, /AADSTS54005/);
  });

  it('refreshes silently and hands out a new refresh token each time', async () => {
    const client = publicClient();
    const first = await client.acquireTokenByDeviceCode({
      scopes: scopes(),
      deviceCodeCallback: ({ userCode }) => void sample.tenant.approveDeviceCode(userCode),
    });
    const refreshToken = (): string => {
      const cache = JSON.parse(client.getTokenCache().serialize()) as {
        RefreshToken: Record<string, { secret: string }>;
      };
      return Object.values(cache.RefreshToken)[0]?.secret ?? '';
    };
    const before = refreshToken();
    const account = first?.account;
    assert.ok(account);
    const second = await client.acquireTokenSilent({ account, scopes: scopes(), forceRefresh: true });
    assert.notEqual(second.accessToken, first.accessToken);
    assert.notEqual(refreshToken(), before);
    await sample.tenant.configure({ switches: { mfaRequired: true } });
    const refused = await errorOf(
      client.acquireTokenSilent({ account, scopes: scopes(), forceRefresh: true }),
    );
    assert.equal(refused.name, 'InteractionRequiredAuthError');
    assert.match(refused.errorMessage, /AADSTS50076/);
  });

  it('signs in as the application itself', async () => {
    const client = confidentialClient(sample.tenant.address.clientSecret);
    const result = await client.acquireTokenByClientCredential({ scopes: scopes() });
    const claims = part(result?.accessToken ?? '', 1);
    assert.equal(claims['idtyp'], 'app');
    assert.equal(claims['scp'], undefined);
    assert.ok(Array.isArray(claims['roles']) && claims['roles'].includes('Reports.Read.All'));
  });

  it('refuses a wrong and an expired client secret', async () => {
    const wrong = confidentialClient('not the secret').acquireTokenByClientCredential({ scopes: scopes() });
    assert.match((await errorOf(wrong)).errorMessage, /AADSTS7000215/);
    await sample.tenant.configure({ switches: { secretExpired: true } });
    const client = confidentialClient(sample.tenant.address.clientSecret);
    const expired = await errorOf(client.acquireTokenByClientCredential({ scopes: scopes() }));
    assert.equal(expired.errorCode, 'invalid_client');
    assert.match(expired.errorMessage, /AADSTS7000222/);
  });

  it('gives only permissions that were granted', async () => {
    await sample.tenant.configure({ switches: { grantedPermissions: ['User.Read.All'] } });
    const result = await byDeviceCode();
    assert.equal(part(result?.accessToken ?? '', 1)['scp'], 'User.Read.All');
  });
});
