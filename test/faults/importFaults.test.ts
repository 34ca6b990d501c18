import assert from 'node:assert/strict';
import { runImport } from '../../src/core/importing/runImport';
import type { Dataset } from '../../src/core/model/datasets';
import type { Store } from '../../src/core/store/store';
import type { SampleFaults } from '../../src/sample/sampleOptions';
import { sampleGraph } from '../support/sampleGraph';
import { withSampleTenant } from '../support/sampleTenantFixture';
import type { SampleTenantFixture } from '../support/sampleTenantFixture';
import type { TestStore } from '../support/storeFixture';
import { createTestStore } from '../support/storeFixture';
import { sampleHttp, SampleTokens } from '../unit/core/graph/sampleGraph';
import { sampleRequest } from '../unit/core/importing/importRequests';

const today = '2026-11-20';

/** The rows of each dataset, without keys and times of the import. */
const contents: Partial<Record<Dataset, string>> = {
  users: `SELECT u.userId, userPrincipalName, lastSignInAt, deletedAt, assignmentsDigest,
    (SELECT group_concat(skuId || coalesce(groupId, '') || state || coalesce(disabledPlans, ''), ',') FROM
      (SELECT * FROM v_assignments a WHERE a.userId = u.userId ORDER BY skuId, groupId)) AS paths
    FROM users u ORDER BY u.userId`,
  subscribedSkus: `SELECT skuId, consumed, enabled, warning, servicePlansDigest FROM licenses
    JOIN products USING (productKey) ORDER BY skuId`,
  subscriptions: 'SELECT * FROM v_subscriptions ORDER BY subscriptionId',
  groups: 'SELECT groupId, g.displayName FROM groups g JOIN groupIds USING (groupKey) ORDER BY groupId',
  activations: 'SELECT * FROM activations ORDER BY upnKey, productType',
  appUsage: 'SELECT * FROM appUsage ORDER BY upnKey',
  oneDriveUsage: 'SELECT * FROM oneDriveUsage ORDER BY upnKey, siteId',
  mailboxUsage: 'SELECT * FROM mailboxUsage ORDER BY upnKey',
  activeUsers: 'SELECT * FROM activeUsers ORDER BY upnKey',
  emailActivity: 'SELECT * FROM emailActivity ORDER BY upnKey',
  applicationSignIns: `SELECT userId, appId, lastSignInAt FROM applicationSignIns
    JOIN signInApplications USING (appKey) ORDER BY userId, appId`,
  registrationDetails: 'SELECT * FROM registrationDetails ORDER BY userId',
};

type Content = Partial<Record<Dataset, string>>;

async function contentOf(store: Store): Promise<Content> {
  const content: Content = {};
  for (const [dataset, sql] of Object.entries(contents)) {
    content[dataset as Dataset] = JSON.stringify(await store.query(sql));
  }
  return content;
}

const kinds: readonly SampleFaults[] = [
  { throttle: 0.05 },
  { throttleWithoutRetryAfter: 0.25 },
  { unavailable: 0.25 },
  { html: 0.25 },
  { cut: 0.25 },
  { slow: 0.3, slowMs: 5 },
  { expireTokensAfter: 5 },
  { claimsChallenge: true },
  { expirePageTokens: true },
];

const mixed: SampleFaults = {
  throttle: 0.01,
  throttleWithoutRetryAfter: 0.08,
  unavailable: 0.08,
  html: 0.06,
  cut: 0.06,
  slow: 0.05,
  slowMs: 5,
  expireTokensAfter: 17,
  expirePageTokens: true,
};

/** Imports per kind in each tenant, and mixed ones: 4 × (9 × 6 + 78) = 528 in all. */
const alone = 6;
const mixes = 78;

/** A change of one user's license, to and fro. */
async function findToggle(sample: SampleTenantFixture): Promise<(on: boolean) => Promise<void>> {
  const graph = sampleGraph(sample);
  const users = await graph.all<{ id: string }>('/v1.0/users?$select=id');
  const skus = await graph.json<{ value: { skuId: string }[] }>('/v1.0/subscribedSkus');
  for (const { id } of users.rows) {
    const held = JSON.stringify(await graph.json(`/v1.0/users/${id}?$select=id,licenseAssignmentStates`));
    for (const { skuId } of skus.value) {
      if (held.includes(skuId)) continue;
      const assign = async (on: boolean): Promise<number> => {
        const answer = await sampleGraph(sample).send('POST', `/v1.0/users/${id}/assignLicense`, {
          addLicenses: on ? [{ skuId }] : [],
          removeLicenses: on ? [] : [skuId],
        });
        return answer.status;
      };
      if ((await assign(true)) !== 200) continue;
      assert.equal(await assign(false), 200);
      return async (on) => assert.equal(await assign(on), 200);
    }
  }
  return assert.fail('Nobody can be given a license.');
}

describe('imports while everything goes wrong', function () {
  this.timeout(600_000);
  const samples = [5, 9, 14, 20].map((users, index) => withSampleTenant({ users, seed: index + 1, today }));
  const ends = { imports: 0, whole: 0, partial: 0, failed: 0 };

  /** Runs all imports of one tenant, one after the other. */
  const runAll = async (sample: SampleTenantFixture, lane: number): Promise<void> => {
    const http = sampleHttp(sample);
    const toggle = await findToggle(sample);
    const store = await createTestStore();
    let minute = 0;
    const importInto = async (file: TestStore, full: boolean, maxTries: number): Promise<string> => {
      minute += 1;
      const at = new Date(Date.parse(`${today}T00:00:00Z`) + minute * 60_000);
      const result = await runImport(
        sampleRequest(sample, file.store, {
          http,
          tokens: new SampleTokens(sample),
          now: () => at,
          full,
          limits: { baseDelayMs: 1, maxTries },
        }),
      );
      return result.status;
    };
    try {
      // What a fault-free import into a new file makes of either state.
      const fresh: Content[] = [];
      for (const on of [false, true]) {
        if (on) await toggle(true);
        const reference = await createTestStore();
        assert.equal(await importInto(reference, true, 5), 'succeeded');
        fresh.push(await contentOf(reference.store));
        await reference.dispose();
      }
      assert.notEqual(fresh[0]?.users, fresh[1]?.users);
      let on = true;
      assert.equal(await importInto(store, true, 5), 'succeeded');
      let before = await contentOf(store.store);
      assert.deepEqual(before, fresh[1]);
      const plan = [
        ...kinds.flatMap((kind) => Array<SampleFaults>(alone).fill(kind)),
        ...Array<SampleFaults>(mixes).fill(mixed),
      ];
      for (const [step, faults] of plan.entries()) {
        on = !on;
        await toggle(on);
        const seed = lane * 1000 + step + 1;
        await sample.tenant.configure({ faults: { ...faults, seed } });
        const status = await importInto(store, step % 3 === 0, 1 + (step % 5));
        await sample.tenant.configure({ faults: {} });
        const attemptedAt = new Date(Date.parse(`${today}T00:00:00Z`) + minute * 60_000).toISOString();
        const states = await store.store.query('SELECT dataset, status, attemptedAt FROM datasetStates');
        const after = await contentOf(store.store);
        const target: Content = fresh[on ? 1 : 0] ?? {};
        for (const name of Object.keys(contents) as Dataset[]) {
          const state = states.find(({ dataset }) => dataset === name);
          const complete = state?.attemptedAt === attemptedAt && state.status === 'complete';
          const what = `${name} of tenant ${lane}, step ${step}, ${JSON.stringify(faults)}, ${status}`;
          assert.equal(after[name], complete ? target[name] : before[name], what);
          if (status === 'succeeded') assert.ok(complete, what);
          if (status === 'failed') assert.ok(!complete, what);
        }
        before = after;
        ends.imports += 1;
        if (status === 'succeeded') ends.whole += 1;
        else if (status === 'partial') ends.partial += 1;
        else ends.failed += 1;
      }
      assert.deepEqual(store.sqlite3('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    } finally {
      await store.dispose();
    }
  };

  it('leave each dataset as a fault-free import would, or as it was', async () => {
    await Promise.all(samples.map(runAll));
    assert.ok(ends.imports >= 500, `${ends.imports} imports`);
    // The faults must have done something, and not everything.
    assert.ok(ends.whole > 100 && ends.partial > 50 && ends.failed > 5, JSON.stringify(ends));
  });
});
