import assert from 'node:assert/strict';
import { runImport } from '../../../../src/core/importing/runImport';
import type { ImportResult } from '../../../../src/core/model/importRecords';
import { sampleGraph } from '../../../support/sampleGraph';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import type { TestStore } from '../../../support/storeFixture';
import { createTestStore } from '../../../support/storeFixture';
import type { HttpClient } from '../../../../src/core/graph/httpClient';
import { sampleHttp } from '../graph/sampleGraph';
import { importedOn, sampleRequest } from './importRequests';

/** What the sample tenant tells of a user. */
interface RawUser {
  readonly id: string;
  readonly licenseAssignmentStates: readonly {
    readonly skuId: string;
    readonly assignedByGroup: string | null;
  }[];
}

const tables: Readonly<Record<string, string>> = {
  users: `SELECT userId, userPrincipalName, displayName, accountEnabled, deletedAt, lastSignInAt,
    lastNonInteractiveSignInAt, lastSuccessfulSignInAt, assignmentsDigest, verdict, verdictReason, licenses FROM users`,
  assignments: 'SELECT userId, skuId, groupId, state, error, disabledPlans, lastUpdatedAt FROM v_assignments',
  seats: 'SELECT * FROM v_seats',
  positions: 'SELECT * FROM v_position',
  licenses: 'SELECT * FROM v_licenses',
  subscriptions: 'SELECT * FROM v_subscriptions',
  activity: 'SELECT * FROM v_activity',
  users2: 'SELECT * FROM v_users',
  signIns:
    'SELECT userId, appId, lastSignInAt FROM applicationSignIns JOIN signInApplications USING (appKey)',
  mailboxUsage: 'SELECT * FROM mailboxUsage',
  oneDriveUsage: 'SELECT * FROM oneDriveUsage',
  appUsage: 'SELECT * FROM appUsage',
  activations: 'SELECT * FROM activations',
  activeUsers: 'SELECT * FROM activeUsers',
  emailActivity: 'SELECT * FROM emailActivity',
  registrationDetails: 'SELECT * FROM registrationDetails',
  groups: 'SELECT groupId, g.displayName FROM groups g JOIN groupIds USING (groupKey)',
  states: `SELECT dataset, status, reason, asOfDate, concealed, rows, signInActivity, signInActivityAsOf
    FROM datasetStates`,
};

/** Everything in a file, read by the sqlite3 program, in an order that does not depend on its keys. */
function contentOf(file: TestStore): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, sql]) => [
      name,
      file
        .sqlite3(sql)
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}

/** Numbers that repeat. @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

describe('imports of what changed', () => {
  const sample = withSampleTenant({ users: 120, seed: 5, today: importedOn });
  let incremental: TestStore;
  const urls: string[] = [];

  /** The product's client, with a note of what it was asked for. */
  const watchedHttp = (): HttpClient => {
    const http = sampleHttp(sample);
    return {
      send: (request) => (urls.push(request.url), http.send(request)),
      stream: (request) => (urls.push(request.url), http.stream(request)),
    };
  };

  beforeEach(async () => {
    incremental = await createTestStore();
  });
  afterEach(async () => {
    await sample.tenant.configure({
      faults: {},
      switches: { deltaExpired: false, deltaWithoutGroupLicenses: false, noPremium: false },
    });
    await incremental.dispose();
  });

  const importInto = async (file: TestStore, hour: string, full = false): Promise<ImportResult> => {
    const now = (): Date => new Date(`${importedOn}T${hour}:00Z`);
    const result = await runImport(sampleRequest(sample, file.store, { now, full, http: watchedHttp() }));
    assert.equal(result.status, 'succeeded', JSON.stringify(result.tasks));
    return result;
  };

  /** URLs that imports asked for. */
  const requestsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    urls.length = 0;
    await work();
    return urls.map((url) => decodeURIComponent(url));
  };

  const compareWithFull = async (what: string): Promise<void> => {
    const full = await createTestStore();
    try {
      await importInto(full, '10:00', true);
      const [left, right] = [contentOf(incremental), contentOf(full)];
      for (const name of Object.keys(tables)) assert.deepEqual(left[name], right[name], `${name} ${what}`);
    } finally {
      await full.dispose();
    }
  };

  const listsAllUsers = (paths: readonly string[]): boolean =>
    paths.some((path) => /\/users\?/.test(path) && path.includes('$count=true'));

  it('leave what a full one would, after any changes of licenses', async function () {
    this.timeout(120_000);
    const graph = sampleGraph(sample);
    const roll = dice(42);
    await importInto(incremental, '10:00');
    let changes = 0;
    let whole = 0;
    for (let step = 1; step <= 24; step++) {
      const { rows: users } = await graph.all<RawUser>(
        '/v1.0/users?$select=id,licenseAssignmentStates&$top=999',
      );
      const { rows: groups } = await graph.all<{ id: string; assignedLicenses: { skuId: string }[] }>(
        '/v1.0/groups?$select=id,assignedLicenses',
      );
      const skus = (await graph.json<{ value: { skuId: string }[] }>('/v1.0/subscribedSkus')).value;
      const user = users[roll(users.length)];
      const sku = skus[roll(skus.length)]?.skuId;
      assert.ok(user !== undefined && sku !== undefined);
      const direct = user.licenseAssignmentStates.find((path) => path.assignedByGroup === null);
      const inGroup = users.flatMap((each) =>
        each.licenseAssignmentStates.flatMap((path) =>
          path.assignedByGroup === null ? [] : [{ userId: each.id, groupId: path.assignedByGroup }],
        ),
      );
      const licensed = groups.filter((group) => group.assignedLicenses.length > 0);
      let status: number;
      switch (roll(4)) {
        case 0:
          ({ status } = await graph.send('POST', `/v1.0/users/${user.id}/assignLicense`, {
            addLicenses: [{ skuId: sku }],
            removeLicenses: [],
          }));
          break;
        case 1:
          ({ status } = await graph.send('POST', `/v1.0/users/${user.id}/assignLicense`, {
            addLicenses: [],
            removeLicenses: direct === undefined ? [] : [direct.skuId],
          }));
          break;
        case 2: {
          const member = inGroup[roll(inGroup.length)];
          ({ status } = await graph.send(
            'DELETE',
            `/v1.0/groups/${member?.groupId}/members/${member?.userId}/$ref`,
          ));
          break;
        }
        default: {
          const group = licensed[roll(licensed.length)];
          await sample.tenant.configure({ switches: { deltaWithoutGroupLicenses: roll(2) === 0 } });
          ({ status } = await graph.send('POST', `/v1.0/groups/${group?.id}/assignLicense`, {
            addLicenses: [],
            removeLicenses: [group?.assignedLicenses[0]?.skuId],
          }));
          // The work on the group takes the sample tenant a quarter of a second.
          if (status === 202) await new Promise((resolve) => setTimeout(resolve, 300));
        }
      }
      if (status < 300) changes += 1;
      const paths = await requestsOf(() => importInto(incremental, '10:00'));
      if (listsAllUsers(paths)) whole += 1;
      if (step % 4 === 0) await compareWithFull(`after step ${step}`);
    }
    assert.ok(changes >= 8, `${changes} changes`);
    assert.ok(whole < 12, `${whole} of 24 imports read all users`);
  });

  it('ask for all that may be new at once, however many lists are read side by side', async () => {
    await importInto(incremental, '10:00');
    const http = watchedHttp();
    let waiting = 0;
    let all = (): void => undefined;
    const sixAreThere = new Promise<void>((resolve) => (all = resolve));
    const now = (): Date => new Date(`${importedOn}T11:00:00Z`);
    const result = await runImport(
      sampleRequest(sample, incremental.store, {
        now,
        maxConcurrency: 2,
        http: {
          stream: (request) => http.stream(request),
          send: async (request) => {
            if (/\/reports\/get/.test(request.url)) {
              waiting += 1;
              if (waiting === 6) all();
              await sixAreThere;
            }
            return http.send(request);
          },
        },
      }),
    );
    assert.equal(result.status, 'succeeded', JSON.stringify(result.tasks));
    assert.equal(waiting, 6);
  });

  it('ask for little when nothing changed, and keep the dates of the reports', async () => {
    const first = await importInto(incremental, '10:00');
    const before = contentOf(incremental);
    const paths = await requestsOf(async () => {
      const again = await importInto(incremental, '11:00');
      assert.ok(again.tasks.every(({ added, changed, removed }) => added + changed + removed === 0));
      assert.deepEqual(
        again.tasks.map(({ rows }) => rows),
        first.tasks.map(({ rows }) => rows),
      );
    });
    assert.deepEqual(contentOf(incremental), before);
    assert.ok(!listsAllUsers(paths), paths.join('\n'));
    assert.ok(!paths.some((path) => path.includes('.csv')), 'no report is downloaded again');
  });

  it('read all users when their changes are forgotten, when asked, and after a week', async () => {
    await importInto(incremental, '10:00');
    await sample.tenant.configure({ switches: { deltaExpired: true } });
    assert.ok(listsAllUsers(await requestsOf(() => importInto(incremental, '11:00'))));
    await compareWithFull('after the resync');
    await sample.tenant.configure({ switches: { deltaExpired: false } });
    assert.ok(!listsAllUsers(await requestsOf(() => importInto(incremental, '12:00'))));
    assert.ok(listsAllUsers(await requestsOf(() => importInto(incremental, '13:00', true))));
    const later = (time: string): Promise<ImportResult> =>
      runImport(sampleRequest(sample, incremental.store, { now: () => new Date(time), http: watchedHttp() }));
    assert.ok(!listsAllUsers(await requestsOf(() => later('2026-11-27T12:59:00Z'))));
    assert.ok(listsAllUsers(await requestsOf(() => later('2026-11-27T13:00:00Z'))));
  });

  it('read all sign-in dates once they may be read', async () => {
    await sample.tenant.configure({ switches: { noPremium: true } });
    const request = sampleRequest(sample, incremental.store, { tasks: ['applicationRoster'] });
    const warnings = async (): Promise<string> => {
      const result = await runImport(request);
      return result.tasks.flatMap((task) => task.warnings).join();
    };
    assert.match(await warnings(), /Sign-in dates of users were left out/);
    assert.match(await warnings(), /Sign-in dates of users were left out/);
    await sample.tenant.configure({ switches: { noPremium: false } });
    assert.equal(await warnings(), '');
    const signIns = 'SELECT count(lastSignInAt) AS n FROM users';
    assert.ok(Number(incremental.sqlite3(signIns)[0]?.n) > 50);
  });
});
