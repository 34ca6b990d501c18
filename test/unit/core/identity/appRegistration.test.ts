import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describeError } from '../../../../src/app/host/messages';
import { createHttpClient } from '../../../../src/core/graph/axiosHttpClient';
import { postJson } from '../../../../src/core/graph/graphPost';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../../src/core/graph/httpClient';
import { adminConsentUrl } from '../../../../src/core/identity/adminConsent';
import { applicationBody, type RegistrationWish } from '../../../../src/core/identity/appRegistration';
import { registerApplication } from '../../../../src/core/identity/appRegistrationRun';
import { vaultKeys } from '../../../../src/core/identity/identity';
import { registrationPreview } from '../../../../src/core/identity/registrationPreview';
import {
  openRegistrationSession,
  type RegistrationSession,
} from '../../../../src/core/identity/registrationSession';
import { importTasks, type Connection } from '../../../../src/core/model/connection';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, codePerson, connectionTo, failure, RecordingLogger, unattended } from './signInHarness';

const reading = [
  'AuditLog.Read.All',
  'GroupMember.Read.All',
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'ReportSettings.Read.All',
  'Reports.Read.All',
  'User.Read.All',
];

const wish: RegistrationWish = {
  displayName: 'License Manager (Contoso)',
  kind: 'application',
  cloud: 'custom',
  tasks: importTasks,
};

describe('an app registration', () => {
  it('lists the least permissions of the tasks, by their ids', () => {
    const body = applicationBody({ ...wish, kind: 'delegated', tasks: ['licenseInformation'] });
    assert.deepEqual(body, {
      displayName: 'License Manager (Contoso)',
      signInAudience: 'AzureADMyOrg',
      isFallbackPublicClient: true,
      publicClient: {
        redirectUris: ['http://localhost', 'https://login.microsoftonline.com/common/oauth2/nativeclient'],
      },
      requiredResourceAccess: [
        {
          resourceAppId: '00000003-0000-0000-c000-000000000000',
          resourceAccess: [
            { id: 'f395577a-0960-456b-979f-7228de0c5996', type: 'Scope' },
            { id: '4908d5b9-3fb2-4b1e-9336-1888b7937185', type: 'Scope' },
          ],
        },
      ],
    });
  });

  it('leaves out what a national cloud is not known to have, and uses its sign-in service', () => {
    const body = applicationBody({
      ...wish,
      kind: 'delegated',
      cloud: 'china',
      tasks: ['licenseInformation'],
    });
    assert.deepEqual(
      body.requiredResourceAccess[0]?.resourceAccess.map((access) => access.id),
      ['4908d5b9-3fb2-4b1e-9336-1888b7937185'],
    );
    assert.equal(
      body.publicClient.redirectUris[1],
      'https://login.partner.microsoftonline.cn/common/oauth2/nativeclient',
    );
  });

  it('is previewed as it will be created, with no secret in it', () => {
    const text = registrationPreview(wish, {
      tenantId: 't-1',
      account: 'admin|x@contoso.example',
      connectionName: 'Contoso',
      thumbprint: null,
    });
    for (const name of reading) assert.ok(text.includes(`| ${name} |`), name);
    assert.ok(text.includes('230c1aed-a721-4c5d-9cb4-a90514e508ef'), 'the id of the application permission');
    assert.ok(text.includes('admin x@contoso.example'), 'no cell can break the table');
    assert.ok(text.includes('"signInAudience": "AzureADMyOrg"'));
  });
});

describe('registering an app in the sample tenant', () => {
  const fixture = withSampleTenant({ users: 10, deviceCodeInterval: 0.01 });
  const signal = new AbortController().signal;
  const logger = new RecordingLogger();
  const sent: HttpRequest[] = [];

  beforeEach(() =>
    fixture.tenant.configure({ switches: { grantedPermissions: undefined, autoApprove: true } }),
  );

  const http = (): HttpClient => {
    const real = createHttpClient({ extraCertificates: [fixture.ca] });
    return {
      stream: (request) => real.stream(request),
      send: (request) => {
        sent.push(request);
        return real.send(request);
      },
    };
  };
  const open = (change: Partial<Connection> = {}): Promise<RegistrationSession> =>
    openRegistrationSession(
      { http, logger, now: () => new Date(), replicationDelayMs: 2 },
      {
        connection: connectionTo(fixture, change),
        flow: 'deviceCode',
        prompter: codePerson(fixture),
        signal,
      },
    );
  const consent = async (url: string): Promise<number> => (await fixture.send({ url })).status;

  it('asks for one permission, keeps nothing, and makes an app that works after consent', async () => {
    sent.length = 0;
    const session = await open();
    assert.deepEqual(session.signedIn.scopes, ['Application.ReadWrite.All']);
    const asked = sent.map((request) => new URLSearchParams(request.body).get('scope')).filter(Boolean);
    assert.ok(
      asked.every((scope) => !/\.Read\.All/.test(String(scope))),
      'nothing else is asked for',
    );

    const created = await session.register(wish, signal);
    const secret = created.secret ?? assert.fail('no secret');
    const days = (Date.parse(created.secretExpiresAt ?? '') - Date.now()) / 86_400_000;
    assert.ok(days > 179 && days < 181);

    const b = bench(fixture);
    const connection = await unattended(fixture, b, { clientId: created.clientId, secret });
    const before = await b.identity.tokenSource(connection).getToken({ forceRefresh: true });
    assert.deepEqual(before.roles, [], 'a registration alone grants nothing');
    assert.equal(await consent(adminConsentUrl(connection)), 200);
    const after = await b.identity.tokenSource(connection).getToken({ forceRefresh: true });
    assert.deepEqual(after.roles, reading);
    await failure(
      b.identity
        .tokenSource(await unattended(fixture, b, { clientId: created.clientId }))
        .getToken({ forceRefresh: true }),
      'clientSecretWrong',
    );

    const log = [...logger.lines, JSON.stringify(session.signedIn)].join('\n');
    assert.equal(log.includes(secret), false, 'the secret is not logged');
    for (const request of sent) {
      const bearer = request.headers?.['authorization'];
      if (bearer !== undefined) assert.equal(log.includes(bearer.slice('Bearer '.length)), false);
    }
  });

  it('makes an app that people sign in to after consent', async () => {
    const created = await (await open()).register({ ...wish, kind: 'delegated' }, signal);
    assert.equal(created.secret, null);
    const b = bench(fixture);
    const connection = connectionTo(fixture, { clientId: created.clientId });
    const signIn = (): Promise<unknown> =>
      b.identity.signIn(connection, { flow: 'deviceCode', prompter: codePerson(fixture), signal });
    await failure(signIn(), 'consentRequired');
    // The consent ends with a redirect to this machine, as for any native application.
    assert.equal(await consent(adminConsentUrl(connection)), 302);
    const result = (await signIn()) as { scopes: readonly string[] };
    assert.deepEqual(result.scopes, reading);
  });

  it('makes an app that proves itself by a certificate, of which only the public part leaves', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'registration-'));
    try {
      execFileSync(
        'openssl',
        [
          ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'crt.pem'],
          ...['-days', '20', '-subj', '/CN=import'],
        ],
        { cwd: folder, stdio: 'pipe' },
      );
      const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
      const [certificatePem, privateKeyPem] = [read('crt.pem'), read('key.pem')];
      const certificate = certificatePem.split('\n').slice(1, -2).join('');
      sent.length = 0;
      const created = await (await open()).register({ ...wish, certificate }, signal);
      assert.equal(created.secret, null);
      assert.equal(
        sent.some((request) => request.url.endsWith('/addPassword')),
        false,
      );
      const line = privateKeyPem.split('\n')[3] ?? assert.fail();
      assert.equal(
        sent
          .map((request) => request.body)
          .join()
          .includes(line),
        false,
        'the key stays here',
      );

      const b = bench(fixture);
      await b.vault.set(vaultKeys.clientCertificate('c1'), JSON.stringify({ certificatePem, privateKeyPem }));
      const connection = connectionTo(fixture, {
        flow: 'clientCredentials',
        clientId: created.clientId,
        tenant: fixture.tenant.address.tenantId,
        credential: { kind: 'certificate', expiresAt: null, thumbprint: null },
      });
      assert.equal(await consent(adminConsentUrl(connection)), 200);
      const token = await b.identity.tokenSource(connection).getToken({ forceRefresh: true });
      assert.deepEqual(token.roles, reading);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says that the permission was not granted', async () => {
    await fixture.tenant.configure({ switches: { grantedPermissions: reading } });
    await failure(open(), 'consentRequired');
    const b = bench(fixture);
    const token = await b.identity.tokenSource(await unattended(fixture, b)).getToken({ forceRefresh: true });
    const error = await failure(
      postJson(
        {
          http: http(),
          token,
          graphOrigin: fixture.tenant.address.graphUrl,
          logger,
          signal,
          now: () => new Date(),
        },
        '/v1.0/applications',
        applicationBody(wish),
        { permissions: ['Application.ReadWrite.All'] },
      ),
      'permissionMissing',
    );
    assert.equal(error.details['permission'], 'Application.ReadWrite.All');
    assert.match(error.message, /^POST \/v1\.0\/applications was answered 403/);
  });
});

describe('a registration that stops halfway', () => {
  const deps = (
    replies: Readonly<Record<string, HttpResponse>>,
  ): Parameters<typeof registerApplication>[0] => ({
    http: {
      send: async ({ url }) => replies[new URL(url).pathname] ?? assert.fail(url),
      stream: () => assert.fail(),
    },
    token: {
      token: 't',
      expiresAt: '2026-11-20T10:00:00Z',
      tenantId: 't-1',
      scopes: ['Application.ReadWrite.All'],
      roles: [],
    },
    graphOrigin: 'https://graph.contoso.example',
    logger: new RecordingLogger(),
    signal: new AbortController().signal,
    now: () => new Date(),
    replicationDelayMs: 1,
  });
  const reply = (status: number, body: object): HttpResponse => {
    const text = JSON.stringify(body);
    return { status, headers: {}, text, bytes: text.length };
  };
  const refused = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };

  it('says which application there is now', async () => {
    const error = await failure(
      registerApplication(
        deps({
          '/v1.0/applications': reply(201, { id: 'o-1', appId: 'a-1' }),
          '/v1.0/servicePrincipals': reply(403, refused),
        }),
        wish,
      ),
      'registrationIncomplete',
    );
    assert.equal(error.details['clientId'], 'a-1');
    assert.match(describeError(error), /was registered \(client ID a-1\).*portal/);
  });

  it('names the roles that may register, where nothing was created', async () => {
    const error = await failure(
      registerApplication(deps({ '/v1.0/applications': reply(403, refused) }), wish),
      'roleMissing',
    );
    const sentence = describeError(error);
    assert.match(
      sentence,
      /Application Developer, Cloud Application Administrator or Application Administrator/,
    );
    assert.doesNotMatch(sentence, /Reports Reader/);
  });

  it('never repeats a secret that came in an answer it does not understand', async () => {
    const error = await failure(
      registerApplication(
        deps({
          '/v1.0/applications': reply(201, { id: 'o-1', appId: 'a-1' }),
          '/v1.0/servicePrincipals': reply(201, {}),
          '/v1.0/applications/o-1/addPassword': reply(200, { secretText: 'hush~hush' }),
        }),
        wish,
      ),
      'registrationIncomplete',
    );
    assert.doesNotMatch(JSON.stringify([error.message, error.details, error.stack]), /hush/);
  });
});

describe('posting to Graph', () => {
  const token = {
    token: 'secret-token',
    expiresAt: '2026-11-20T10:00:00Z',
    tenantId: 't-1',
    scopes: ['Application.ReadWrite.All'],
    roles: [],
  };
  const reply = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, headers, text, bytes: text.length };
  };
  const refused = (code: string): object => ({ error: { code, message: 'no' } });

  async function post(
    replies: HttpResponse[],
    afterCreation: boolean,
  ): Promise<{ requests: number; value: unknown }> {
    let requests = 0;
    const http: HttpClient = {
      send: async () => replies[Math.min(requests++, replies.length - 1)] ?? assert.fail(),
      stream: () => assert.fail(),
    };
    const logger = new RecordingLogger();
    const deps = {
      http,
      token,
      graphOrigin: 'https://graph.contoso.example',
      logger,
      signal: new AbortController().signal,
      now: () => new Date(),
      replicationDelayMs: 1,
    };
    const value = await postJson(
      deps,
      '/v1.0/x',
      { secretText: 'never logged' },
      { permissions: [], afterCreation },
    );
    assert.doesNotMatch(logger.lines.join('\n'), /never logged|secret-token/);
    return { requests, value };
  }

  it('waits for a replica that does not know a new object yet, and not otherwise', async () => {
    const late = [
      reply(404, refused('Request_ResourceNotFound')),
      reply(400, refused('NoBackingApplicationObject')),
      reply(201, { id: 1 }),
    ];
    assert.deepEqual(await post([...late], true), { requests: 3, value: { id: 1 } });
    await failure(post([...late], false), 'serviceError');
    await failure(post([reply(404, refused('Request_ResourceNotFound'))], true), 'serviceError');
  });

  it('never repeats what may have worked', async () => {
    for (const status of [500, 502, 503, 504]) {
      let caught = 0;
      await post([reply(status, refused('UnknownError')), reply(201, {})], true).catch(() => caught++);
      assert.equal(caught, 1, String(status));
    }
    assert.equal(
      (
        await post(
          [reply(429, refused('TooManyRequests'), { 'retry-after': '0.001' }), reply(201, {})],
          false,
        )
      ).requests,
      2,
    );
  });

  it('tells a role from a permission, and a page from an answer', async () => {
    const role = await failure(
      postJson(
        {
          http: {
            send: async () => reply(403, refused('Authorization_RequestDenied')),
            stream: () => assert.fail(),
          },
          token,
          graphOrigin: 'https://graph.contoso.example',
          logger: new RecordingLogger(),
          signal: new AbortController().signal,
          now: () => new Date(),
        },
        '/v1.0/applications',
        {},
        { permissions: ['Application.ReadWrite.All'] },
      ),
      'roleMissing',
    );
    assert.equal(role.details['status'], 403);
    await failure(post([reply(200, '<html>')], false), 'badResponse');
    await failure(post([reply(502, '<html>')], false), 'badResponse');
  });
});
