import assert from 'node:assert/strict';
import fc from 'fast-check';
import { priceBookColumns } from '../../../../src/core/priceBook/priceBookFormat';
import { maxPriceBookBytes, readPriceBook } from '../../../../src/core/priceBook/priceBookReader';
import { priceBookText, type PricedPurchase } from '../../../../src/core/priceBook/priceBookWriter';
import { monthsPaid, type PaymentFrequency } from '../../../../src/core/model/purchases';

const header = priceBookColumns.join(',');
const read = (text: string, encoding: BufferEncoding = 'utf8') => readPriceBook(Buffer.from(text, encoding));
const problems = (text: string): string[] =>
  read(text).problems.map(({ line, column, problem, value }) =>
    `${line} ${column ?? '-'} ${problem} ${value}`.trim(),
  );

const e5 = {
  line: 2,
  skuPartNumber: 'SPE_E5',
  quantity: 4,
  amountMinor: 68400,
  amountPer: 'unit',
  currency: 'EUR',
  paymentFrequency: 'annually',
  effectiveDate: '2026-01-01',
  endingDate: null,
  note: null,
  purchaseId: null,
};

describe('Price book reader', () => {
  it('reads a row of the contract’s columns', () => {
    assert.deepEqual(read(`${header}\r\nSPE_E5,4,68400,EUR,Annually,2026-01-01,,unit\r\n`), {
      rows: [e5],
      problems: [],
      ignoredColumns: [],
    });
  });

  it('takes semicolons, tabs, a byte order mark, a declared separator and other line ends', () => {
    const row = 'SPE_E5,4,68400,eur,annually,2026-01-01,,Unit';
    const whole = `${header}\n${row}`;
    for (const text of [
      `\uFEFF${whole}`,
      whole.replace(/,/g, ';'),
      whole.replace(/,/g, '\t'),
      whole.replace(/\n/g, '\r\n'),
      whole.replace(/\n/g, '\r'),
      `"${whole.replace(/,/g, '","').replace(/\n/g, '"\n"')}"`,
      `${header.replace('skuPartNumber', 'SKU Part_Number')}\n\n${row}\n,,,,,,,\n`.replace('\n\n', '\n'),
    ]) {
      assert.deepEqual(read(text).rows, [e5], JSON.stringify(text));
    }
    assert.deepEqual(read(`sep=;\n${whole.replace(/,/g, ';')}`).rows, [{ ...e5, line: 3 }]);
  });

  it('takes what spreadsheets call Unicode text, and Windows-1252', () => {
    const text = `${header},note\nSPE_E5,4,68400,EUR,Annually,2026-01-01,,unit,Verträge`;
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    assert.equal(readPriceBook(utf16).rows[0]?.note, 'Verträge');
    assert.equal(read(text, 'latin1').rows[0]?.note, 'Verträge');
    assert.equal(read(text).rows[0]?.note, 'Verträge');
  });

  it('takes columns in any order and names those that mean nothing', () => {
    const text =
      'amountPer,Supplier,endingDate,effectiveDate,paymentFrequency,currency,amountMinor,quantity,skuPartNumber\n' +
      'total,Fenwick,2026-12-31,2026-01-01,Every 18 Months,JPY,1200,3,X';
    const book = read(text);
    assert.deepEqual(book.ignoredColumns, ['Supplier']);
    assert.deepEqual(book.problems, []);
    assert.equal(book.rows[0]?.paymentFrequency, 'every18Months');
    assert.equal(book.rows[0]?.endingDate, '2026-12-31');
  });

  it('says of every cell that does not fit its line, its column and what it holds', () => {
    assert.deepEqual(
      problems(
        [
          header,
          ',0,12.50,EUR,Annually,2026-01-01,,unit',
          'A,2.5,x,Euro,yearly,01.02.2026,2020-02-30,each',
          '"A\nB",-1,-5,EUR,Once,2026-03-01,2026-02-28,total',
          'A,1,,EUR,Once,2026-03-01,,total',
          'A,1,9007199254740993,EUR,Once,2026-03-01,,total',
        ].join('\n'),
      ),
      [
        '2 skuPartNumber empty',
        '2 quantity zero 0',
        '2 amountMinor notMinorUnits 12.50',
        '3 quantity notAWholeNumber 2.5',
        '3 amountMinor notAWholeNumber x',
        '3 currency unknownValue Euro',
        '3 paymentFrequency unknownValue yearly',
        '3 effectiveDate notADate 01.02.2026',
        '3 endingDate notADate 2020-02-30',
        '3 amountPer unknownValue each',
        '4 quantity negative -1',
        '4 amountMinor negative -5',
        '4 endingDate beforeStart 2026-02-28',
        '6 amountMinor empty',
        '7 amountMinor notAWholeNumber 9007199254740993',
      ],
    );
  });

  it('says what is wrong with the file as a whole', () => {
    assert.deepEqual(problems(''), ['1 - noRows']);
    assert.deepEqual(problems(`${header}\n`), ['1 - noRows']);
    assert.deepEqual(problems('skuPartNumber,quantity,quantity,amountMinor\nA,1,1,1').slice(0, 3), [
      '1 quantity repeatedColumn',
      '1 currency missingColumn',
      '1 paymentFrequency missingColumn',
    ]);
    assert.deepEqual(problems(`${header}\nA,1`), ['2 - cellCount 2']);
    assert.deepEqual(problems(`${header}\nA,1,2,EUR,Once,2026-03-01,,total,9`), ['2 - cellCount 9']);
    assert.deepEqual(problems(`${header}\nA,"1,2`), ['2 - brokenQuotes']);
    assert.deepEqual(problems(`${header}\nA,"1"x,2`), ['2 - brokenQuotes']);
    assert.deepEqual(problems(`PK\u0003\u0004\0\0${header}`), ['1 - notText']);
    assert.deepEqual(
      readPriceBook(new Uint8Array(maxPriceBookBytes + 1)).problems.map(({ problem }) => problem),
      ['tooLarge'],
    );
  });

  it('gives complete rows or says why not, and never throws, whatever the file', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '',
        '"',
        '""',
        ',',
        ';',
        '\n',
        '=1+1',
        '-1',
        '1e9',
        'EUR',
        '2026-01-01',
        'unit',
        'Once',
        '\0',
      ),
      fc.constantFrom<string>(...priceBookColumns),
    );
    const line = fc.array(cell, { maxLength: 12 }).map((cells) => cells.join(','));
    const file = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      file.map((text) => Buffer.from(text)),
      file.map((text) => Buffer.from(`${header}\n${text}`)),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        const { rows, problems: found } = readPriceBook(bytes);
        assert.ok(rows.length > 0 || found.length > 0);
        const lines = Buffer.from(bytes)
          .toString()
          .split(/\r\n|\r|\n/).length;
        for (const { line: at } of [...rows, ...found])
          assert.ok(at >= 1 && at <= lines, `line ${at} of ${lines}`);
        for (const row of rows) {
          assert.ok(Number.isSafeInteger(row.quantity) && row.quantity > 0);
          assert.ok(Number.isSafeInteger(row.amountMinor) && row.amountMinor >= 0);
          assert.match(row.currency, /^[A-Z]{3}$/);
          assert.match(row.effectiveDate, /^\d{4}-\d{2}-\d{2}$/);
          assert.ok(row.endingDate === null || row.endingDate >= row.effectiveDate);
          assert.notEqual(row.skuPartNumber, '');
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('Price book writer', () => {
  const day = fc
    .integer({ min: 10_957, max: 25_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
  const text = fc
    .string({ maxLength: 60 })
    .map((value) => value.replace(/[\0\uFEFF]/g, '').trim())
    // An apostrophe before a formula is what the guard itself writes.
    .filter((value) => !/^'[=+\-@]/.test(value));
  const purchase: fc.Arbitrary<PricedPurchase> = fc
    .record({
      skuPartNumber: text.filter((value) => value !== ''),
      purchaseId: fc.uuid(),
      quantity: fc.integer({ min: 1, max: 1_000_000 }),
      amountMinor: fc.integer({ min: 0, max: 100_000_000 }),
      amountPer: fc.constantFrom('unit' as const, 'total' as const),
      currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
      paymentFrequency: fc.constantFrom(...(Object.keys(monthsPaid) as PaymentFrequency[])),
      effectiveDate: day,
      lasts: fc.option(day),
      note: fc.option(text.filter((value) => value !== '')),
    })
    .map(({ lasts, ...rest }) => ({
      ...rest,
      endingDate: lasts === null || lasts < rest.effectiveDate ? null : lasts,
    }));

  it('writes the contract’s columns, guarded, in order', () => {
    const base = {
      amountPer: 'unit' as const,
      currency: 'EUR',
      paymentFrequency: 'annually' as const,
      endingDate: null,
    };
    const written = priceBookText([
      {
        ...base,
        skuPartNumber: 'SPE_E5',
        purchaseId: 'b',
        quantity: 4,
        amountMinor: 68400,
        effectiveDate: '2026-01-01',
        note: '=1+1',
      },
      {
        ...base,
        skuPartNumber: 'SPE_E3',
        purchaseId: 'a',
        quantity: 3,
        amountMinor: 3600,
        effectiveDate: '2026-01-01',
        note: null,
      },
    ]);
    assert.equal(
      written,
      'skuPartNumber,quantity,amountMinor,currency,paymentFrequency,effectiveDate,endingDate,amountPer,note,purchaseId\r\n' +
        'SPE_E3,3,3600,EUR,annually,2026-01-01,,unit,,a\r\n' +
        "SPE_E5,4,68400,EUR,annually,2026-01-01,,unit,'=1+1,b\r\n",
    );
  });

  it('is read back as it was, note and all', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(purchase, { maxLength: 8, selector: ({ purchaseId }) => purchaseId }),
        (all) => {
          const { rows, problems: found } = readPriceBook(Buffer.from(priceBookText(all)));
          assert.deepEqual(found, all.length === 0 ? found : []);
          const byId = (left: { purchaseId: string | null }, right: { purchaseId: string | null }): number =>
            String(left.purchaseId) < String(right.purchaseId) ? -1 : 1;
          assert.deepEqual(rows.map(({ line: _, ...row }) => row).sort(byId), [...all].sort(byId));
        },
      ),
      { numRuns: 200 },
    );
  });
});
