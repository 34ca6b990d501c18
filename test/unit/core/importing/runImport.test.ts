import assert from 'node:assert/strict';
import { isLicenseError, LicenseError } from '../../../../src/core/foundation/errors';
import type { HttpClient } from '../../../../src/core/graph/httpClient';
import type { ImportRequest } from '../../../../src/core/importing/importRequest';
import { runImport } from '../../../../src/core/importing/runImport';
import { importTasks } from '../../../../src/core/model/connection';
import type { Dataset, DatasetOutcome } from '../../../../src/core/model/datasets';
import type { ImportProgress, ImportResult } from '../../../../src/core/model/importRecords';
import type { SampleFaults } from '../../../../src/sample/sampleOptions';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { quickLimits, sampleHttp, SampleTokens } from '../graph/sampleGraph';
import { importedOn, sampleConnection, sampleRequest } from './importRequests';
import { RecordingStore } from './recordingStore';

describe('an import', () => {
  // Four pages of users, the third of which is empty.
  const sample = withSampleTenant({ users: 1600, seed: 11, today: importedOn });

  const requestOf = (store: RecordingStore, change: Partial<ImportRequest> = {}): ImportRequest =>
    sampleRequest(sample, store, change);

  const outcomeOf = (store: RecordingStore, dataset: Dataset): DatasetOutcome => {
    const end = store.committed ?? store.discarded;
    const outcome = end?.datasets.find((candidate) => candidate.dataset === dataset);
    assert.ok(outcome, `${dataset} has no outcome`);
    return outcome;
  };

  const taskOf = (result: ImportResult, task: string): ImportResult['tasks'][number] => {
    const found = result.tasks.find((candidate) => candidate.task === task);
    assert.ok(found, `${task} has no result`);
    return found;
  };

  /** What a tenant without any fault gives. */
  let faultFree: ReadonlyMap<Dataset, unknown[]>;

  before(async () => {
    const store = new RecordingStore();
    await runImport(requestOf(store));
    faultFree = store.rows;
  });

  afterEach(() =>
    sample.tenant.configure({
      faults: {},
      switches: { noPremium: false, concealedNames: false, grantedPermissions: undefined },
    }),
  );

  describe('of a tenant that works', () => {
    it('brings every dataset of every task once, and succeeds', async () => {
      const store = new RecordingStore();
      const before = (await sample.tenant.journal()).length;
      const progress: ImportProgress[] = [];
      const result = await runImport(requestOf(store, { onProgress: (step) => progress.push(step) }));
      assert.equal(result.status, 'succeeded', JSON.stringify(result.tasks));
      assert.deepEqual(
        result.tasks.map((task) => [task.task, task.status, task.warnings]),
        importTasks.map((task) => [task, 'succeeded', []]),
      );
      assert.equal(store.rowsOf('users').length, 1632);
      assert.equal(store.rowsOf('subscribedSkus').length, 20);
      assert.deepEqual(
        store.committed?.datasets.map((outcome) => [outcome.dataset, outcome.task, outcome.status]).sort(),
        [
          ['activations', 'applicationRoster', 'complete'],
          ['activeUsers', 'applicationAccess', 'complete'],
          ['appUsage', 'applicationRoster', 'complete'],
          ['applicationSignIns', 'applicationAccess', 'complete'],
          ['emailActivity', 'applicationAccess', 'complete'],
          ['groups', 'licenseDifferentiation', 'complete'],
          ['mailboxUsage', 'applicationRoster', 'complete'],
          ['oneDriveUsage', 'applicationRoster', 'complete'],
          ['registrationDetails', 'applicationRoster', 'complete'],
          ['subscribedSkus', 'applicationRoster', 'complete'],
          ['subscriptions', 'licenseInformation', 'complete'],
          ['users', 'applicationRoster', 'complete'],
        ],
      );
      assert.equal(outcomeOf(store, 'users').signInActivity, 'read');
      assert.equal(outcomeOf(store, 'users').asOfDate, '2026-11-20');
      assert.match(String(outcomeOf(store, 'mailboxUsage').asOfDate), /^2026-11-1\d$/);
      const journal = (await sample.tenant.journal()).slice(before);
      assert.equal(journal.filter((entry) => entry.path.endsWith('/subscribedSkus')).length, 1);
      assert.ok(journal.every((entry) => !entry.leak));
      const graph = journal.filter((entry) => entry.origin !== 'login');
      assert.equal(store.committed?.transfer.requests, graph.length);
      assert.ok((store.committed?.transfer.bytes ?? 0) > 500_000);
      assert.equal(store.committed?.transfer.throttledMs, 0);
      const users = progress.filter((step) => step.dataset === 'users');
      const { elapsedMs, ...last } = users.at(-1) ?? assert.fail('nothing was said of the users');
      assert.ok((elapsedMs ?? -1) >= 0);
      assert.deepEqual(last, {
        task: 'applicationRoster',
        dataset: 'users',
        rows: 1632,
        expectedRows: 1632,
        done: true,
      });
      assert.ok(users.some((step) => !step.done && step.rows > 0 && step.expectedRows === 1600));
    });

    it('asks for the lists while it asks who the tenant is, and stores nothing before it knows', async () => {
      const store = new RecordingStore();
      const inner = sampleHttp(sample);
      let organizationAnswered = false;
      let listAnswered = (): void => undefined;
      const listIsThere = new Promise<void>((resolve) => (listAnswered = resolve));
      const http: HttpClient = {
        stream: (request) => inner.stream(request),
        send: async (request) => {
          if (request.url.includes('/organization')) {
            await listIsThere;
            // Time for a row to get where it should not.
            for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
            assert.equal(store.starts.length, 0);
            assert.equal(store.rows.size, 0);
            organizationAnswered = true;
          }
          const answer = await inner.send(request);
          if (request.url.includes('/groups')) listAnswered();
          return answer;
        },
      };
      const result = await runImport(requestOf(store, { tasks: ['licenseDifferentiation'], http }));
      assert.equal(result.status, 'succeeded');
      assert.ok(organizationAnswered);
      assert.deepEqual(store.rowsOf('groups'), faultFree.get('groups'));
    });

    it('tells the store who, what and when', async () => {
      const store = new RecordingStore();
      const result = await runImport(
        requestOf(store, { tasks: ['licenseInformation', 'licenseInformation'], trigger: 'schedule' }),
      );
      const { importId, ...start } = store.starts[0] ?? { importId: '' };
      assert.equal(result.importId, importId);
      assert.match(importId, /^[0-9a-f-]{36}$/);
      assert.deepEqual(start, {
        connectionId: 'c-1',
        connectionName: 'Contoso nightly',
        tenant: {
          tenantId: sample.tenant.address.tenantId,
          displayName: 'Contoso',
          defaultDomain: 'contoso.example',
          cloud: 'custom',
        },
        trigger: 'schedule',
        startedAt: '2026-11-20T10:00:00.000Z',
      });
      assert.deepEqual(
        result.tasks.map((task) => task.task),
        ['licenseInformation'],
      );
      assert.deepEqual(store.committed?.evaluation, { inactivityDays: 30, graceDays: 30 });
    });

    it('counts a dataset that two tasks want for both', async () => {
      const result = await runImport(requestOf(new RecordingStore()));
      const subscriptions = faultFree.get('subscriptions')?.length ?? 0;
      assert.equal(taskOf(result, 'licenseInformation').rows, 20 + subscriptions);
    });
  });

  describe('of a tenant with faults brings the same rows', () => {
    const cases: readonly (readonly [string, SampleFaults])[] = [
      ['when requests are throttled', { throttle: 0.3, throttleWithoutRetryAfter: 0.1 }],
      ['when the service is unavailable now and then', { unavailable: 0.25 }],
      ['when a gateway answers with web pages', { html: 0.2 }],
      ['when connections are cut', { cut: 1, atMost: 6 }],
      ['when a download is cut', { cut: 1, only: '.csv', atMost: 2 }],
      ['when page tokens expire', { expirePageTokens: true }],
      ['when tokens expire in mid-import', { expireTokensAfter: 6 }],
      ['when Graph asks for claims', { claimsChallenge: true }],
    ];
    for (const [title, faults] of cases) {
      it(title, async () => {
        await sample.tenant.configure({ faults: { seed: 5, ...faults } });
        const store = new RecordingStore();
        const tokens = new SampleTokens(sample);
        const result = await runImport(requestOf(store, { tokens, limits: { ...quickLimits, maxTries: 9 } }));
        assert.equal(result.status, 'succeeded', JSON.stringify(result.tasks));
        assert.deepEqual([...store.rows.keys()].sort(), [...faultFree.keys()].sort());
        for (const [dataset, rows] of faultFree) assert.deepEqual(store.rows.get(dataset), rows, dataset);
        if (faults.throttle !== undefined) assert.ok((store.committed?.transfer.throttledMs ?? 0) > 0);
        if (faults.expirePageTokens === true) assert.ok(store.restarts.includes('users'));
        if (faults.expireTokensAfter !== undefined) {
          assert.ok(tokens.calls.some((call) => call.forceRefresh === true));
        }
        if (faults.claimsChallenge === true) {
          assert.ok(tokens.calls.some((call) => call.claims?.includes('"nbf"')));
        }
      });
    }
  });

  describe('of a tenant that refuses something', () => {
    it('does without sign-in data where there is no premium license', async () => {
      await sample.tenant.configure({ switches: { noPremium: true } });
      const store = new RecordingStore();
      const result = await runImport(requestOf(store));
      assert.equal(result.status, 'partial');
      assert.equal(taskOf(result, 'applicationRoster').status, 'succeeded');
      assert.match(
        taskOf(result, 'applicationRoster').warnings.join(),
        /Sign-in dates of users were left out.*P1 or P2/,
      );
      assert.equal(outcomeOf(store, 'users').signInActivity, 'premiumRequired');
      assert.equal(outcomeOf(store, 'users').status, 'complete');
      assert.equal(store.rowsOf('users').length, 1632);
      assert.ok(store.rowsOf('users').every((row) => row.lastSignInAt === null));
      assert.deepEqual(
        [outcomeOf(store, 'applicationSignIns').status, outcomeOf(store, 'applicationSignIns').reason],
        ['unavailable', 'premiumRequired'],
      );
      // Registrations are no reason for the roster to be partial.
      assert.equal(outcomeOf(store, 'registrationDetails').status, 'unavailable');
      assert.match(
        taskOf(result, 'applicationRoster').warnings.join(),
        /registrations for multifactor authentication could not be read.*P1 or P2/,
      );
      assert.equal(taskOf(result, 'applicationAccess').status, 'partial');
      assert.match(taskOf(result, 'applicationAccess').warnings.join(), /sign-in log could not be read/);
    });

    it('brings the rest when the reports are not allowed', async () => {
      const granted = [
        'User.Read.All',
        'LicenseAssignment.Read.All',
        'Organization.Read.All',
        'AuditLog.Read.All',
      ];
      await sample.tenant.configure({ switches: { grantedPermissions: granted } });
      const store = new RecordingStore();
      const result = await runImport(requestOf(store, { tasks: ['applicationRoster'] }));
      assert.equal(result.status, 'partial');
      for (const dataset of ['activations', 'appUsage', 'oneDriveUsage', 'mailboxUsage'] as const) {
        assert.deepEqual(
          [outcomeOf(store, dataset).status, outcomeOf(store, dataset).reason],
          ['unavailable', 'permissionMissing'],
        );
      }
      assert.equal(outcomeOf(store, 'users').status, 'complete');
      assert.match(
        taskOf(result, 'applicationRoster').warnings.join('\n'),
        /permission “Reports\.Read\.All”/,
      );
    });

    it('says that names are concealed', async () => {
      await sample.tenant.configure({ switches: { concealedNames: true } });
      const store = new RecordingStore();
      const result = await runImport(requestOf(store, { tasks: ['applicationRoster'] }));
      assert.equal(result.status, 'succeeded');
      assert.equal(outcomeOf(store, 'mailboxUsage').concealed, true);
      assert.equal(outcomeOf(store, 'users').concealed, false);
      assert.match(
        taskOf(result, 'applicationRoster').warnings.join('\n'),
        /mailbox usage report hides the names/,
      );
    });

    it('keeps what it had when a source that had rows is empty', async () => {
      const store = new RecordingStore();
      store.previousRows = { applicationSignIns: 40, emailActivity: 40 };
      const result = await runImport(
        // No sign-in of the sample is younger than 30 days then.
        requestOf(store, { tasks: ['applicationAccess'], now: () => new Date('2027-06-01T00:00:00Z') }),
      );
      assert.deepEqual(
        [outcomeOf(store, 'applicationSignIns').status, outcomeOf(store, 'applicationSignIns').reason],
        ['failed', 'noData'],
      );
      assert.equal(outcomeOf(store, 'emailActivity').status, 'complete');
      assert.equal(result.status, 'partial');
      assert.match(
        taskOf(result, 'applicationAccess').warnings.join(),
        /came back empty although it had 40 rows/,
      );
    });

    it('fails one dataset and brings the others', async () => {
      await sample.tenant.configure({ faults: { unavailable: 1, only: '/directory/subscriptions' } });
      const store = new RecordingStore();
      const result = await runImport(requestOf(store));
      assert.equal(result.status, 'partial');
      assert.equal(taskOf(result, 'licenseInformation').status, 'partial');
      assert.equal(taskOf(result, 'applicationRoster').status, 'succeeded');
      assert.deepEqual(
        [outcomeOf(store, 'subscriptions').status, outcomeOf(store, 'subscriptions').reason],
        ['failed', 'serviceError'],
      );
      assert.equal(outcomeOf(store, 'subscribedSkus').status, 'complete');
      assert.match(
        taskOf(result, 'licenseInformation').warnings.join(),
        /subscriptions could not be read.*serviceNotAvailable.*request id.*stays as it was/,
      );
    });

    it('changes nothing when no dataset came whole', async () => {
      await sample.tenant.configure({ faults: { html: 1, only: '/groups' } });
      const store = new RecordingStore();
      const result = await runImport(requestOf(store, { tasks: ['licenseDifferentiation'] }));
      assert.equal(result.status, 'failed');
      assert.equal(store.committed, undefined);
      assert.equal(store.discarded?.status, 'failed');
      assert.equal(outcomeOf(store, 'groups').reason, 'badResponse');
    });
  });

  describe('that is cancelled changes nothing and ends', () => {
    const cancelled = (store: RecordingStore, result: ImportResult): void => {
      assert.equal(result.status, 'cancelled');
      assert.equal(store.committed, undefined);
      assert.equal(store.discarded?.status, 'cancelled');
      assert.ok(result.tasks.every((task) => task.status === 'cancelled' && task.warnings.length === 0));
    };

    it('while rows arrive', async () => {
      const store = new RecordingStore();
      const controller = new AbortController();
      store.onWrite = () => controller.abort();
      cancelled(store, await runImport(requestOf(store, { signal: controller.signal })));
    });

    it('while Graph is silent', async () => {
      await sample.tenant.configure({ faults: { slow: 1, slowMs: 120_000, only: '/users' } });
      const store = new RecordingStore();
      const controller = new AbortController();
      const onProgress = (): void => void setTimeout(() => controller.abort(), 50);
      cancelled(
        store,
        await runImport(
          requestOf(store, { tasks: ['applicationRoster'], signal: controller.signal, onProgress }),
        ),
      );
    });

    it('while the store hangs', async () => {
      const store = new RecordingStore();
      const controller = new AbortController();
      store.onWrite = () => {
        controller.abort();
        return new Promise<void>(() => undefined);
      };
      cancelled(store, await runImport(requestOf(store, { signal: controller.signal })));
    });

    it('before it began', async () => {
      const store = new RecordingStore();
      cancelled(store, await runImport(requestOf(store, { signal: AbortSignal.abort() })));
    });

    it('while the token is asked for', async () => {
      const store = new RecordingStore();
      const controller = new AbortController();
      const tokens = {
        getToken: () => {
          controller.abort();
          return new Promise<never>(() => undefined);
        },
      };
      cancelled(store, await runImport(requestOf(store, { signal: controller.signal, tokens })));
    });
  });

  describe('that can’t run', () => {
    const rejects = async (
      store: RecordingStore,
      change: Partial<ImportRequest>,
      reason: string,
    ): Promise<void> => {
      await assert.rejects(runImport(requestOf(store, change)), (error) => {
        assert.ok(isLicenseError(error), String(error));
        assert.equal(error.reason, reason);
        return true;
      });
    };

    it('rejects when the sign-in is refused, and records nothing', async () => {
      const store = new RecordingStore();
      for (const reason of ['signInRequired', 'consentRequired', 'clientSecretExpired'] as const) {
        const tokens = { getToken: () => Promise.reject(new LicenseError(reason, 'refused')) };
        await rejects(store, { tokens }, reason);
      }
      await rejects(store, { connection: sampleConnection(sample, { tenantId: null }) }, 'signInRequired');
      await rejects(store, { tasks: [] }, 'invalidArgument');
      assert.equal(store.starts.length, 0);
    });

    it('rejects once when Graph refuses the token everywhere, and records nothing', async () => {
      const store = new RecordingStore();
      const asked: LicenseError[] = [];
      const refusal = { status: 401, headers: {}, text: '{"error":{"code":"x","message":"y"}}', bytes: 1 };
      const http: HttpClient = {
        send: async () => refusal,
        stream: () => Promise.reject(new LicenseError('network', 'Nothing is streamed.')),
      };
      await rejects(store, { http, onSignInRequired: (error) => asked.push(error) }, 'signInRequired');
      assert.equal(store.starts.length, 0);
      assert.deepEqual(asked, []);
    });

    it('rejects when the token opens another tenant', async () => {
      const store = new RecordingStore();
      const other = '00000000-0000-4000-8000-000000000001';
      await rejects(store, { connection: sampleConnection(sample, { tenantId: other }) }, 'wrongTenant');
      assert.equal(store.starts.length, 0);
    });

    it('has failed, with the old data, when there is no network', async () => {
      const store = new RecordingStore();
      // Nobody listens on the discard port of the loopback.
      const result = await runImport(requestOf(store, { graphOrigin: 'https://localhost:9' }));
      assert.equal(result.status, 'failed');
      assert.equal(store.committed, undefined);
      assert.ok(result.tasks.every((task) => task.status === 'failed'));
      assert.match(taskOf(result, 'applicationRoster').warnings.join(), /connection to Microsoft broke off/);
    });

    it('rejects with the store’s error when the store refuses rows', async () => {
      const store = new RecordingStore();
      store.onWrite = () => Promise.reject(new LicenseError('storeFailed', 'disk full'));
      await rejects(store, {}, 'storeFailed');
      assert.equal(store.committed, undefined);
      assert.equal(store.discarded?.status, 'failed');
    });
  });
});
