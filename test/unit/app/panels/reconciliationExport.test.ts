import assert from 'node:assert/strict';
import { ReconciliationPage } from '../../../../src/app/panels/reconciliationPage';
import { readTenantFacts } from '../../../../src/app/panels/tenantFacts';
import type { CsvValue } from '../../../../src/core/export/csvCell';
import { csvText } from '../../../../src/core/export/csvText';
import { spendTable } from '../../../../src/core/export/reconciliationTables';
import type { Store, ViewSpec } from '../../../../src/core/store/store';
import type { ReconciliationContract } from '../../../../src/shared/reconciliationContract';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { importRows, sku, tenantId } from '../../../support/storeRows';
import { importWorkedExample, license } from '../../../support/workedExample';
import { e3, e5, exchange, powerBi } from '../../core/model/reconciliationTenant';

const signal = new AbortController().signal;
const nothing = async (): Promise<void> => undefined;

type Request = ReconciliationContract['requests']['exportCsv']['params'];
type Table = readonly (readonly CsvValue[])[];

/** Expected values are those of docs/reconciliation.md, worked out by hand there. */
describe('export of the tables of the Reconciliation', () => {
  let test: TestStore;
  before(async function () {
    this.timeout(60_000);
    test = await createTestStore();
    await importWorkedExample(test.store);
  });
  after(() => test.dispose());

  /** What a page writes: rows with their file, or the report that it asks of the store. */
  class Export {
    file = '';
    rows: Table = [];
    spec: (ViewSpec & { readonly columns?: readonly string[] }) | undefined;
    cancelled = false;
    readonly page: ReconciliationPage;

    constructor(store: Store, shown: string | null) {
      this.page = new ReconciliationPage({
        tenantId: shown,
        store,
        tenants: () => readTenantFacts(store, shown),
        exportCsv: async (spec) => {
          this.spec = spec;
          return { rows: 3 };
        },
        saveCsv: async (file, rows) => {
          if (this.cancelled) return false;
          this.file = file;
          this.rows = rows;
          return true;
        },
        openRoster: nothing,
        exportHtml: nothing,
        runImport: nothing,
        openLicense: nothing,
        openUser: nothing,
        openTenant: nothing,
        copy: nothing,
      });
    }

    async write(
      table: Request['table'],
      allColumns = false,
      more: Partial<Request> = {},
    ): Promise<{ readonly rows: number } | null> {
      return this.page.methods.exportCsv.handle(
        {
          table,
          allColumns,
          sort: { column: 'skuPartNumber', descending: false },
          showHidden: false,
          query: { tenantId: null, kinds: [], licenseId: null },
          dimension: 'department',
          licenseIds: [],
          ...more,
        },
        signal,
      );
    }

    /** Columns of the row that has that cell, by their names. */
    row(cell: CsvValue, ...names: readonly string[]): (CsvValue | undefined)[] {
      const [header = [], ...rows] = this.rows;
      const row = rows.find((cells) => cells.includes(cell));
      return names.map((name) => {
        assert(header.includes(name), `${name} is a column of ${header.join(', ')}`);
        return row?.[header.indexOf(name)];
      });
    }
  }

  it('writes the spend of the dimension on screen, “not set” as an empty name', async () => {
    const made = new Export(test.store, tenantId);
    assert.deepEqual(await made.write('spend'), { rows: 6 });
    assert.equal(made.file, 'spend-by-department.csv');
    const [header, ...rows] = made.rows;
    assert.deepEqual(header, [
      'department',
      'currency',
      'people',
      'seats',
      'unpricedSeats',
      'monthlyMinor',
      'annualMinor',
      'monthlyMinorPerPerson',
      'sharePercent',
    ]);
    const ofEur = rows.filter((row) => row[1] === 'EUR');
    // Eli, Gus, Hal and Jo; Ada, Ben, Cleo and Dana; the front desk, Kit and Fay. Of each Visio seat the price is unknown.
    // IT: 139.74 / 4 people = 34.935; of 414.67 it is 33.70 %.
    assert.deepEqual(
      ofEur.map((row) => [row[0], row[5], row[6], row[8]]),
      [
        ['IT', 13_974, 167_680, '33.70'],
        ['Sales', 20_993, 251_920, '50.63'],
        [null, 6500, 78_000, '15.68'],
      ],
    );
    assert.deepEqual(
      rows.filter((row) => row[1] === 'USD').map((row) => [row[0], row[5], row[8]]),
      [
        ['IT', 0, '0.00'],
        ['Sales', 1000, '50.00'],
        [null, 1000, '50.00'],
      ],
    );
    await made.write('spend', false, { dimension: 'companyName' });
    assert.equal(made.file, 'spend-by-company.csv');
    assert.equal(made.rows[0]?.[0], 'companyName');
  });

  it('writes all lines of the spend, of each tenant and each dimension', async () => {
    const made = new Export(test.store, null);
    await made.write('spend', true);
    assert.equal(made.file, 'spend.csv');
    const [header, ...rows] = made.rows;
    assert.deepEqual(header?.slice(0, 4), ['tenantId', 'dimension', 'value', 'currency']);
    assert.deepEqual([...new Set(rows.map((row) => row[1]))].sort(), [
      'companyName',
      'country',
      'department',
    ]);
    assert(rows.every((row) => row[0] === tenantId && row.length === header?.length));
  });

  it('writes the savings by reason: without a price neither currency nor amount', async () => {
    const made = new Export(test.store, tenantId);
    assert.deepEqual(await made.write('savings'), { rows: 10 });
    assert.deepEqual(made.rows.slice(0, 4), [
      ['reason', 'bucket', 'currency', 'seats', 'monthlyMinor', 'annualMinor'],
      ['Disabled account with a license', 'disabledAccount', 'EUR', 1, 3493, 41_916],
      ['Disabled account with a license', 'disabledAccount', null, 1, null, null],
      ['Guest with a license', 'guest', 'USD', 1, 1000, 12_000],
    ]);
  });

  it('writes the licenses as shown, or the whole report in the same order', async () => {
    const made = new Export(test.store, tenantId);
    assert.deepEqual(await made.write('licenses'), { rows: 5 });
    const header = made.rows[0] ?? [];
    const partNumber = header.indexOf('skuPartNumber');
    const cells = (row: readonly CsvValue[] | undefined, ...names: string[]): unknown[] =>
      names.map((name) => row?.[header.indexOf(name)]);
    const of = (part: string): readonly CsvValue[] | undefined =>
      made.rows.find((row) => row[partNumber] === part);
    const money = ['boughtMonthlyMinor_EUR', 'boughtAnnualMinor_EUR', 'boughtMonthlyMinor_USD'];
    assert.deepEqual(
      cells(of('SPE_E3'), 'entitled', 'consumed', 'availableNow', 'availableAfterGrace', 'seats', ...money),
      [5, 6, -1, -3, 5, 17_467, 209_600, null],
    );
    assert.deepEqual(cells(of('VISIOCLIENT'), 'unknown', ...money), [2, null, null, null]);
    assert.equal(await made.write('licenses', true).then((answer) => answer?.rows), 3);
    assert.equal(made.spec?.report, 'reconciliation');
    assert.deepEqual(made.spec?.sort, [{ column: 'skuPartNumber', descending: false }]);
    assert.equal(made.spec?.columns, undefined);
  });

  it('writes the licenses of the chart in its order', async () => {
    const made = new Export(test.store, tenantId);
    await made.write('chart', false, { licenseIds: [license(powerBi), license(e5), 'gone'] });
    const [header, ...rows] = made.rows;
    assert.deepEqual(header?.slice(1), [
      ...[
        'active',
        'inactive',
        'never',
        'new',
        'unknown',
        'unassigned',
        'shortfallNow',
        'entitled',
        'consumed',
      ],
    ]);
    assert.deepEqual(
      rows.map((row) => row.slice(1)),
      [
        [0, 0, 0, 0, 2, 2, 0, 5, 2],
        [4, 0, 0, 0, 0, 0, 0, 4, 4],
      ],
    );
  });

  it('asks the store for the findings on screen, with their columns or with all', async () => {
    const made = new Export(test.store, tenantId);
    const query = { tenantId: null, kinds: ['inactive'], licenseId: license(e3) };
    await made.write('findings', false, { query });
    assert.deepEqual(made.spec?.filter, { columns: { kind: ['inactive'], licenseId: license(e3) } });
    assert(made.spec?.columns?.includes('userPrincipalName') && !made.spec.columns.includes('findingId'));
    await made.write('findings', true, { query });
    assert.equal(made.spec?.columns, undefined);
  });

  it('keeps unknown apart from zero where tenants stand side by side', async () => {
    const other = '99999999-2222-4333-8444-555555555555';
    const small = sku('aaaaaaaa-0000-4000-8000-000000000001', '=SMALL', { enabled: 7, consumedUnits: 9 });
    const two = await createTestStore();
    try {
      await importWorkedExample(two.store);
      await importRows(two.store, { subscribedSkus: [small] }, { tenantId: other });
      const made = new Export(two.store, null);
      assert.deepEqual(await made.write('tenants'), { rows: 2 });
      const names = ['licensesShortNow', 'entitled', 'consumed', 'unassigned', 'inactive', 'never'];
      const money = [
        'annualMinor_EUR',
        'annualMinor_USD',
        'savingsMonthlyMinor_EUR',
        'savingsMonthlyMinor_USD',
      ];
      assert.deepEqual(made.row(tenantId, ...names, ...money, 'savingsUnpricedSeats', 'lowerBounds'), [
        ...[1, 20, 17, 3, 1, 1],
        // 34.93 + 4.00 + 34.93 + 34.93 + 4.00 + 4.00, each rounded down by itself; 10 + 10 + 20 USD.
        ...[502_400, 60_000, 11_679, 4000],
        ...[1, 'spend'],
      ]);
      // Nobody read its users, and nothing of it has a price.
      assert.deepEqual(made.row(other, ...names, ...money, 'lowerBounds'), [
        ...[1, 7, 9, 0, null, null],
        ...[null, null, null, null, ''],
      ]);
      await made.write('tenants', true);
      assert.deepEqual(made.row(other, 'tenantId', 'active', 'unknown', 'shortfallNow', 'monthlyMinor_EUR'), [
        other,
        null,
        null,
        2,
        null,
      ]);

      await made.write('licenses');
      assert.deepEqual(made.row('=SMALL', 'tenantId', 'seats', 'active', 'boughtMonthlyMinor_EUR'), [
        other,
        ...[null, null, null],
      ]);
      assert.match(csvText(made.rows), /\r\n'=SMALL,/, 'no spreadsheet runs it');
    } finally {
      await two.dispose();
    }
  });

  it('writes nothing when the person cancels', async () => {
    const made = new Export(test.store, tenantId);
    made.cancelled = true;
    assert.equal(await made.write('spend'), null);
    assert.equal(await made.write('chart', false, { licenseIds: [license(exchange)] }), null);
    assert.deepEqual(made.rows, []);
  });

  it('guards the name of a department', () => {
    const line = { currency: 'EUR', monthlyMinor: 0, annualMinor: 0, people: 0, seats: 0, unpricedSeats: 2 };
    const rows = spendTable([{ ...line, dimension: 'department', value: '=1+1' }], 'department');
    // Without people or money there is neither a cost per person nor a share.
    assert.equal(csvText(rows.slice(1)), "'=1+1,EUR,0,0,2,0,0,,\r\n");
  });
});
