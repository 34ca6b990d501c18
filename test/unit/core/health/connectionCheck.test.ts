import assert from 'node:assert/strict';
import { LicenseError, type ErrorReason } from '../../../../src/core/foundation/errors';
import { createHttpClient } from '../../../../src/core/graph/axiosHttpClient';
import type { HttpClient } from '../../../../src/core/graph/httpClient';
import { testConnection } from '../../../../src/core/health/connectionCheck';
import type { Connection } from '../../../../src/core/model/connection';
import type { CheckRow, CheckVerdict, DoctorReport } from '../../../../src/shared/doctorContract';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, codePerson, connectionTo, failure, unattended, type Bench } from '../identity/signInHarness';

const all = [
  'AuditLog.Read.All',
  'GroupMember.Read.All',
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'ReportSettings.Read.All',
  'Reports.Read.All',
  'User.Read.All',
];

/** Rows that four tasks have: nine, four, two and one. */
const rowCount = 16;

describe('test of a connection, against the sample tenant', () => {
  const fixture = withSampleTenant({ users: 30, deviceCodeInterval: 0.01 });
  const signal = new AbortController().signal;

  beforeEach(() =>
    fixture.tenant.configure({
      faults: {},
      switches: {
        grantedPermissions: all,
        noPremium: false,
        concealedNames: false,
        missingReportsRole: false,
        consentMissing: false,
        conditionalAccess: false,
        mfaRequired: false,
        secretExpired: false,
      },
    }),
  );

  /** A connection of a person who has signed in. */
  async function signedIn(b: Bench, change: Partial<Connection> = {}): Promise<Connection> {
    const connection = connectionTo(fixture, { connectionId: 'person', ...change });
    const result = await b.identity.signIn(connection, {
      flow: 'deviceCode',
      prompter: codePerson(fixture),
      signal,
    });
    return { ...connection, account: result.account ?? null, tenantId: result.tenantId };
  }

  function test(
    b: Bench,
    connection: Connection,
    { http, now }: { http?: () => Promise<HttpClient>; now?: () => Date } = {},
  ): Promise<DoctorReport> {
    return testConnection(
      {
        http: http ?? (async () => createHttpClient({ extraCertificates: [fixture.ca] })),
        tokens: b.identity.tokenSource(connection),
        logger: b.logger,
        now: now ?? (() => new Date()),
        limits: { baseDelayMs: 2 },
      },
      connection,
      signal,
    );
  }

  const verdicts = (report: DoctorReport): Partial<Record<CheckVerdict, number>> => {
    const counts: Partial<Record<CheckVerdict, number>> = {};
    for (const { verdict } of report.rows) counts[verdict] = (counts[verdict] ?? 0) + 1;
    return counts;
  };
  const find = (report: DoctorReport, endpoint: string): CheckRow =>
    report.rows.find((row) => row.endpoint === endpoint) ?? assert.fail(endpoint);
  const everyRow = (report: DoctorReport, verdict: CheckVerdict): CheckRow => {
    assert.deepEqual(verdicts(report), { [verdict]: rowCount });
    return report.rows[0] ?? assert.fail('no rows');
  };

  it('finds nothing to do where everything is granted, with the smallest requests', async () => {
    const b = bench(fixture);
    const connection = await signedIn(b);
    const before = (await fixture.tenant.journal()).length;
    const report = await test(b, connection);
    const row = everyRow(report, 'ok');
    assert.deepEqual(
      { granted: row.granted, by: row.grantedBy, action: row.action, consentUrl: row.consentUrl },
      { granted: true, by: null, action: 'Nothing to do.', consentUrl: null },
    );
    assert.deepEqual(report.permissions, all);
    assert.equal(report.account, fixture.tenant.address.account);
    assert.equal(find(report, "GET /v1.0/reports/getMailboxUsageDetail(period='D7')").role, 'Reports Reader');
    assert.equal(find(report, 'GET /v1.0/groups').permission, 'GroupMember.Read.All');
    const asked = (await fixture.tenant.journal()).slice(before);
    assert.equal(
      asked.some((entry) => entry.origin === 'download'),
      false,
      'no report is downloaded',
    );
    assert.equal(
      asked.filter((entry) => entry.path.endsWith('/subscribedSkus')).length,
      1,
      'what two tasks need is asked once',
    );
  });

  it('says which larger permission includes a smaller one', async () => {
    await fixture.tenant.configure({
      switches: { grantedPermissions: ['Directory.Read.All', 'Reports.Read.All'] },
    });
    const b = bench(fixture);
    const report = await test(b, await unattended(fixture, b));
    const users = find(report, 'GET /v1.0/users');
    assert.deepEqual(
      [users.verdict, users.granted, users.grantedBy, users.permissionKind, users.role],
      ['ok', true, 'Directory.Read.All', 'application', null],
    );
    assert.equal(users.action, 'Nothing to do: “Directory.Read.All” includes this permission.');
    assert.equal(find(report, 'GET /v1.0/subscribedSkus').grantedBy, 'Directory.Read.All');
    const signIns = find(report, 'GET /v1.0/auditLogs/signIns');
    assert.deepEqual([signIns.verdict, signIns.granted], ['missingScope', false]);
  });

  it('names the missing delegated permission, who must consent, and the link', async () => {
    await fixture.tenant.configure({
      switches: { grantedPermissions: all.filter((name) => name !== 'Reports.Read.All') },
    });
    const b = bench(fixture);
    const report = await test(b, await signedIn(b));
    // Six reports lack it; the switch about concealed names has a permission of its own.
    assert.deepEqual(verdicts(report), { missingScope: 6, ok: 10 });
    const [row] = report.rows;
    assert.equal(row?.permission, 'Reports.Read.All');
    assert.equal(row?.granted, false);
    assert.match(
      row?.action ?? '',
      /Application Administrator.* grant the delegated permission “Reports\.Read\.All”.*sign in again/,
    );
    const url = new URL(row?.consentUrl ?? '');
    const { address } = fixture.tenant;
    assert.equal(url.origin + url.pathname, `${address.loginUrl}/${address.tenantId}/v2.0/adminconsent`);
    assert.equal(url.searchParams.get('client_id'), address.clientId);
    assert.equal(url.searchParams.get('redirect_uri'), 'http://localhost');
    assert.deepEqual(
      url.searchParams.get('scope')?.split(' '),
      all.map((name) => `${address.graphUrl}/${name}`),
    );
    assert.match(row?.support ?? '', /^S2SUnauthorized, request id [0-9a-f-]{36}$/);
  });

  it('tells a missing permission of an application from a missing consent', async () => {
    await fixture.tenant.configure({
      switches: { grantedPermissions: all.filter((name) => name !== 'AuditLog.Read.All') },
    });
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    const some = await test(b, connection);
    assert.deepEqual(verdicts(some), { missingScope: 2, ok: 14 });
    assert.match(
      some.rows[0]?.action ?? '',
      /^Optional\. Add the application permission “AuditLog\.Read\.All”.*Privileged Role Administrator/,
    );
    await fixture.tenant.configure({ switches: { consentMissing: true } });
    const none = await test(b, connection);
    const row = everyRow(none, 'missingAdminConsent');
    assert.equal(row.granted, false);
    assert.match(row.action, /Privileged Role Administrator open the consent link/);
    const { address } = fixture.tenant;
    assert.equal(
      row.consentUrl,
      `${address.loginUrl}/${address.tenantId}/adminconsent?client_id=${address.confidentialClientId}`,
    );
  });

  it('tells withdrawn consent of a person’s sign-in', async () => {
    const b = bench(fixture);
    const connection = await signedIn(b);
    await fixture.tenant.configure({ switches: { consentMissing: true } });
    const row = everyRow(await test(b, connection), 'missingAdminConsent');
    assert.equal(row.granted, null);
    assert.match(row.support, /^AADSTS65001, correlation id /);
    assert.notEqual(row.consentUrl, null);
  });

  it('tells a missing role from a missing permission', async () => {
    const b = bench(fixture);
    const connection = await signedIn(b);
    await fixture.tenant.configure({ switches: { missingReportsRole: true } });
    const report = await test(b, connection);
    const row = find(report, "GET /v1.0/reports/getMailboxUsageDetail(period='D7')");
    assert.deepEqual([row.verdict, row.granted, row.consentUrl], ['missingRole', true, null]);
    assert.match(row.action, new RegExp(`role Reports Reader to ${fixture.tenant.address.account}`));
    assert.equal(find(report, 'GET /v1.0/users').verdict, 'ok');
  });

  it('tells a tenant without premium license', async () => {
    await fixture.tenant.configure({ switches: { noPremium: true } });
    const b = bench(fixture);
    const report = await test(b, await unattended(fixture, b));
    assert.deepEqual(verdicts(report), { noPremiumLicense: 2, ok: 14 });
    assert.match(report.rows[0]?.action ?? '', /^The tenant has no Microsoft Entra ID P1 or P2/);
  });

  it('tells concealed names', async () => {
    await fixture.tenant.configure({ switches: { concealedNames: true } });
    const b = bench(fixture);
    const report = await test(b, await unattended(fixture, b));
    assert.deepEqual(verdicts(report), { namesConcealed: 2, ok: 14 });
    assert.match(report.rows[0]?.action ?? '', /Display concealed user, group, and site names/);
  });

  it('tells Conditional Access from a sign-in that is needed', async () => {
    const b = bench(fixture);
    const connection = await signedIn(b);
    await fixture.tenant.configure({ switches: { conditionalAccess: true } });
    const blocked = everyRow(await test(b, connection), 'conditionalAccess');
    assert.match(blocked.action, /trying again does not help/);
    assert.match(blocked.support, /^AADSTS53003, correlation id /);
    await fixture.tenant.configure({ switches: { conditionalAccess: false, mfaRequired: true } });
    const mfa = everyRow(await test(b, connection), 'signInNeeded');
    assert.match(mfa.action, /Multifactor authentication is needed/);
    assert.match(mfa.support, /^AADSTS50076, /);
    const never = everyRow(await test(b, connectionTo(fixture, { connectionId: 'never' })), 'signInNeeded');
    assert.match(never.action, /Run “Sign In”/);
    const log = b.logger.lines.join('\n');
    assert.equal(log.includes('capolids'), false, 'what the challenge claims is not logged');
    for (const secret of b.secrets) assert.equal(log.includes(secret), false);
  });

  it('tells a refused secret, and what to do about it', async () => {
    const b = bench(fixture);
    await fixture.tenant.configure({ switches: { secretExpired: true } });
    const row = everyRow(await test(b, await unattended(fixture, b)), 'signInRefused');
    assert.match(row.action, /client secret has expired/);
    assert.match(row.support, /^AADSTS7000222, /);
    const empty = await unattended(fixture, b, { connectionId: 'empty' });
    await b.vault.delete('connection/empty/clientSecret');
    assert.match(everyRow(await test(b, empty), 'signInRefused').action, /No client secret is stored/);
  });

  it('tells a certificate that is not trusted', async () => {
    const b = bench(fixture, { extraCertificates: [] });
    const http = async (): Promise<HttpClient> => createHttpClient({});
    const connection = await unattended(fixture, b);
    const row = everyRow(await test(b, connection, { http }), 'certificateNotTrusted');
    assert.match(row.action, /Set the connection’s CA certificate file/);
    assert.match(row.action, /localhost:\d+ is not trusted \((SELF_SIGNED|UNABLE_TO)/);
    // Signed in once, and only Graph is behind another certificate.
    const trusting = bench(fixture);
    const graphOnly = await test(trusting, await unattended(fixture, trusting), { http });
    everyRow(graphOnly, 'certificateNotTrusted');
    assert.notEqual(graphOnly.permissions, null);
  });

  it('tells a proxy that refuses, and a network that is not there', async () => {
    const b = bench(fixture);
    const connection = {
      ...(await unattended(fixture, b)),
      proxy: { server: 'http://proxy.contoso.example:3128', username: 'svc' },
    };
    const refusing = (reason: ErrorReason) => async (): Promise<HttpClient> => {
      const refuse = (): Promise<never> =>
        Promise.reject(new LicenseError(reason, 'no way', { host: 'graph.contoso.example' }));
      return { send: refuse, stream: refuse };
    };
    const refused = everyRow(await test(b, connection, { http: refusing('proxyRefused') }), 'proxyRefused');
    assert.match(
      refused.action,
      /^The proxy http:\/\/proxy\.contoso\.example:3128 refused the way to graph\.contoso\.example/,
    );
    const credentials = await test(b, connection, { http: refusing('proxyAuthenticationRequired') });
    assert.match(everyRow(credentials, 'proxyRefused').action, /wants a user name and password/);
    const off = await test(b, connection, { http: refusing('proxyUnreachable') });
    assert.match(everyRow(off, 'unreachable').action, /^The proxy http.* can’t be reached/);
    const gone = everyRow(await test(b, connection, { http: refusing('network') }), 'unreachable');
    assert.match(gone.action, /^graph\.contoso\.example can’t be reached/);
  });

  it('tells a wrong clock where a token is refused, and only there', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    const late = (): Date => new Date(Date.now() + 12 * 60_000);
    everyRow(await test(b, connection, { now: late }), 'ok');
    await fixture.tenant.configure({ faults: { expireTokensAfter: 0 } });
    const wrong = everyRow(await test(b, connection, { now: late }), 'clockWrong');
    assert.match(wrong.action, /^This computer’s clock is 12 minutes ahead of Microsoft’s\./);
    const early = (): Date => new Date(Date.now() - 7 * 60_000);
    assert.match(
      everyRow(await test(b, connection, { now: early }), 'clockWrong').action,
      /7 minutes behind Microsoft’s/,
    );
    everyRow(await test(b, connection), 'signInNeeded');
  });

  it('tells a service that fails', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    await fixture.tenant.configure({ faults: { unavailable: 1, only: '/subscribedSkus' } });
    const report = await test(b, connection);
    assert.deepEqual(verdicts(report), { serviceError: 2, ok: 14 });
    assert.deepEqual(
      report.rows.slice(0, 2).map((row) => row.task),
      ['applicationRoster', 'licenseInformation'],
    );
  });

  it('does not send an administrator to consent to what the multi-tenant app never asks for', async () => {
    await fixture.tenant.configure({ switches: { grantedPermissions: ['Directory.Read.All'] } });
    const b = bench(fixture);
    const token = await b.identity.tokenSource(await unattended(fixture, b)).getToken();
    const preset = connectionTo(fixture, { clientId: '5bb1a5a2-0d97-4335-9448-119f7b27aff9' });
    const report = await testConnection(
      {
        http: async () => createHttpClient({ extraCertificates: [fixture.ca] }),
        tokens: { getToken: async () => ({ ...token, scopes: token.roles, roles: [] }) },
        logger: b.logger,
        now: () => new Date(),
      },
      preset,
      signal,
    );
    const signIns = find(report, 'GET /v1.0/auditLogs/signIns');
    assert.equal(signIns.verdict, 'missingScope');
    assert.equal(signIns.consentUrl, null);
    assert.match(signIns.action, /Register Your Own App/);
    assert.notEqual(find(report, "GET /v1.0/reports/getMailboxUsageDetail(period='D7')").consentUrl, null);
  });

  it('rejects for a custom cloud without endpoints, and when it is cancelled', async () => {
    const b = bench(fixture);
    const connection = await unattended(fixture, b);
    await failure(test(b, { ...connection, endpoints: null }), 'invalidArgument');
    const controller = new AbortController();
    controller.abort();
    const deps = {
      http: async () => createHttpClient({ extraCertificates: [fixture.ca] }),
      tokens: b.identity.tokenSource(connection),
      logger: b.logger,
      now: () => new Date(),
    };
    await failure(testConnection(deps, connection, controller.signal), 'cancelled');
  });
});
