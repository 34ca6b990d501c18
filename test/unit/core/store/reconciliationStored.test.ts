import assert from 'node:assert/strict';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { guid, importRows, tenantId } from '../../../support/storeRows';
import {
  allStaff,
  idOf,
  importWorkedExample,
  license,
  nameOf,
  nameOfUser,
  rows,
  users,
  type Name,
} from '../../../support/workedExample';
import { e3, e5, exchange, powerBi } from '../model/reconciliationTenant';

/*
 * The worked example of docs/reconciliation.md through the real store: imports, purchases as a person enters them,
 * and the views that every screen and every script reads. The numbers were worked out by hand on that page.
 */

/** A row as the sqlite3 program gives it. */
type Row = Record<string, string | number | null>;

describe('the worked example of docs/reconciliation.md, stored', () => {
  let test: TestStore;
  before(async function () {
    this.timeout(60_000);
    test = await createTestStore();
    await importWorkedExample(test.store);
  });
  after(() => test.dispose());

  const lines = (
    sql: string,
    line: (row: Row) => readonly (string | number | null | undefined)[],
  ): string[] =>
    test
      .sqlite3(sql)
      .map((row) =>
        line(row)
          .map((value) => value ?? '-')
          .join(' '),
      )
      .sort();

  it('1: the position', () => {
    assert.deepEqual(
      lines('SELECT * FROM v_position', (row) => [
        nameOf(row),
        row.entitled,
        row.availableNow,
        row.availableAfterGrace,
        row.shortfallNow,
        row.shortfallSoon,
        row.unassigned,
      ]),
      [
        'E3 5 -1 -3 1 2 0',
        'E5 4 0 0 0 0 0',
        'Exchange 4 1 1 0 0 1',
        'Power BI 5 3 3 0 0 2',
        'Visio 2 0 0 0 0 0',
      ],
    );
  });

  it('2: the seats and their verdicts', () => {
    assert.deepEqual(
      lines('SELECT * FROM v_seats', (row) => [nameOfUser(row.userId), nameOf(row), row.verdict]),
      [
        'ada E5 active',
        'ben E5 active',
        'cleo E5 active',
        'cleo Power BI unknown',
        'dana E3 active',
        'dana Exchange active',
        'eli E3 active',
        'eli Visio unknown',
        'fay Power BI unknown',
        'frontdesk Exchange active',
        'gus E3 inactive',
        'hal E3 never',
        'jo E3 active',
        'kit E5 active',
        'kit Exchange active',
        'kit Visio unknown',
      ],
    );
    assert.deepEqual(
      lines('SELECT * FROM v_position', (row) => [
        nameOf(row),
        row.consumed,
        row.seats,
        row.active,
        row.inactive,
        row.never,
        row.new,
        row.unknown,
      ]),
      [
        'E3 6 5 3 1 1 0 0',
        'E5 4 4 4 0 0 0 0',
        'Exchange 3 3 3 0 0 0 0',
        'Power BI 2 2 0 0 0 0 2',
        'Visio 2 2 0 0 0 0 2',
      ],
    );
  });

  it('3: the price of one unit, what is bought, and the terms', () => {
    assert.deepEqual(
      lines('SELECT * FROM v_licenses', (row) => [
        nameOf(row),
        row.unitMonthlyMinor,
        row.currency,
        row.priceProblem,
        row.purchasedQuantity,
        row.boughtMonthlyMinor,
        row.boughtAnnualMinor,
        row.term,
        row.isCounted,
      ]),
      [
        'E3 3493 EUR - 5 17467 209600 unknown 1',
        'E5 5700 EUR - 4 22800 273600 unknown 1',
        'Exchange 400 EUR - 4 1600 19200 threeYear 1',
        'Power BI 1000 USD - 5 5000 60000 monthly 1',
        'Visio - - noPurchase - - - unknown 1',
      ],
    );
  });

  it('4: the spend', () => {
    assert.deepEqual(
      lines('SELECT * FROM v_spend', (row) => [
        row.currency,
        row.monthlyMinor,
        row.annualMinor,
        row.assignedMonthlyMinor,
        row.assignedAnnualMinor,
        row.pricedSeats,
        row.totalSeats,
        row.lowerBound,
      ]),
      ['EUR 41867 502400 41467 497600 12 16 1', 'USD 5000 60000 2000 24000 2 16 1'],
    );
    assert.deepEqual(
      lines('SELECT * FROM v_user_spend', (row) => [
        nameOfUser(row.userId),
        row.currency,
        row.monthlyMinor,
        row.unpricedSeats,
      ]),
      [
        'ada EUR 5700 0',
        'ben EUR 5700 0',
        'cleo EUR 5700 0',
        'cleo USD 1000 0',
        'dana EUR 3893 0',
        'eli EUR 3493 1',
        'fay USD 1000 0',
        'frontdesk EUR 400 0',
        'gus EUR 3493 0',
        'hal EUR 3493 0',
        'jo EUR 3493 0',
        'kit EUR 6100 1',
      ],
    );
    assert.deepEqual(
      lines("SELECT * FROM v_spend_lines WHERE dimension = 'department'", (row) => [
        row.currency,
        row.value,
        row.monthlyMinor,
        row.people,
        row.seats,
      ]),
      [
        'EUR - 6500 3 5',
        'EUR IT 13974 4 5',
        'EUR Sales 20993 4 6',
        'USD - 1000 3 5',
        'USD IT 0 4 5',
        'USD Sales 1000 4 6',
      ],
    );
    // 228.00 + 174.666… + 16.00: the cent that is missing goes to E3, so that the lines add up to 418.67.
    assert.deepEqual(
      lines('SELECT * FROM v_license_spend', (row) => [
        nameOf(row),
        row.currency,
        row.boughtMonthlyMinor,
        row.boughtAnnualMinor,
        row.assignedMonthlyMinor,
        row.seats,
        row.incomplete,
      ]),
      [
        'E3 EUR 17467 209600 17467 5 0',
        'E5 EUR 22800 273600 22800 4 0',
        'Exchange EUR 1600 19200 1200 3 0',
        'Power BI USD 5000 60000 2000 2 0',
        'Visio - - - - 2 1',
      ],
    );
  });

  it('5: the findings', () => {
    assert.deepEqual(
      lines('SELECT * FROM v_findings', (row) => [
        row.kind,
        nameOfUser(row.userId),
        nameOf(row),
        row.seats,
        row.monthlyMinor ?? 'unpriced',
        row.currency,
        row.bucket,
      ]),
      [
        'assignmentError ivy E3 0 0 - -',
        'assignmentError jo E3 1 0 - -',
        'contained cleo Power BI 1 1000 USD contained',
        'contained dana Exchange 1 400 EUR contained',
        'contained kit Exchange 1 400 EUR -',
        'countMismatch - E3 1 0 EUR -',
        'dataMissing - - 0 0 - -',
        'disabledAccount eli E3 1 3493 EUR disabledAccount',
        'disabledAccount eli Visio 1 unpriced - disabledAccount',
        'duplicatePath ben E5 1 0 EUR -',
        'guest fay Power BI 1 1000 USD guest',
        'inactive gus E3 1 3493 EUR inactive',
        'mailboxNeedsNone frontdesk Exchange 1 400 EUR mailboxNeedsNone',
        'neverActive hal E3 1 3493 EUR neverActive',
        'priceMissing - Visio 2 unpriced - -',
        'renewalDue - E3 2 6987 EUR -',
        'shortfall - E3 1 3493 EUR -',
        'shortfallAfterGrace - E3 2 6987 EUR -',
        'unassigned - Exchange 1 400 EUR unassigned',
        'unassigned - Power BI 2 2000 USD unassigned',
      ],
    );
    assert.deepEqual(
      lines('SELECT * FROM v_findings WHERE isAlert = 1', (row) => [row.kind]),
      ['renewalDue', 'shortfall', 'shortfallAfterGrace'],
    );
  });

  it('5: the evidence and the ids', () => {
    const found = (kind: string, name: Name | null = null): Row => {
      const of = name === null ? 'userId IS NULL' : `userId = '${idOf(name)}'`;
      return test.sqlite3(`SELECT * FROM v_findings WHERE kind = '${kind}' AND ${of}`)[0] ?? {};
    };
    const evidence = (kind: string, name: Name | null = null): unknown =>
      JSON.parse(String(found(kind, name).evidence));
    assert.deepEqual(evidence('shortfallAfterGrace'), {
      about: 'position',
      entitled: 5,
      enabled: 3,
      inGrace: 2,
      consumed: 6,
      buffer: 0,
      limit: 'asPurchased',
      graceEnds: '2026-11-24',
    });
    assert.deepEqual(evidence('contained', 'kit'), {
      about: 'containment',
      insideSkuId: e5,
      insidePartNumber: 'SPE_E5',
      missingPlans: ['EXCHANGE_S_STANDARD'],
    });
    assert.deepEqual(evidence('countMismatch'), {
      about: 'count',
      consumed: 6,
      seats: 5,
      reasons: ['assignmentErrors', 'usersNotListed'],
    });
    assert.deepEqual(evidence('dataMissing'), {
      about: 'source',
      source: 'signIns',
      status: 'missing',
      asOfDate: null,
    });
    assert.deepEqual(evidence('assignmentError', 'ivy'), {
      about: 'assignmentError',
      holdsSeat: false,
      errors: [{ groupId: allStaff, error: 'MutuallyExclusiveViolation' }],
    });
    assert.equal(found('inactive', 'gus').findingId, `inactive:${license(e3)}:${idOf('gus')}`);
    assert.equal(found('unassigned').licenseId, license(exchange));
    assert.equal(found('renewalDue').findingId, `renewalDue:${license(e3)}:${guid(503)}`);
    assert.equal(found('dataMissing').findingId, `dataMissing:${tenantId}:signIns`);
  });

  it('6: the savings, each seat in one bucket', () => {
    assert.deepEqual(
      lines(
        'SELECT currency, sum(monthlyMinor) AS minor, sum(seats) AS seats FROM v_findings WHERE bucket IS NOT NULL GROUP BY currency',
        (row) => [row.currency, row.minor, row.seats],
      ),
      ['- - 1', 'EUR 11679 6', 'USD 4000 4'],
    );
    assert.deepEqual(
      test.sqlite3(
        'SELECT userId, skuId FROM v_findings WHERE bucket IS NOT NULL AND userId IS NOT NULL GROUP BY userId, skuId HAVING count(*) > 1',
      ),
      [],
    );
  });

  it('7: what can be saved now and at renewal', () => {
    assert.deepEqual(
      lines('SELECT * FROM v_realisable', (row) => [
        nameOf(row),
        row.currency,
        row.freed,
        row.nowUnits,
        row.nowMinor,
        row.renewalUnits,
        row.renewalMinor,
        row.renewalDate,
      ]),
      [
        'E3 EUR 3 3 10480 0 0 2027-01-01',
        'E5 EUR 0 0 0 0 0 2026-12-01',
        'Exchange EUR 2 0 0 3 1200 2027-06-30',
        'Power BI USD 2 4 4000 4 4000 2026-11-20',
        // One seat of a disabled account, unpriced.
        'Visio - 1 0 - 1 - 2027-05-01',
      ],
    );
  });

  it('7: and what the next import proves', async () => {
    await importRows(
      test.store,
      {
        ...rows,
        users: users.map((row) =>
          [idOf('eli'), idOf('fay')].includes(row.userId) ? { ...row, assignments: [] } : row,
        ),
        subscribedSkus: rows.subscribedSkus?.map((row) =>
          row.skuId === powerBi ? { ...row, enabled: 4 } : row,
        ),
      },
      { finishedAt: '2026-11-10T18:00:00.000Z' },
    );
    assert.deepEqual(
      lines('SELECT * FROM v_verified_savings', (row) => [
        row.verifiedAt,
        row.kind,
        nameOfUser(row.userId),
        nameOf(row),
        row.seats,
        row.monthlyMinor ?? 'unpriced',
        row.currency,
      ]),
      [
        '2026-11-10T18:00:00.000Z disabledAccount eli E3 1 3493 EUR',
        '2026-11-10T18:00:00.000Z disabledAccount eli Visio 1 unpriced -',
        '2026-11-10T18:00:00.000Z guest fay Power BI 1 1000 USD',
        '2026-11-10T18:00:00.000Z unassigned - Power BI 1 1000 USD',
      ],
    );
    // An import without the products proves nothing, whoever is missing.
    await importRows(test.store, { users: users.slice(0, 4) }, { finishedAt: '2026-11-10T19:00:00.000Z' });
    assert.equal(test.sqlite3('SELECT * FROM v_verified_savings').length, 4);
  });
});
