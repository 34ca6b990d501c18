import assert from 'node:assert/strict';
import { htmlReport } from '../../../../src/core/export/report/htmlReport';
import { readReport } from '../../../../src/core/export/report/readReport';
import type { ReportData } from '../../../../src/core/export/report/reportData';
import { createShownStore } from '../../../../src/app/panels/shownStore';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { tenantId } from '../../../support/storeRows';
import { importWorkedExample } from '../../../support/workedExample';

/* The worked example of docs/reconciliation.md, from the data file to the report. */

const request = { tenantId, namesHidden: false, createdAt: new Date('2026-11-10T09:30:00Z') };
const eur = (minor: number): { currency: string; minor: number } => ({ currency: 'EUR', minor });
const usd = (minor: number): { currency: string; minor: number } => ({ currency: 'USD', minor });

describe('report of the data file', () => {
  let test: TestStore;
  let data: ReportData;
  before(async function () {
    this.timeout(60_000);
    test = await createTestStore();
    await importWorkedExample(test.store);
    data = await readReport(test.store, request);
  });
  after(() => test.dispose());

  it('has the position', () => {
    assert.deepEqual(
      data.licenses.map((row) => [
        row.skuPartNumber,
        row.entitled,
        row.consumed,
        row.availableNow,
        row.unassigned,
      ]),
      [
        ['EXCHANGESTANDARD', 4, 3, 1, 1],
        ['SPE_E3', 5, 6, -1, 0],
        ['SPE_E5', 4, 4, 0, 0],
        ['POWER_BI_PRO', 5, 2, 3, 2],
        ['VISIOCLIENT', 2, 2, 0, 0],
      ],
    );
    const { totals } = data;
    assert.deepEqual(
      [totals.licenses, totals.entitled, totals.consumed, totals.shortfallNow, totals.shortfallSoon],
      [5, 20, 17, 1, 2],
    );
    assert.deepEqual([totals.inactive.value, totals.never.value, totals.unknown.value], [1, 1, 4]);
  });

  it('has the spend, its coverage and where it falls', () => {
    assert.deepEqual(
      data.spend.map((row) => [row.currency, row.monthlyMinor, row.annualMinor, row.assignedMonthlyMinor]),
      [
        ['EUR', 41_867, 502_400, 41_467],
        ['USD', 5000, 60_000, 2000],
      ],
    );
    assert.deepEqual(data.coverage, { pricedSeats: 14, totalSeats: 16, lowerBound: true });
    const [departments] = data.breakdowns;
    assert.deepEqual(
      departments?.lines.map((line) => [
        line.value,
        line.people,
        line.seats,
        line.unpricedSeats,
        line.amounts,
      ]),
      [
        // Eli's Visio seat and that of Kit, who has no department, have no price.
        ['Sales', 4, 6, 0, [eur(20_993), usd(1000)]],
        ['IT', 4, 5, 1, [eur(13_974)]],
        [null, 3, 5, 1, [eur(6500), usd(1000)]],
      ],
    );
    assert.deepEqual(
      data.unpriced.map((row) => [row.productName, row.seats, row.problem]),
      [['Visio Plan 2', 2, 'noPurchase']],
    );
  });

  it('has the savings by bucket, by license and time', () => {
    assert.deepEqual(
      data.buckets.map((row) => [row.bucket, row.seats, row.unpricedSeats, row.amounts]).sort(),
      [
        ['contained', 2, 0, [eur(400), usd(1000)]],
        ['disabledAccount', 2, 1, [eur(3493)]],
        ['guest', 1, 0, [usd(1000)]],
        ['inactive', 1, 0, [eur(3493)]],
        ['mailboxNeedsNone', 1, 0, [eur(400)]],
        ['neverActive', 1, 0, [eur(3493)]],
        ['unassigned', 3, 0, [eur(400), usd(2000)]],
      ].sort(),
    );
    assert.deepEqual(
      data.realisable.map((row) => [
        row.productName,
        row.nowUnits,
        row.nowUnits === 0 ? null : row.nowMinor,
        row.renewalUnits,
        row.renewalUnits === 0 ? null : row.renewalMinor,
        row.renewalUnits === 0 ? null : row.renewalDate,
      ]),
      [
        ['Microsoft 365 E3', 3, 10_480, 0, null, null],
        ['Exchange Online (Plan 1)', 0, null, 3, 1200, '2027-06-30'],
        ['Power BI Pro', 4, 4000, 0, null, null],
        // Eli's Visio: nobody knows what it costs.
        ['Visio Plan 2', 0, null, 1, null, '2027-05-01'],
      ],
    );
  });

  it('has every finding, in the order of urgency', () => {
    assert.deepEqual(
      data.findings.map((group) => [group.kind, group.count, group.people]),
      [
        ['shortfall', 1, 0],
        ['shortfallAfterGrace', 1, 0],
        ['assignmentError', 2, 2],
        ['disabledAccount', 2, 1],
        ['guest', 1, 1],
        ['mailboxNeedsNone', 1, 1],
        ['neverActive', 1, 1],
        ['inactive', 1, 1],
        ['contained', 3, 3],
        ['unassigned', 2, 0],
        ['renewalDue', 1, 0],
        ['countMismatch', 1, 0],
        ['priceMissing', 1, 0],
        ['dataMissing', 1, 0],
        ['duplicatePath', 1, 1],
      ],
    );
  });

  it('makes one file, of which nothing is missing', () => {
    const document = [...htmlReport(data)].join('');
    for (const text of [
      '€5,024.00',
      '$600.00',
      '€116.79',
      '$40.00',
      '€104.80',
      '€12.00',
      'gus@fenwick.example',
    ]) {
      assert(document.includes(text), text);
    }
    assert.doesNotMatch(document, /undefined|NaN|\[object/);
  });

  it('names nobody while names are hidden', async () => {
    const names = test.sqlite3('SELECT userPrincipalName, displayName FROM v_users');
    assert(names.length >= 12);
    const shown = createShownStore(test.store, async () => 'key of the test');
    const document = [...htmlReport(await readReport(shown, { ...request, namesHidden: true }))].join('');
    for (const { userPrincipalName, displayName } of names) {
      assert(!document.includes(String(userPrincipalName)), String(userPrincipalName));
      assert.doesNotMatch(document, new RegExp(`>\\s*${displayName}\\s*<`, 'i'));
    }
    assert.match(document, /User [0-9A-Z]{5}-[0-9A-Z]{5}/);
  });

  it('has nothing of a tenant that is not there, and stops when it is cancelled', async () => {
    const nothing = await readReport(test.store, { ...request, tenantId: 'no tenant' });
    assert.deepEqual([nothing.tenants, nothing.licenses, nothing.findings, nothing.spend], [[], [], [], []]);
    const stop = AbortSignal.abort();
    await assert.rejects(readReport(test.store, request, stop), /cancelled/);
  });
});
