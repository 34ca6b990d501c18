import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/app/extensionApi';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

const header =
  'skuPartNumber,quantity,amountMinor,currency,paymentFrequency,effectiveDate,endingDate,amountPer';

interface Spend {
  readonly currency: string | null;
  readonly monthlyMinor: number | null;
  readonly annualMinor: number | null;
  readonly assignedMonthlyMinor: number | null;
  readonly pricedSeats: number;
}

describe('Hand-kept facts of licenses', () => {
  const suite = withTenant({ users: 120, seed: 11 });
  let api: ExtensionApi;
  let tenantId: string;

  const license = async (partNumber: string): Promise<Record<string, unknown> & { licenseId: string }> => {
    const [row] = await api.query('SELECT * FROM v_licenses WHERE tenantId = ? AND skuPartNumber = ?', [
      tenantId,
      partNumber,
    ]);
    assert.ok(row, partNumber);
    return row as Record<string, unknown> & { licenseId: string };
  };
  const spend = async (): Promise<Spend[]> =>
    (await api.query('SELECT * FROM v_spend WHERE tenantId = ? ORDER BY currency', [
      tenantId,
    ])) as unknown as Spend[];
  const purchases = (): Promise<readonly Record<string, unknown>[]> =>
    api.query('SELECT * FROM v_purchases WHERE tenantId = ? ORDER BY skuPartNumber, effectiveDate', [
      tenantId,
    ]);
  /** The part numbers of the licenses that people hold, the most seats first. */
  const held = async (): Promise<{ partNumber: string; seats: number }[]> =>
    (
      await api.query(
        `SELECT p.skuPartNumber AS partNumber, p.seats FROM v_position p JOIN v_licenses l USING (licenseId)
          WHERE p.tenantId = ? AND l.isFree = 0 AND l.isCounted = 1 AND p.seats > 0
          ORDER BY p.seats DESC, p.skuPartNumber`,
        [tenantId],
      )
    ).map((row) => ({ partNumber: String(row['partNumber']), seats: Number(row['seats']) }));
  const write = async (name: string, text: string): Promise<string> => {
    const file = path.join(suite.folder, name);
    await fs.writeFile(file, text);
    return file;
  };
  const imported = (test: () => Promise<void>): Promise<void> =>
    withConnection(suite.connectionArgument('Licenses'), async (connectionId) => {
      api = await extensionApi();
      tenantId = suite.tenant.address.tenantId;
      await run('signIn', { connectionId });
      await run('import', { connectionId });
      await test();
    });

  it('has purchases entered, changed and removed, and every number follows', () =>
    imported(async () => {
      const [first] = await held();
      assert.ok(first);
      const { licenseId } = await license(first.partNumber);
      const facts = {
        licenseId,
        quantity: 10,
        amountMinor: 68_400,
        amountPer: 'unit',
        currency: 'EUR',
        paymentFrequency: 'annually',
        effectiveDate: '2020-01-01',
      };
      const { purchaseId } = await run<{ purchaseId: string }>('editPurchase', facts);
      // 684.00 a year is 57.00 a month and unit: ten are bought, as many as there are seats are assigned.
      const [euro] = await spend();
      assert.equal(euro?.monthlyMinor, 57_000);
      assert.equal(euro?.annualMinor, 684_000);
      assert.equal(euro?.assignedMonthlyMinor, first.seats * 5_700);
      assert.equal(euro?.pricedSeats, first.seats);
      const priced = await license(first.partNumber);
      assert.equal(priced['unitMonthlyMinor'], 5_700);
      assert.equal(priced['purchasedQuantity'], 10);
      assert.equal(priced['priceProblem'], null);

      const again = await run<{ purchaseId: string }>('editPurchase', {
        ...facts,
        purchaseId,
        amountMinor: 1_200,
        paymentFrequency: 'Monthly',
        note: 'PO 4711',
      });
      assert.equal(again.purchaseId, purchaseId);
      assert.equal((await purchases()).length, 1);
      assert.equal((await spend())[0]?.monthlyMinor, 12_000);

      const wrong = await failureOf('editPurchase', { ...facts, quantity: 0, currency: 'EURO' });
      assert.equal(wrong.reason, 'invalidArgument');
      assert.match(wrong.message, /“quantity”.*“currency”/);
      const cases: readonly [object, string][] = [
        [{ ...facts, licenseId: `${tenantId}_none` }, 'notFound'],
        [{ ...facts, purchaseId: 'none' }, 'notFound'],
        [{ ...facts, effectiveDate: '2026-02-30' }, 'invalidArgument'],
        [{ ...facts, paymentFrequency: 'weekly' }, 'invalidArgument'],
        [{ ...facts, amountMinor: 1.5 }, 'invalidArgument'],
        [{ ...facts, endingDate: '2019-01-01' }, 'invalidArgument'],
        [{ ...facts, price: 3 }, 'invalidArgument'],
      ];
      for (const [argument, reason] of cases) {
        assert.equal((await failureOf('editPurchase', argument)).reason, reason, JSON.stringify(argument));
      }
      assert.equal((await failureOf('removePurchase', { purchaseId: 'none' })).reason, 'notFound');
      await run('removePurchase', { purchaseId });
      assert.equal((await purchases()).length, 0);
      assert.equal((await spend())[0]?.monthlyMinor, null);
    }));

  it('imports a price book, all of it or nothing, and exports what another reader reads', () =>
    imported(async () => {
      const [first, second] = await held();
      assert.ok(first && second);
      const bad = await write(
        'bad.csv',
        `${header}\r\n${first.partNumber},10,68400,EUR,Annually,2020-01-01,,unit\r\nNO_SUCH_SKU,1,100,EUR,Monthly,2020-01-01,,unit\r\n${second.partNumber},x,36.00,EUR,Monthly,2020-01-01,2019-01-01,unit\r\n`,
      );
      const refused = await failureOf('importPriceBook', { tenantId, file: bad });
      assert.equal(refused.reason, 'priceBookInvalid');
      assert.match(refused.message, /Line 3, skuPartNumber: .*“NO_SUCH_SKU”/);
      assert.match(
        refused.message,
        /Line 4, quantity: “x” is not a whole number\. Expected a whole number above zero/,
      );
      assert.match(refused.message, /Line 4, amountMinor: “36\.00” has a decimal point/);
      assert.match(refused.message, /Line 4, endingDate: “2019-01-01” is before the effective date/);
      assert.equal((await purchases()).length, 0, 'nothing of a file with problems is imported');

      const good = await write(
        'good.csv',
        `\uFEFF${header.replace(/,/g, ';')}\n${first.partNumber};10;68400;EUR;Annually;2020-01-01;;unit\n${second.partNumber};2;80000;usd;Semi-Annually;2020-01-01;;total\n`,
      );
      assert.equal((await run<{ rows: number }>('importPriceBook', { tenantId, file: good })).rows, 2);
      // 800.00 for half a year is 133.33 a month and 1,600.00 a year.
      assert.deepEqual(
        (await spend()).map(({ currency, monthlyMinor, annualMinor }) => [
          currency,
          monthlyMinor,
          annualMinor,
        ]),
        [
          ['EUR', 57_000, 684_000],
          ['USD', 13_333, 160_000],
        ],
      );
      const repeated = await run<{ rows: number; added: number; unchanged: number }>('importPriceBook', {
        tenantId,
        file: good,
      });
      assert.deepEqual([repeated.rows, repeated.added, repeated.unchanged], [2, 0, 2]);
      assert.equal((await purchases()).length, 2);

      const out = path.join(suite.folder, 'out.csv');
      assert.equal((await run<{ rows: number }>('exportPriceBook', { tenantId, file: out })).rows, 2);
      const rows = parse<Record<string, string>>(await fs.readFile(out, 'utf8'), { columns: true });
      assert.deepEqual(Object.keys(rows[0] ?? {}).slice(0, 8), header.split(','));
      const ofFirst = rows.find((row) => row['skuPartNumber'] === first.partNumber);
      assert.deepEqual(
        [
          ofFirst?.['quantity'],
          ofFirst?.['amountMinor'],
          ofFirst?.['paymentFrequency'],
          ofFirst?.['endingDate'],
        ],
        ['10', '68400', 'annually', ''],
      );
      // Edited outside and brought back: the purchase is replaced, not doubled.
      await fs.writeFile(out, (await fs.readFile(out, 'utf8')).replace('68400', '72000'));
      const changed = await run<{ rows: number; replaced: number }>('importPriceBook', {
        tenantId,
        file: out,
      });
      assert.equal(changed.replaced, 1);
      assert.equal((await spend())[0]?.annualMinor, 720_000);
      assert.equal((await purchases()).length, 2);

      const skipped = await run<{ rows: number; skipped: number }>('importPriceBook', {
        tenantId,
        file: await write(
          'skip.csv',
          `${header}\nNO_SUCH_SKU,1,100,EUR,Monthly,2020-01-01,,unit\n${first.partNumber},1,100,EUR,Monthly,2020-01-01,2020-12-31,unit\n`,
        ),
        skipUnknown: true,
      });
      assert.deepEqual([skipped.rows, skipped.skipped], [1, 1]);

      const failures: readonly [string, object, string][] = [
        ['importPriceBook', { tenantId, file: path.join(suite.folder, 'none.csv') }, 'invalidArgument'],
        ['importPriceBook', { tenantId, file: 'relative.csv' }, 'invalidArgument'],
        ['importPriceBook', { tenantId: 'none', file: good }, 'notFound'],
        ['importPriceBook', { file: good }, 'invalidArgument'],
        [
          'exportPriceBook',
          { tenantId, file: path.join(suite.folder, 'no', 'such', 'x.csv') },
          'fileNotWritable',
        ],
      ];
      for (const [command, argument, reason] of failures) {
        assert.equal((await failureOf(command, argument)).reason, reason, JSON.stringify(argument));
      }
      // The file on disk says the same to another program.
      const { file } = await run<{ file: string }>('revealDataFile', {});
      const count = execFileSync('sqlite3', ['-readonly', file, 'SELECT count(*) FROM v_purchases'], {
        encoding: 'utf8',
      });
      assert.equal(Number(count), 3);
    }));

  it('takes a license out of every number and back, and out of alerts alone', () =>
    imported(async () => {
      const [first] = await held();
      assert.ok(first);
      const { licenseId } = await license(first.partNumber);
      await run('editPurchase', {
        licenseId,
        quantity: 1,
        amountMinor: 1_000,
        amountPer: 'total',
        currency: 'EUR',
        paymentFrequency: 'monthly',
        effectiveDate: '2020-01-01',
      });
      assert.equal((await spend())[0]?.monthlyMinor, 1_000);
      await run('setManaged', { licenseId, managed: false, reason: 'Subsidiary', until: '2099-12-31' });
      const unmanaged = await license(first.partNumber);
      assert.deepEqual(
        [unmanaged['managed'], unmanaged['isCounted'], unmanaged['managedReason'], unmanaged['managedUntil']],
        [0, 0, 'Subsidiary', '2099-12-31'],
      );
      assert.equal((await spend())[0]?.monthlyMinor ?? null, null);
      const [hidden] = await api.query('SELECT * FROM v_hidden_costs WHERE tenantId = ?', [tenantId]);
      assert.deepEqual([hidden?.['currency'], hidden?.['monthlyMinor']], ['EUR', 1_000]);
      // A decision that has run out no longer holds.
      await run('setManaged', { licenseId, managed: false, until: '2020-12-31' });
      assert.equal((await license(first.partNumber))['managed'], 1);
      await run('setManaged', { licenseId, managed: true });
      assert.equal((await spend())[0]?.monthlyMinor, 1_000);

      await run('setAlertsExcluded', { licenseId, excluded: true, reason: 'Known' });
      const excluded = await license(first.partNumber);
      assert.deepEqual(
        [excluded['participation'], excluded['isCounted'], excluded['alertsReason']],
        ['excludedFromAlerts', 1, 'Known'],
      );
      const [alerts] = await api.query('SELECT sum(isAlert) AS n FROM v_findings WHERE licenseId = ?', [
        licenseId,
      ]);
      assert.ok(!alerts?.['n']);
      await run('setAlertsExcluded', { licenseId, excluded: false });

      await run('editLicense', {
        licenseId,
        limit: 'subjectToTrueUp',
        buffer: 3,
        administrator: 'sam@contoso.example',
        name: 'Our own name',
        lifecycleStatus: 'received',
        inactivityDays: 90,
      });
      const edited = await license(first.partNumber);
      assert.deepEqual(
        [
          'entitlementLimit',
          'buffer',
          'administrator',
          'productName',
          'lifecycleStatus',
          'inactivityDays',
        ].map((name) => edited[name]),
        ['subjectToTrueUp', 3, 'sam@contoso.example', 'Our own name', 'received', 90],
      );
      await run('editLicense', { licenseId, name: null, inactivityDays: null });
      const plain = await license(first.partNumber);
      assert.notEqual(plain['productName'], 'Our own name');
      assert.deepEqual([plain['inactivityDays'], plain['buffer']], [null, 3]);
      for (const [argument, reason] of [
        [{ licenseId, buffer: -1 }, 'invalidArgument'],
        [{ licenseId, administrator: 'sam' }, 'invalidArgument'],
        [{ licenseId: 'none', buffer: 1 }, 'notFound'],
      ] as const) {
        assert.equal((await failureOf('editLicense', argument)).reason, reason);
      }
    }));

  it('adds currencies only by rates that were given', () =>
    imported(async () => {
      const [first] = await held();
      assert.ok(first);
      const { licenseId } = await license(first.partNumber);
      const facts = {
        licenseId,
        amountPer: 'unit',
        paymentFrequency: 'monthly',
        effectiveDate: '2020-01-01',
      };
      await run('editPurchase', { ...facts, quantity: 3, amountMinor: 1_000, currency: 'EUR' });
      await run('editPurchase', { ...facts, quantity: 1, amountMinor: 1_000, currency: 'USD' });
      assert.equal((await license(first.partNumber))['priceProblem'], 'severalCurrencies');
      await run('setExchangeRates', { rates: [{ from: 'USD', to: 'EUR', rate: '0.9' }] });
      // (3 × 10.00 EUR + 1 × 9.00 EUR) / 4 = 9.75 EUR
      const priced = await license(first.partNumber);
      assert.deepEqual([priced['unitMonthlyMinor'], priced['currency']], [975, 'EUR']);
      for (const rates of [
        [{ from: 'USD', to: 'EUR', rate: '0' }],
        [{ from: 'USD', to: 'EUR', rate: '1,08' }],
        [{ from: 'USD', to: 'USD', rate: '1' }],
        [{ from: 'USD', to: 'Euro', rate: '1' }],
      ]) {
        assert.equal((await failureOf('setExchangeRates', { rates })).reason, 'invalidArgument');
      }
      await run('setExchangeRates', { rates: [] });
      assert.equal((await license(first.partNumber))['priceProblem'], 'severalCurrencies');
    }));

  it('opens the page of a license', () =>
    imported(async () => {
      const [first] = await held();
      assert.ok(first);
      const { licenseId } = await license(first.partNumber);
      const tabs = (): vscode.Tab[] =>
        vscode.window.tabGroups.all
          .flatMap((group) => group.tabs)
          .filter(
            ({ input }) =>
              input instanceof vscode.TabInputWebview && input.viewType.endsWith('m365Licenses.license'),
          );
      const before = tabs().length;
      assert.deepEqual(await run('openLicense', { licenseId }), {});
      assert.deepEqual(await run('openLicense', { tenantId, licenseId, section: 'terms' }), {});
      const deadline = Date.now() + 10_000;
      while (tabs().length === before && Date.now() < deadline)
        await new Promise((done) => setTimeout(done, 50));
      assert.equal(tabs().length, before + 1, 'one page per license');
      assert.equal((await failureOf('openLicense', { licenseId: 'none' })).reason, 'notFound');
      assert.equal((await failureOf('openLicense', { tenantId })).reason, 'invalidArgument');
      await vscode.window.tabGroups.close(tabs());
    }));
});
