import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { htmlReport } from '../../../../src/core/export/report/htmlReport';
import { exampleReport } from '../../../support/reportFixture';

const render = (data = exampleReport()): string => [...htmlReport(data)].join('');

/** The words of a document as a reader sees them, without its style. */
function wordsOf(document: string): string {
  return document
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

describe('HTML report', () => {
  const document = render();
  const words = wordsOf(document);

  it('has the figures of the worked example', () => {
    for (const text of [
      'Microsoft 365 licenses of Contoso',
      'Numbers as of Nov 10, 2026. Written on Nov 10, 2026, 9:30 AM UTC.',
      '5 licenses count: 20 units to use, 17 in use.',
      '1 license is short by 1 unit. 2 more units will be missing when grace periods end.',
      'The purchases that are valid cost at least €5,024.00 and $600.00 a year.',
      'Found savings: €116.79 and $40.00 per month (€1,401.48 and $480.00 a year).',
      'Spend per year ≥ €5,024.00 ≥ $600.00',
      'prices for 14 of 16 seats; a lower bound, since prices are missing',
      'Why Seats or units Without a price EUR per month USD per month EUR per year USD per year',
      'Together 11 1 €116.79 $40.00 €1,401.48 $480.00',
      'Microsoft 365 E3 3 3 €104.80 – – –',
      'Exchange Online (Plan 1) 2 – – 3 €12.00 Jun 30, 2027',
      '4 seats and units (1 of them without a price) gone since Dec 1, 2026, as later imports show: €34.93 and $20.00 per month.',
      'EUR €418.67 €5,024.00 €414.67 €4,976.00',
      'not set 2 4 1 €65.00',
      'Microsoft 365 E3 SPE_E3 5 2 in grace 1 suspended 6 −1 short −3 after grace 3 1 1 0 0 0',
      'They cost at least €123.45 per month',
      'Visio Plan 2 2 no purchase is entered',
      'Of 4 seats nobody can say whether they are used',
    ]) {
      assert(words.includes(text), `“${text}” is missing in: ${words}`);
    }
  });

  it('groups findings, most urgent first as they come, with a sentence, seats and money', () => {
    assert.deepEqual(
      [...document.matchAll(/<h3 id="[^"]*">([^<]*)<\/h3>\s*<p class="sums">([^<]*)</g)].map(
        ([, title, sums]) => [title, sums],
      ),
      [
        ['Short of licenses', '1 finding · 1 unit · €34.93 per month at stake'],
        ['Disabled account with a license', '2 findings · 1 person · 2 seats · €34.93 per month to save'],
        ['Not used lately', '1,234 findings · 1,200 people · 1,234 seats · €34.93 per month to save'],
        ['Activity data missing', '1 finding'],
      ],
    );
    assert(words.includes('6 in use, 5 entitled, 2 of them in grace: 1 missing.'));
    assert(
      words.includes(
        'Gus Example gus@contoso.example Microsoft 365 E3 Last used on Aug 1, 2026, high confidence. €34.93',
      ),
    );
  });

  it('says what to do first: what is urgent, then what saves most, each with a way to its findings', () => {
    const list = /<ol class="actions">([\s\S]*?)<\/ol>/.exec(document)?.[1] ?? '';
    const actions = [...list.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item]) => wordsOf(item ?? '').trim());
    // 34.93 a month is 419.16 a year.
    assert.deepEqual(
      actions.map((text) => text.replace(/\. .*$/, '.')),
      [
        'Short of licenses 1 unit, €419.16 a year at stake Buy the missing units, or free seats that nobody uses before you do.',
        'Disabled account with a license 2 seats, €419.16 a year to save Check whether the mailbox must be kept (hold, archive, shared mailbox), then take the license away.',
        'Not used lately 1,234 seats, €419.16 a year to save Ask whether the license is still needed (leave, seasonal work); if not, take it away.',
      ],
    );
    for (const [, anchor] of list.matchAll(/href="#([^"]*)"/g))
      assert(document.includes(`<h3 id="${anchor}">`));
    assert(document.includes('href="#first"'));
    assert(!/class="actions"|"#?first"/.test(render(exampleReport({ findings: [] }))));
  });

  it('says what share of the spend can be saved where all of the spend is known', () => {
    const coverage = { pricedSeats: 16, totalSeats: 16, lowerBound: false };
    // 116.79 of 418.67 is 27.9 %, 40.00 of 50.00 is 80 %.
    assert(
      wordsOf(render(exampleReport({ coverage }))).includes('a year), 28 % and 80 % of what is bought.'),
    );
  });

  it('says unknown, not nothing, where seats have no price', () => {
    const lines = [
      { value: 'Sales', amounts: [{ currency: 'EUR', minor: 500 }], people: 1, seats: 1, unpricedSeats: 0 },
      { value: 'IT', amounts: [], people: 2, seats: 2, unpricedSeats: 2 },
      { value: 'Guests', amounts: [], people: 3, seats: 0, unpricedSeats: 0 },
    ];
    const breakdowns = [{ dimension: 'department' as const, lines, omitted: 0 }];
    const text = wordsOf(render(exampleReport({ breakdowns })));
    assert(text.includes('Sales 1 1 – €5.00 IT 2 2 2 unknown Guests 3 0 – –'), text);
  });

  it('leaves out columns in which there would be nothing', () => {
    const [now] = exampleReport().realisable;
    assert(now);
    const text = wordsOf(render(exampleReport({ realisable: [now] })));
    assert(text.includes('License Seats freed Units now Now Microsoft 365 E3 3 3 €104.80'), text);
  });

  it('shows the imports that changed a number of its table', () => {
    const point = { entitled: 5, consumed: 4, shortfallNow: 0, unassigned: 1, inactive: null, never: null };
    const history = [
      { ...point, at: '2026-01-01T00:00:00Z' },
      { ...point, at: '2026-02-01T00:00:00Z' },
      { ...point, at: '2026-03-01T00:00:00Z', consumed: 5 },
    ];
    const text = wordsOf(render(exampleReport({ history })));
    assert(text.includes('Over time') && text.includes('Mar 1, 2026') && !text.includes('Feb 1, 2026'));
    assert(!wordsOf(render(exampleReport({ history: history.slice(0, 2) }))).includes('Over time'));
  });

  it('says how many findings are not listed', () => {
    assert(words.includes('The first 3 of 1,234, by cost'));
    assert(words.includes('1,231 more findings of this kind are not listed here and in all sums above.'));
  });

  it('never shows an unknown number as zero', () => {
    const unknown = exampleReport({
      spend: [],
      buckets: [],
      realisable: [],
      licenseSpend: [],
      breakdowns: [],
    });
    const text = wordsOf(render(unknown));
    assert(text.includes('Spend per year unknown'));
    assert(text.includes('Found savings per month unknown'));
    assert(text.includes('No prices were entered.'));
    const [first] = exampleReport().licenses;
    assert(first);
    const row = { ...first, active: null, inactive: null, never: null, new: null, unknown: null };
    assert(
      wordsOf(render(exampleReport({ licenses: [row] }))).includes('unknown unknown unknown unknown unknown'),
    );
  });

  it('allows no script, no address and no style but its own', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(document)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(document)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      policy.replace(/&#39;/g, "'"),
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(
      document,
      /<script|<iframe|<object|<link|<img|<base|<form|\son\w+=|\sstyle=|javascript:/i,
    );
    for (const [, target] of document.matchAll(/(?:href|src|url)\s*[=(]\s*"?([^")\s]*)/g)) {
      assert.match(target ?? '', /^#/, 'only places in the file itself');
    }
    assert.doesNotMatch(document, /https?:/);
  });

  it('escapes everything that comes from outside', () => {
    const evil =
      '</title></style><script>alert(1)</script>"\'`<img src=x onerror=alert(2)>&amp;\u0000\u202e\ud800';
    const poisoned = JSON.parse(JSON.stringify(exampleReport()), (key, value: unknown) => {
      const isCode = [
        'currency',
        'dimension',
        'createdAt',
        'evaluatedOn',
        'kind',
        'bucket',
        'state',
      ].includes(key);
      return typeof value === 'string' && !isCode ? evil : value;
    }) as ReturnType<typeof exampleReport>;
    const document = render(poisoned);
    assert.doesNotMatch(document, /<script|<img/i);
    assert.doesNotMatch(document, /[\u0000\ud800]/);
    assert.equal([...document.matchAll(/<style>/g)].length, 1);
    assert(
      wordsOf(document).includes(
        '</title></style><script>alert(1)</script>"\'`<img src=x onerror=alert(2)>&amp;',
      ),
    );
  });

  it('says when names are hidden', () => {
    assert(!words.includes('pseudonyms'));
    assert(
      wordsOf(render(exampleReport({ namesHidden: true }))).includes(
        'Names of people are replaced by pseudonyms.',
      ),
    );
  });

  it('names the tenant of every row where there are several', () => {
    const [only] = exampleReport().tenants;
    assert(only);
    const other = { ...only, tenantId: 'other', displayName: 'Fabrikam' };
    const text = wordsOf(render(exampleReport({ tenants: [only, other], history: [] })));
    assert(text.includes('Microsoft 365 licenses of 2 tenants'));
    assert(text.includes('Power BI Pro POWER_BI_PRO Contoso 5 2 3'));
    assert(text.includes('Fabrikam contoso.example'));
  });

  it('is a report also of nothing', () => {
    const totals = { ...exampleReport().totals, licenses: 0 };
    const text = wordsOf(
      render(
        exampleReport({
          tenants: [],
          licenses: [],
          totals,
          spend: [],
          buckets: [],
          realisable: [],
          findings: [],
          unpriced: [],
          history: [],
          breakdowns: [],
          licenseSpend: [],
          coverage: { pricedSeats: 0, totalSeats: 0, lowerBound: false },
          hidden: { licenses: [], amounts: [], costUnknown: false },
        }),
      ),
    );
    for (const part of [
      'There is no license to report on.',
      'Nothing was found.',
      'There are no licenses.',
    ]) {
      assert(text.includes(part), part);
    }
  });
});
