import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  planText,
  problemPlace,
  problemText,
  problemsText,
} from '../../../../src/app/commands/priceBookText';
import { priceBookColumns } from '../../../../src/core/priceBook/priceBookFormat';
import { planPriceBook } from '../../../../src/core/priceBook/priceBookPlan';
import { readPriceBook } from '../../../../src/core/priceBook/priceBookReader';

const page = readFileSync(path.resolve(__dirname, '../../../../docs/price-book.md'), 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
const header = priceBookColumns.join(',');
const sentences = (text: string): string[] =>
  readPriceBook(Buffer.from(text)).problems.map(
    (problem) => `${problemPlace(problem)}: ${problemText(problem)}`,
  );

describe('Price book, as it is documented and said', () => {
  it('reads the example of the page as the page explains it', () => {
    const { rows, problems } = readPriceBook(Buffer.from(block('csv')));
    assert.deepEqual(problems, []);
    assert.equal(rows.length, 5);
    assert.deepEqual(
      [rows[0]?.quantity, rows[0]?.amountMinor, rows[0]?.amountPer, rows[0]?.note],
      [4, 68_400, 'unit', 'PO 4711'],
    );
    assert.equal(rows[4]?.paymentFrequency, 'once');
  });

  it('says what the page says of problems', () => {
    const book = readPriceBook(
      Buffer.from(
        `${header}\nSPE_E5,1,100,EUR,Once,2026-01-01,,unit\nSPE_E33,1,100,EUR,Once,2026-01-01,,unit\nSPE_E3,1,36.00,EUR,Monthly,2026-01-01,,unit\n`,
      ),
    );
    const plan = planPriceBook(
      book.rows,
      [{ licenseId: 't_5', skuPartNumber: 'SPE_E5', productName: null }],
      [],
      () => 'new',
    );
    const lines = [...plan.problems, ...book.problems].map(
      (problem) => `${problemPlace(problem)}: ${problemText(problem)}`,
    );
    assert.equal(`${lines.join('\n')}\n`, block('text'));
    assert.equal(planText(plan), '1 added');
  });

  it('names the place, the fault and what was expected', () => {
    assert.deepEqual(sentences(`${header}\n,0,-1,Euro,weekly,x,2020-01-01,each`), [
      'Line 2, skuPartNumber: The cell is empty. Expected the part number of a product of the tenant, for example SPE_E5.',
      'Line 2, quantity: The quantity is zero. Expected a whole number above zero, for example 25.',
      'Line 2, amountMinor: “-1” is below zero. Expected a whole number of minor units, for example 68400 for 684.00 EUR.',
      'Line 2, currency: “Euro” is not known. Expected a currency code of three letters, for example EUR.',
      'Line 2, paymentFrequency: “weekly” is not known. Expected Once, Monthly, Quarterly, Semi-Annually, Annually, Every 18 Months, Biannually (every two years) or Triennially.',
      'Line 2, effectiveDate: “x” is not a day. Expected a day as YYYY-MM-DD, for example 2026-01-31.',
      'Line 2, amountPer: “each” is not known. Expected “unit” or “total”.',
    ]);
    assert.match(
      sentences('a,b\n1,2')[0] ?? '',
      /^Line 1, skuPartNumber: The header has no column skuPartNumber\./,
    );
  });

  it('lists ten problems and counts the rest', () => {
    const rows = Array.from({ length: 12 }, () => 'A,x,1,EUR,Once,2026-01-01,,unit');
    const text = problemsText(readPriceBook(Buffer.from([header, ...rows].join('\n'))).problems);
    const lines = text.split('\n');
    assert.equal(lines.length, 12);
    assert.equal(lines[0], 'The price book has 12 problems, so nothing was imported.');
    assert.equal(lines[11], '… and 2 more.');
  });
});
