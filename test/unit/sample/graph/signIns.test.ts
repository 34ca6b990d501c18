import assert from 'node:assert/strict';
import { graphErrorOf, sampleGraph } from '../../../support/sampleGraph';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

interface SignIn {
  id: string;
  createdDateTime: string;
  userId: string;
  userPrincipalName: string;
  appId: string;
  appDisplayName: string;
  status: { errorCode: number };
}

describe('sample tenant: sign-in log', () => {
  const sample = withSampleTenant({ users: 2000, today: '2026-11-21' });
  const graph = sampleGraph(sample);
  const filtered = (filter: string): string =>
    `/v1.0/auditLogs/signIns?$filter=${encodeURIComponent(filter)}`;

  it('comes newest first, each sign-in once, at most 1,000 a page', async () => {
    const { rows, pages } = await graph.all<SignIn>('/v1.0/auditLogs/signIns?$top=70');
    assert.ok(rows.length > 300);
    assert.ok(pages.slice(0, -1).every((size) => size === 70));
    assert.equal(new Set(rows.map((row) => row.id)).size, rows.length);
    const times = rows.map((row) => row.createdDateTime);
    assert.deepEqual(times, [...times].sort().reverse());
    const whole = await graph.all<SignIn>('/v1.0/auditLogs/signIns?$top=9999');
    assert.deepEqual(whole.rows, rows);
    assert.ok((whole.pages[0] ?? 0) <= 1000);
  });

  it('agrees with signInActivity', async () => {
    const { rows } = await graph.all<SignIn>('/v1.0/auditLogs/signIns');
    interface User {
      id: string;
      signInActivity?: { lastSignInDateTime: string };
    }
    const { rows: users } = await graph.all<User>('/v1.0/users?$select=id,signInActivity');
    const last = new Map(users.map((user) => [user.id, user.signInActivity?.lastSignInDateTime ?? '']));
    let exact = 0;
    for (const row of rows) {
      assert.ok(row.createdDateTime <= (last.get(row.userId) ?? ''), row.userPrincipalName);
      if (row.createdDateTime === last.get(row.userId)) exact++;
    }
    assert.ok(exact > 100);
  });

  it('names the applications of Visio, Project, Power BI and Dynamics 365, and has failed attempts', async () => {
    const { rows } = await graph.all<SignIn>('/v1.0/auditLogs/signIns');
    const names = new Set(rows.map((row) => row.appDisplayName));
    assert.deepEqual([...names].sort(), [
      'Dataverse',
      'Microsoft Power BI',
      'Microsoft Visio Data Visualizer',
      'Office 365 Exchange Online',
      'Project Online',
    ]);
    assert.ok(rows.some((row) => row.status.errorCode !== 0));
    assert.ok(rows.every((row) => row.userPrincipalName === row.userPrincipalName.toLowerCase()));
  });

  it('takes filters of time, application and outcome', async () => {
    const { rows } = await graph.all<SignIn>('/v1.0/auditLogs/signIns');
    const [from, to] = ['2026-11-05T12:00:00Z', '2026-11-12T08:30:00Z'];
    const window = await graph.all<SignIn>(
      `${filtered(`createdDateTime ge ${from} and createdDateTime le ${to}`)}&$top=9`,
    );
    const expected = rows.filter((row) => row.createdDateTime >= from && row.createdDateTime <= to);
    assert.ok(expected.length > 30);
    assert.deepEqual(window.rows, expected);
    const powerBi = await graph.all<SignIn>(
      filtered(
        "(appId eq '871c010f-5e61-4fb1-83ac-98610a7e9110' or startsWith(appDisplayName,'project')) and status/errorCode eq 0",
      ),
    );
    assert.deepEqual(
      powerBi.rows,
      rows.filter(
        (row) =>
          /^(Microsoft Power BI|Project Online)$/.test(row.appDisplayName) && row.status.errorCode === 0,
      ),
    );
    assert.equal(graphErrorOf(await graph.get(filtered('createdDateTime gg 1'))).status, 400);
    assert.equal(graphErrorOf(await graph.get(filtered("nonsense eq 'x'"))).status, 400);
  });
});
