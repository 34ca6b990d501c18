import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { newestVersion } from '../../../../src/core/store/migrations/migration';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activation,
  activeUser,
  appUsage,
  assignment,
  email,
  group,
  guid,
  importRows,
  mailbox,
  oneDrive,
  signIn,
  sku,
  subscription,
  tenantId,
  user,
} from '../../../support/storeRows';

const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const visio = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const company = guid(77);
const gone = guid(78);
const sales = guid(60);
const planA = guid(41);
const planB = guid(42);
const exchangePlan = 'efb87545-963c-4e0d-99df-69c6916d9eb0';

/** Columns as the contract names them, in its order. */
const contract: Record<string, string> = {
  v_tenants: 'tenantId, displayName, defaultDomain, cloud, lastImportAt',
  v_users:
    'tenantId, userId, userPrincipalName, displayName, mail, accountEnabled, userType, isGuest, onPremisesSync, jobTitle, department, companyName, country, usageLocation, createdAt, deactivatedAt, licenses, lastActivityDate, daysSinceLastActivity, verdict, verdictReason, confidence, activations, windows, mac, mobile, web, mailMegabytes, oneDriveMegabytes, givenName, surname, lastSignInAt, exchangeLastActivityDate, teamsLastActivityDate, oneDriveLastActivityDate, outlookLastActivityDate, sharePointLastActivityDate, skypeForBusinessLastActivityDate, yammerLastActivityDate, dynamics365LastActivityDate, powerBiLastActivityDate, projectLastActivityDate, visioLastActivityDate, isMfaRegistered, isMfaCapable, lastUsedApplication, markedAs, markReason, markPattern',
  v_licenses:
    'tenantId, licenseId, skuId, skuPartNumber, productName, appliesTo, lifecycleStatus, managed, capabilityStatus, isTrial, term, nextLifecycleAt, isCounted, participation, managedReason, managedUntil, alertsReason, alertsUntil, entitlementLimit, buffer, administrator, note, inactivityDays, graceDays, givenName, isFree, unitMonthlyMinor, currency, priceProblem, purchasedQuantity, boughtMonthlyMinor, boughtAnnualMinor, family, notCountedReason, noticeDays',
  v_subscriptions:
    'tenantId, subscriptionId, skuId, status, totalLicenses, isTrial, createdAt, nextLifecycleAt, term, licenseId, recurringBilling',
  v_seats:
    'tenantId, userId, userPrincipalName, skuId, skuPartNumber, paths, direct, groupCount, disabledPlans, verdict, verdictReason, lastActivityDate, confidence',
  v_assignments:
    'tenantId, userId, userPrincipalName, skuId, skuPartNumber, groupId, groupName, state, error, holdsSeat, disabledPlans, lastUpdatedAt',
  v_activity: 'tenantId, userId, userPrincipalName, application, lastActivityDate, source, asOfDate',
  v_position:
    'tenantId, licenseId, skuId, skuPartNumber, enabled, inGrace, suspended, lockedOut, entitled, consumed, seats, availableNow, availableAfterGrace, shortfallNow, shortfallSoon, unassigned, active, inactive, never, new, unknown',
  v_imports:
    'importId, tenantId, connectionId, connectionName, trigger, status, startedAt, finishedAt, requests, bytes, throttledMs',
  v_import_tasks: 'importId, task, status, rows, added, changed, removed, durationMs, warnings',
  v_evaluation: 'tenantId, evaluatedOn, inactivityDays, graceDays',
  v_account_marks: 'tenantId, userId, userPrincipalName, markedAs, markReason, markedAt',
  v_account_patterns: 'tenantId, field, pattern, markedAs, markReason, markedAt',
  v_downgrade_answers: 'tenantId, licenseId, notNeeded, frontline, noHolds',
  v_purchases:
    'purchaseId, tenantId, licenseId, skuId, skuPartNumber, quantity, amountMinor, amountPer, currency, paymentFrequency, effectiveDate, endingDate, note, isValid',
  v_findings:
    'tenantId, findingId, kind, userId, userPrincipalName, displayName, licenseId, skuId, skuPartNumber, productName, seats, monthlyMinor, currency, bucket, isAlert, evidence',
  v_realisable:
    'tenantId, licenseId, skuId, skuPartNumber, currency, freed, nowUnits, nowMinor, renewalUnits, renewalMinor, renewalDate',
  v_verified_savings:
    'tenantId, verifiedAt, findingId, kind, bucket, userId, skuId, skuPartNumber, seats, monthlyMinor, currency',
  v_spend:
    'tenantId, currency, monthlyMinor, annualMinor, assignedMonthlyMinor, assignedAnnualMinor, pricedSeats, totalSeats, lowerBound',
  v_spend_lines:
    'tenantId, dimension, value, currency, monthlyMinor, annualMinor, people, seats, unpricedSeats',
  v_license_spend:
    'tenantId, licenseId, skuId, skuPartNumber, currency, boughtMonthlyMinor, boughtAnnualMinor, assignedMonthlyMinor, seats, incomplete',
  v_user_spend: 'tenantId, userId, currency, monthlyMinor, unpricedSeats, annualMinor',
  v_user_activity: 'tenantId, userId, userPrincipalName, application, lastActivityDate',
  v_tenant_history:
    'tenantId, at, licenses, entitled, consumed, seats, shortfallNow, shortfallSoon, unassigned, active, inactive, never, new, unknown, findings',
  v_spend_history: 'tenantId, at, currency, monthlyMinor, savingsMonthlyMinor',
  v_exchange_rates: 'fromCurrency, toCurrency, rate',
  v_hidden_licenses: 'tenantId, retired, unmanaged, excludedFromAlerts, costUnknown',
  v_hidden_costs: 'tenantId, currency, monthlyMinor, annualMinor',
  v_service_plans:
    'tenantId, licenseId, skuId, servicePlanId, servicePlanName, friendlyName, appliesTo, provisioningStatus',
};

describe('a complete import, read by the sqlite3 program', () => {
  let test: TestStore;
  before(async function () {
    this.timeout(60_000);
    test = await createTestStore();
    await importRows(
      test.store,
      {
        users: [
          user(1, {
            userPrincipalName: 'Ann@Contoso.example',
            displayName: 'Ann Ämter',
            givenName: 'Ann',
            mail: 'ann@contoso.example',
            onPremisesSyncEnabled: true,
            jobTitle: 'Director',
            department: 'Sales',
            companyName: 'Contoso',
            country: 'Germany',
            usageLocation: 'DE',
            lastSignInAt: '2026-03-05T10:00:00Z',
            lastSuccessfulSignInAt: '2026-03-05T10:00:00Z',
            assignments: [
              assignment(e3, { disabledPlans: [planB, planA] }),
              assignment(e3, { groupId: sales, disabledPlans: [planA] }),
              assignment(visio, { state: 'Error', error: 'CountViolation', groupId: sales }),
            ],
          }),
          user(2, {
            userType: 'Guest',
            onPremisesSyncEnabled: false,
            assignments: [assignment(visio), assignment(company), assignment(gone)],
          }),
          user(3, {
            deletedAt: '2026-03-01T00:00:00Z',
            accountEnabled: false,
            assignments: [assignment(e3)],
          }),
        ],
        subscribedSkus: [
          sku(e3, 'SPE_E3', {
            consumedUnits: 12,
            enabled: 10,
            warning: 5,
            suspended: 7,
            lockedOut: 1,
            servicePlans: [
              {
                servicePlanId: exchangePlan,
                servicePlanName: 'EXCHANGE_S_ENTERPRISE',
                appliesTo: 'User',
                provisioningStatus: 'Success',
              },
            ],
          }),
          sku(visio, 'VISIOCLIENT', { consumedUnits: 1, enabled: 3 }),
          sku(company, 'COMPANY_WIDE', { appliesTo: 'Company', consumedUnits: 1, enabled: 1 }),
        ],
        subscriptions: [
          subscription(guid(501), e3, {
            totalLicenses: 10,
            nextLifecycleAt: '2026-09-01T00:00:00Z',
            createdAt: '2024-09-01T00:00:00Z',
          }),
          subscription(guid(502), e3, { isTrial: true, nextLifecycleAt: '2026-02-01T00:00:00Z' }),
          subscription(guid(503), visio, { isTrial: true, status: 'Warning' }),
        ],
        groups: [group(sales, 'Sales people')],
        activations: [
          activation('ANN@contoso.example', 'VISIO CLIENT', { windows: 2, lastActivatedDate: '2026-01-01' }),
          activation('ann@contoso.example', 'MICROSOFT 365 APPS FOR ENTERPRISE', { ios: 1 }),
          activation('ann@contoso.example', 'PROJECT CLIENT', { lastActivatedDate: '2024-01-01' }),
        ],
        appUsage: [
          appUsage('ann@contoso.example', { windows: true, web: true, lastActivityDate: '2026-03-04' }),
        ],
        // 1.5 MiB + 0.75 MiB of living sites = 2.25, shown as 2.3.
        oneDriveUsage: [
          oneDrive('ann@contoso.example', { storageUsedBytes: 1_572_864, lastActivityDate: '2026-02-01' }),
          oneDrive('ann@contoso.example', { storageUsedBytes: 786_432, lastActivityDate: '2026-03-02' }),
          oneDrive('ann@contoso.example', { storageUsedBytes: 99_999_999, isDeleted: true }),
        ],
        mailboxUsage: [
          mailbox('ann@contoso.example', { isDeleted: true, storageUsedBytes: 5 }),
          mailbox('ann@contoso.example', { storageUsedBytes: 10_485_760, lastActivityDate: '2026-03-03' }),
        ],
        activeUsers: [
          activeUser('ann@contoso.example', {
            hasExchangeLicense: true,
            exchangeLastActivityDate: '2026-03-01',
            hasTeamsLicense: true,
          }),
        ],
        emailActivity: [email('ann@contoso.example', { lastActivityDate: '2026-02-28' })],
        applicationSignIns: [
          signIn(guid(1), 'visio', '2026-02-20T09:00:00Z'),
          signIn(guid(1), 'visio', '2026-02-22T09:00:00Z', { appId: guid(901) }),
          signIn(guid(1), null, '2026-03-07T09:00:00Z', { appId: guid(902), appDisplayName: 'Something' }),
        ],
      },
      { importId: 'import-1' },
    );
  });
  after(() => test.dispose());

  it('leaves a sound file', () => {
    assert.deepEqual(test.sqlite3('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    assert.deepEqual(test.sqlite3('PRAGMA user_version'), [{ user_version: newestVersion() }]);
  });

  for (const [view, columns] of Object.entries(contract)) {
    it(`${view} has the columns of the contract`, () => {
      const names = test.sqlite3(`SELECT name FROM pragma_table_info('${view}') ORDER BY cid`);
      assert.equal(names.map(({ name }) => name).join(', '), columns);
    });
  }

  it('v_tenants and v_evaluation', () => {
    assert.deepEqual(test.sqlite3('SELECT * FROM v_tenants'), [
      {
        tenantId,
        displayName: 'Contoso',
        defaultDomain: 'contoso.example',
        cloud: 'global',
        lastImportAt: '2026-03-10T08:30:00.000Z',
      },
    ]);
    assert.deepEqual(test.sqlite3('SELECT * FROM v_evaluation'), [
      { tenantId, evaluatedOn: '2026-03-10', inactivityDays: 30, graceDays: 30 },
    ]);
  });

  it('v_users: a person with everything', () => {
    // The newest sign of all is the sign-in to something of 7 March: three days before the import.
    const [row] = test.sqlite3(`SELECT * FROM v_users WHERE userId = '${guid(1)}'`);
    const { confidence, ...rest } = row ?? {};
    assert.ok(['high', 'medium', 'low'].includes(String(confidence)));
    assert.deepEqual(rest, {
      tenantId,
      userId: guid(1),
      userPrincipalName: 'Ann@Contoso.example',
      displayName: 'Ann Ämter',
      mail: 'ann@contoso.example',
      accountEnabled: 1,
      userType: 'Member',
      isGuest: 0,
      onPremisesSync: 'synced',
      jobTitle: 'Director',
      department: 'Sales',
      companyName: 'Contoso',
      country: 'Germany',
      usageLocation: 'DE',
      createdAt: '2020-01-01T00:00:00Z',
      deactivatedAt: null,
      licenses: 'SPE_E3',
      lastActivityDate: '2026-03-07',
      daysSinceLastActivity: 3,
      verdict: 'active',
      verdictReason: 'usedRecently',
      activations: 'MICROSOFT 365 APPS FOR ENTERPRISE; VISIO CLIENT',
      windows: 1,
      mac: 0,
      mobile: 0,
      web: 1,
      mailMegabytes: 10,
      oneDriveMegabytes: 2.3,
      givenName: 'Ann',
      surname: null,
      lastSignInAt: '2026-03-05T10:00:00Z',
      // The mailbox report is newer than the other.
      exchangeLastActivityDate: '2026-03-03',
      teamsLastActivityDate: null,
      oneDriveLastActivityDate: '2026-03-02',
      outlookLastActivityDate: '2026-02-28',
      sharePointLastActivityDate: null,
      skypeForBusinessLastActivityDate: null,
      yammerLastActivityDate: null,
      dynamics365LastActivityDate: null,
      powerBiLastActivityDate: null,
      projectLastActivityDate: null,
      visioLastActivityDate: '2026-02-22',
      isMfaRegistered: null,
      isMfaCapable: null,
      lastUsedApplication: 'exchange',
      markedAs: null,
      markReason: null,
      markPattern: null,
    });
    assert.deepEqual(
      test.sqlite3('SELECT application, lastActivityDate FROM v_user_activity ORDER BY application'),
      [
        { application: 'exchange', lastActivityDate: '2026-03-03' },
        { application: 'oneDrive', lastActivityDate: '2026-03-02' },
        { application: 'outlook', lastActivityDate: '2026-02-28' },
        { application: 'visio', lastActivityDate: '2026-02-22' },
      ],
    );
  });

  it('v_users: a guest without rows in reports, and a deleted account', () => {
    assert.deepEqual(
      test.sqlite3(`SELECT userId, isGuest, onPremisesSync, deactivatedAt, licenses, activations, windows, mailMegabytes,
        oneDriveMegabytes, lastActivityDate, daysSinceLastActivity FROM v_users WHERE userId <> '${guid(1)}' ORDER BY userId`),
      [
        {
          userId: guid(2),
          isGuest: 1,
          onPremisesSync: 'wasSynced',
          deactivatedAt: null,
          // No part number is known of a product that neither the tenant nor Microsoft's list has.
          licenses: `${gone}; VISIOCLIENT`,
          activations: '',
          windows: null,
          mailMegabytes: null,
          oneDriveMegabytes: null,
          lastActivityDate: null,
          daysSinceLastActivity: null,
        },
        {
          userId: guid(3),
          isGuest: 0,
          onPremisesSync: 'cloudOnly',
          deactivatedAt: '2026-03-01T00:00:00Z',
          licenses: '',
          activations: '',
          windows: null,
          mailMegabytes: null,
          oneDriveMegabytes: null,
          lastActivityDate: null,
          daysSinceLastActivity: null,
        },
      ],
    );
  });

  it('v_seats: one per user and license, whatever the paths', () => {
    assert.deepEqual(
      test.sqlite3(`SELECT userId, skuId, skuPartNumber, paths, direct, groupCount, disabledPlans FROM v_seats
        ORDER BY userId, skuPartNumber`),
      [
        {
          userId: guid(1),
          skuId: e3,
          skuPartNumber: 'SPE_E3',
          paths: 2,
          direct: 1,
          groupCount: 1,
          // Only plan A is off in both paths.
          disabledPlans: planA,
        },
        {
          userId: guid(2),
          skuId: gone,
          skuPartNumber: null,
          paths: 1,
          direct: 1,
          groupCount: 0,
          disabledPlans: '',
        },
        {
          userId: guid(2),
          skuId: visio,
          skuPartNumber: 'VISIOCLIENT',
          paths: 1,
          direct: 1,
          groupCount: 0,
          disabledPlans: '',
        },
      ],
    );
  });

  it('v_assignments: every path, error paths too', () => {
    assert.deepEqual(
      test.sqlite3(`SELECT skuPartNumber, groupId, groupName, state, error, holdsSeat, disabledPlans, lastUpdatedAt
        FROM v_assignments WHERE userId = '${guid(1)}' ORDER BY skuPartNumber, groupId`),
      [
        {
          skuPartNumber: 'SPE_E3',
          groupId: null,
          groupName: null,
          state: 'Active',
          error: null,
          holdsSeat: 1,
          disabledPlans: `${planA}; ${planB}`,
          lastUpdatedAt: '2025-01-02T03:04:05Z',
        },
        {
          skuPartNumber: 'SPE_E3',
          groupId: sales,
          groupName: 'Sales people',
          state: 'Active',
          error: null,
          holdsSeat: 1,
          disabledPlans: planA,
          lastUpdatedAt: '2025-01-02T03:04:05Z',
        },
        {
          skuPartNumber: 'VISIOCLIENT',
          groupId: sales,
          groupName: 'Sales people',
          state: 'Error',
          error: 'CountViolation',
          holdsSeat: 0,
          disabledPlans: '',
          lastUpdatedAt: '2025-01-02T03:04:05Z',
        },
      ],
    );
    assert.deepEqual(
      test.sqlite3(`SELECT sum(holdsSeat) AS held FROM v_assignments WHERE userId = '${guid(3)}'`),
      [{ held: 0 }],
    );
  });

  it('v_position: signed numbers of the service, our seats beside them', () => {
    assert.deepEqual(
      test.sqlite3(`SELECT skuPartNumber, enabled, inGrace, suspended, lockedOut, entitled, consumed, seats,
        availableNow, availableAfterGrace, shortfallNow, shortfallSoon, unassigned,
        active + inactive + never + new + unknown AS judged FROM v_position ORDER BY skuPartNumber`),
      [
        {
          skuPartNumber: 'COMPANY_WIDE',
          enabled: 1,
          inGrace: 0,
          suspended: 0,
          lockedOut: 0,
          entitled: 1,
          consumed: 1,
          seats: 0,
          availableNow: 0,
          availableAfterGrace: 0,
          shortfallNow: 0,
          shortfallSoon: 0,
          unassigned: 0,
          judged: 0,
        },
        {
          skuPartNumber: 'SPE_E3',
          enabled: 10,
          inGrace: 5,
          suspended: 7,
          lockedOut: 1,
          entitled: 15,
          consumed: 12,
          seats: 1,
          availableNow: 3,
          availableAfterGrace: -2,
          shortfallNow: 0,
          shortfallSoon: 2,
          unassigned: 0,
          judged: 1,
        },
        {
          skuPartNumber: 'VISIOCLIENT',
          enabled: 3,
          inGrace: 0,
          suspended: 0,
          lockedOut: 0,
          entitled: 3,
          consumed: 1,
          seats: 1,
          availableNow: 2,
          availableAfterGrace: 2,
          shortfallNow: 0,
          shortfallSoon: 0,
          unassigned: 2,
          judged: 1,
        },
      ],
    );
  });

  it('v_licenses and v_subscriptions', () => {
    assert.deepEqual(
      test.sqlite3(`SELECT licenseId, skuPartNumber, productName, appliesTo, lifecycleStatus, managed, capabilityStatus,
        isTrial, term, nextLifecycleAt FROM v_licenses ORDER BY skuPartNumber`),
      [
        {
          licenseId: `${tenantId}_${company}`,
          skuPartNumber: 'COMPANY_WIDE',
          productName: 'COMPANY_WIDE',
          appliesTo: 'Company',
          lifecycleStatus: 'active',
          managed: 1,
          capabilityStatus: 'Enabled',
          isTrial: null,
          term: 'unknown',
          nextLifecycleAt: null,
        },
        {
          licenseId: `${tenantId}_${e3}`,
          skuPartNumber: 'SPE_E3',
          productName: 'Microsoft 365 E3',
          appliesTo: 'User',
          lifecycleStatus: 'active',
          managed: 1,
          capabilityStatus: 'Enabled',
          // One of its two subscriptions is no trial; the one of February is over.
          isTrial: 0,
          term: 'unknown',
          nextLifecycleAt: '2026-09-01T00:00:00Z',
        },
        {
          licenseId: `${tenantId}_${visio}`,
          skuPartNumber: 'VISIOCLIENT',
          productName: 'Visio Plan 2',
          appliesTo: 'User',
          lifecycleStatus: 'active',
          managed: 1,
          capabilityStatus: 'Enabled',
          isTrial: 1,
          term: 'unknown',
          nextLifecycleAt: null,
        },
      ],
    );
    assert.deepEqual(test.sqlite3(`SELECT * FROM v_subscriptions WHERE subscriptionId = '${guid(501)}'`), [
      {
        tenantId,
        subscriptionId: guid(501),
        skuId: e3,
        status: 'Enabled',
        totalLicenses: 10,
        isTrial: 0,
        createdAt: '2024-09-01T00:00:00Z',
        nextLifecycleAt: '2026-09-01T00:00:00Z',
        term: 'unknown',
        licenseId: `${tenantId}_${e3}`,
        recurringBilling: null,
      },
    ]);
  });

  it('v_activity: one row per application and source that knows the user', () => {
    assert.deepEqual(
      test.sqlite3(
        'SELECT userId, application, lastActivityDate, source, asOfDate FROM v_activity ORDER BY application, source',
      ),
      [
        ['exchange', '2026-03-01', 'activeUserReport'],
        ['exchange', '2026-03-03', 'mailboxReport'],
        ['oneDrive', '2026-03-02', 'oneDriveReport'],
        ['outlook', '2026-02-28', 'emailReport'],
        // Licensed and in the report, without a date: seen and not used.
        ['teams', null, 'activeUserReport'],
        ['visio', '2026-02-22', 'signIns'],
      ].map(([application, lastActivityDate, source]) => ({
        userId: guid(1),
        application,
        lastActivityDate,
        source,
        asOfDate: '2026-03-10',
      })),
    );
  });

  it('v_imports and v_import_tasks', () => {
    assert.deepEqual(test.sqlite3('SELECT * FROM v_imports'), [
      {
        importId: 'import-1',
        tenantId,
        connectionId: 'connection-1',
        connectionName: 'Contoso',
        trigger: 'user',
        status: 'succeeded',
        startedAt: '2026-03-10T08:00:00.000Z',
        finishedAt: '2026-03-10T08:30:00.000Z',
        requests: 3,
        bytes: 4000,
        throttledMs: 0,
      },
    ]);
    // Roster: 3 users + 3 products + 3 activations + 1 app usage + 3 sites + 1 mailbox (of two the living one).
    // Access: 1 active user + 1 mail + 3 sign-ins. Information: 3 subscriptions. Differentiation: 1 group.
    assert.deepEqual(test.sqlite3('SELECT task, added, changed, removed FROM v_import_tasks ORDER BY task'), [
      { task: 'applicationAccess', added: 5, changed: 0, removed: 0 },
      { task: 'applicationRoster', added: 14, changed: 0, removed: 0 },
      { task: 'licenseDifferentiation', added: 1, changed: 0, removed: 0 },
      { task: 'licenseInformation', added: 3, changed: 0, removed: 0 },
    ]);
  });

  describe('docs/data-model.md', () => {
    const text = fs.readFileSync(path.resolve(__dirname, '../../../../docs/data-model.md'), 'utf8');

    it('explains every column of every view', () => {
      for (const [view, columns] of Object.entries(contract)) {
        const section = text.split(/^### /m).find((part) => part.startsWith(`\`${view}\``)) ?? '';
        const missing = columns.split(', ').filter((column) => !section.includes(`\`${column}\``));
        assert.deepEqual(missing, [], view);
      }
    });

    for (const [index, [, sql = '']] of [...text.matchAll(/^```sql\n([\s\S]*?)^```/gm)].entries()) {
      it(`has an example ${index + 1} that works in sqlite3 and as a query`, async () => {
        const rows = test.sqlite3(sql);
        assert.deepEqual(await test.store.query(sql), rows);
      });
    }
  });
});
