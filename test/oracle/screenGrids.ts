import type { Page } from 'playwright-core';
import { findingKinds, findingTitle } from '../../src/shared/findingWords';
import type { ShownFigure } from './screenFigures';

const kindOfTitle = new Map(findingKinds.map((kind) => [findingTitle(kind), kind]));
const currencyOfSign = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
]);

/** Columns of counts by their titles. */
const counts: Readonly<Record<string, string>> = {
  Seats: 'seats',
  Entitled: 'entitled',
  Consumed: 'consumed',
  Available: 'availableNow',
  'After Grace': 'availableAfterGrace',
  Unassigned: 'unassigned',
  Active: 'active',
  Inactive: 'inactive',
  Never: 'never',
  New: 'new',
  Unknown: 'unknown',
  'In Grace': 'inGrace',
  Suspended: 'suspended',
};

interface GridRow {
  readonly level: number;
  /** Text of each cell by the title of its column. */
  readonly cells: ReadonlyMap<string, string>;
}

type Figures = [string, ShownFigure][];

/** The numbers of the tabs, of Licenses with their findings by kind, and of Findings, as a person reads them. */
export async function gridFigures(page: Page): Promise<Figures> {
  const figures: Figures = [];
  for (const tab of ['licenses', 'findings', 'tenants']) {
    const count = page.locator(`#panel-tab-${tab} .tab-count`);
    if ((await count.count()) > 0) figures.push([`tab.${tab}`, counted(await count.innerText())]);
  }
  let license = '';
  for (const row of await rowsOf(page, 'Licenses')) {
    if (row.level === 1) {
      license = `row.${[row.cells.get('Tenant'), row.cells.get('Part Number')].filter(Boolean).join('.')}`;
      figures.push(...licenseRow(license, row));
    } else {
      const { kind, findings } = kindOf(row.cells.get('License') ?? '');
      figures.push([`${license}.${kind}.findings`, findings], ...commonCells(`${license}.${kind}`, row));
    }
  }
  for (const row of await rowsOf(page, 'Findings')) {
    const { kind, findings } = kindOf(row.cells.get('Finding') ?? '');
    figures.push([`kind.${kind}.findings`, findings], ...commonCells(`kind.${kind}`, row));
    const licenses = /^([\d,]+) licenses?$/.exec(row.cells.get('License') ?? '')?.[1];
    if (licenses !== undefined) figures.push([`kind.${kind}.licenses`, counted(licenses)]);
  }
  const all = await page.locator('.toolbar .count').innerText();
  figures.push(['tab.findings', counted(all.replace(/ findings?$/, ''))]);
  return figures;
}

function licenseRow(name: string, row: GridRow): Figures {
  const remarks = row.cells.get('Findings and What to Do') ?? '';
  const said: readonly (readonly [string, RegExp])[] = [
    ['shortNow', /([\d,]+) short now/],
    ['shortSoon', /([\d,]+) more short when grace ends/],
    ['findings', /([\d,]+) findings?$/],
  ];
  return [
    ...said.flatMap(([part, pattern]): Figures => {
      const number = pattern.exec(remarks)?.[1];
      return number === undefined ? [] : [[`${name}.${part}`, counted(number)]];
    }),
    ...commonCells(name, row),
  ];
}

/** Counts and money of a row. */
function commonCells(name: string, { cells }: GridRow): Figures {
  return [
    ...Object.entries(counts).flatMap(([title, part]): Figures => {
      const text = cells.get(title) ?? '';
      return text === '' ? [] : [[`${name}.${part}`, counted(text.replace(/ (spare|short)$/, ''))]];
    }),
    ...amounts(`${name}.perMonth`, cells.get('Per Month') ?? ''),
    ...amounts(`${name}.perYear`, cells.get('Per Year') ?? ''),
  ];
}

/** A count, with its sign; a text that is none stays what it is, and equals nothing that is calculated. */
function counted(text: string): ShownFigure {
  const number = /^([+−]?)(\d[\d,]*)$/.exec(text);
  const value =
    text === 'unknown' ? '∅' : number === null ? text : `${number[1] === '−' ? '-' : ''}${plain(number[2])}`;
  return { value, complete: value !== '∅', text };
}

/** Amounts side by side, one per currency. Nothing, and what is free, has none; zero is no money either. */
function amounts(name: string, text: string): Figures {
  if (text === '' || text === 'free') return [];
  if (text === 'unknown') return [[name, { value: '∅', complete: false, text }]];
  return text.split(' + ').flatMap((part): Figures => {
    const [, bound = '', sign = '', digits = ''] = /^(≥ )?([^\d]+)([\d.,]+)$/.exec(part) ?? [];
    const value = plain(digits.replace('.', ''));
    if (value === '0') return [];
    return [[`${name}.${currencyOfSign.get(sign) ?? sign}`, { value, complete: bound === '', text: part }]];
  });
}

function plain(digits = ''): string {
  return digits.replaceAll(',', '').replace(/^0+(?=\d)/, '');
}

/** `Not used lately (12)`. */
function kindOf(text: string): { readonly kind: string; readonly findings: ShownFigure } {
  const [, title = '', number = ''] = /^(?:[^:]+: )?(.+) \(([\d,]+)\)$/.exec(text) ?? [];
  return { kind: kindOfTitle.get(title) ?? text, findings: counted(number) };
}

async function rowsOf(page: Page, tab: string): Promise<GridRow[]> {
  await page.getByRole('tab', { name: tab }).click();
  const grid = page.getByRole('treegrid', { name: tab });
  await grid.locator('.grid-body [role=row]').first().waitFor();
  const rows = await grid.evaluate((element) => {
    const titles = [...element.querySelectorAll('[role=columnheader]')].map((head) =>
      head.textContent.trim(),
    );
    return [...element.querySelectorAll('.grid-body [role=row]')]
      .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
      .map((row) => ({
        level: Number(row.getAttribute('aria-level')),
        cells: [...row.querySelectorAll('[role=gridcell]')].map((cell, index): [string, string] => [
          titles[index] ?? '',
          cell.textContent.trim(),
        ]),
      }));
  });
  const total = Number(await grid.getAttribute('aria-rowcount'));
  if (rows.length !== total - 1) throw new Error(`${rows.length} of ${total - 1} rows are on screen.`);
  return rows.map(({ level, cells }) => ({ level, cells: new Map(cells) }));
}
