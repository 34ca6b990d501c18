import assert from 'node:assert/strict';
import { runImport } from '../../../../src/core/importing/runImport';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import type { TestStore } from '../../../support/storeFixture';
import { createTestStore } from '../../../support/storeFixture';
import { rawListing } from '../graph/sampleGraph';
import { importedOn, sampleRequest } from './importRequests';

describe('imports into the file', () => {
  const sample = withSampleTenant({ users: 1200, seed: 2, today: importedOn });
  let file: TestStore;

  before(async () => {
    file = await createTestStore();
    const result = await runImport(sampleRequest(sample, file.store));
    assert.equal(result.status, 'succeeded', JSON.stringify(result.tasks));
  });

  after(() => file.dispose());

  afterEach(() => sample.tenant.configure({ faults: {} }));

  /** Everything that a view of the file says, as the sqlite3 program reads it. */
  const views = (): unknown =>
    ['v_users', 'v_seats', 'v_assignments', 'v_licenses', 'v_subscriptions', 'v_activity'].map((view) =>
      file
        .sqlite3(`SELECT * FROM ${view}`)
        .map((row) => JSON.stringify(row))
        .sort(),
    );

  it('bring what Graph has', async () => {
    const raw = await rawListing(
      sample,
      '/v1.0/users?$select=id,licenseAssignmentStates,accountEnabled&$top=999',
    );
    const rows = file.sqlite3('SELECT userId FROM v_users');
    const ids = new Set(rows.map((row) => row.userId));
    assert.ok(raw.every((user) => ids.has(String(user.id))));
    const paths = raw.flatMap((user) => user.licenseAssignmentStates as { skuId: string; state: string }[]);
    assert.equal(file.sqlite3('SELECT count(*) AS n FROM v_assignments')[0]?.n, paths.length);
    const holding = raw.flatMap((user) => [
      ...new Set(
        (user.licenseAssignmentStates as { skuId: string; state: string }[])
          .filter((path) => path.state === 'Active' || path.state === 'ActiveWithError')
          .map((path) => path.skuId),
      ),
    ]);
    assert.equal(file.sqlite3('SELECT count(*) AS n FROM v_seats')[0]?.n, holding.length);
    const tenants = file.sqlite3('SELECT tenantId, displayName, defaultDomain FROM v_tenants');
    assert.deepEqual(tenants, [
      { tenantId: sample.tenant.address.tenantId, displayName: 'Contoso', defaultDomain: 'contoso.example' },
    ]);
  });

  it('change nothing when the same comes again, though everything goes wrong on the way', async () => {
    const before = views();
    await sample.tenant.configure({
      faults: {
        seed: 3,
        throttle: 0.1,
        unavailable: 0.1,
        html: 0.05,
        expirePageTokens: true,
        expireTokensAfter: 9,
      },
    });
    const limits = { baseDelayMs: 2, maxTries: 9 };
    const result = await runImport(sampleRequest(sample, file.store, { limits }));
    assert.equal(result.status, 'succeeded', JSON.stringify(result.tasks));
    assert.ok(result.tasks.every((task) => task.added === 0 && task.changed === 0 && task.removed === 0));
    assert.deepEqual(views(), before);
  });

  it('keep the old rows of a report that fails, and all of them when the import is cancelled', async () => {
    const before = views();
    await sample.tenant.configure({ faults: { html: 1, only: 'getMailboxUsageDetail' } });
    const partial = await runImport(sampleRequest(sample, file.store));
    assert.equal(partial.status, 'partial');
    assert.deepEqual(views(), before);
    await sample.tenant.configure({ faults: {} });
    const controller = new AbortController();
    const cancelled = await runImport(
      sampleRequest(sample, file.store, {
        full: true,
        signal: controller.signal,
        onProgress: (step) => {
          if (step.dataset === 'users' && step.rows > 600) controller.abort();
        },
      }),
    );
    assert.equal(cancelled.status, 'cancelled');
    assert.deepEqual(views(), before);
    const history = file.sqlite3('SELECT status FROM v_imports ORDER BY startedAt, importId');
    assert.deepEqual(history.map((row) => row.status).sort(), [
      'cancelled',
      'partial',
      'succeeded',
      'succeeded',
    ]);
  });

  it('know from the file that a source had rows, and what the tenant is called', async () => {
    const later = await runImport(
      sampleRequest(sample, file.store, {
        tasks: ['applicationAccess'],
        // No sign-in of the sample is younger than 30 days then.
        now: () => new Date('2027-06-01T00:00:00Z'),
      }),
    );
    assert.match(
      later.tasks[0]?.warnings.join() ?? '',
      /sign-in log came back empty although it had \d+ rows/,
    );
    const signIns = "SELECT count(*) AS n FROM v_activity WHERE source = 'signIns'";
    assert.ok(Number(file.sqlite3(signIns)[0]?.n) > 0);
    const offline = await runImport(
      sampleRequest(sample, file.store, { graphOrigin: 'https://localhost:9', limits: { baseDelayMs: 1 } }),
    );
    assert.equal(offline.status, 'failed');
    assert.equal(file.sqlite3('SELECT displayName FROM v_tenants')[0]?.displayName, 'Contoso');
  });
});
