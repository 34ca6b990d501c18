import { spendDimensions, type SpendDimension, type SpendLine } from '../../src/shared/reconciliationMoney';
import { createElement } from '../common/createElement';
import { formatCount, money } from '../common/displayFormats';
import { createTableHead } from '../common/plainTable';
import { createNumber } from './figures';

const titles: Readonly<Record<SpendDimension, string>> = {
  department: 'Department',
  country: 'Country',
  companyName: 'Company',
};

/** Reads a dimension that was saved; the first one when it is none. */
export function dimensionOf(text: string): SpendDimension {
  return spendDimensions.find((dimension) => dimension === text) ?? 'department';
}

/** Spend by department, country or company, with a choice between them. */
export function createSpendView(
  lines: readonly SpendLine[],
  dimension: SpendDimension,
  lowerBound: boolean,
  onChoose: (dimension: SpendDimension) => void,
): HTMLElement {
  const shown = lines.filter((line) => line.dimension === dimension);
  const buttons = spendDimensions.map((name) => {
    const button = createElement('button', {
      class: 'choice',
      text: titles[name],
      attributes: { type: 'button', 'aria-pressed': String(name === dimension), 'data-dimension': name },
    });
    button.addEventListener('click', () => onChoose(name));
    return button;
  });
  return createElement('div', {
    children: [
      createElement('div', {
        class: 'choices pad',
        attributes: { role: 'group', 'aria-label': 'Spend by' },
        children: buttons,
      }),
      createElement('p', {
        class: 'summary',
        text: `What the seats cost that people hold${lowerBound ? ': a lower bound, since seats without a price are in no amount' : ''}. Units that nobody holds are in the annual spend only.`,
      }),
      shown.length === 0
        ? createElement('p', { class: 'summary', text: 'No seat has a price yet, so the spend is unknown.' })
        : createTable(shown, dimension),
    ],
  });
}

function createTable(lines: readonly SpendLine[], dimension: SpendDimension): HTMLElement {
  const titled = titles[dimension];
  const heads = ['People', 'Seats', 'Unpriced seats', 'Per month', 'Per year', 'Per person a month', 'Share'];
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(line.currency, (sums.get(line.currency) ?? 0) + line.monthlyMinor);
  return createElement('table', {
    class: 'plain-table spend-table',
    attributes: { 'aria-label': `Spend by ${titled.toLowerCase()}` },
    children: [
      createTableHead([{ title: titled }, ...heads.map((title) => ({ title, numeric: true }))]),
      createElement('tbody', {
        children: lines.map((line, index) =>
          row(line, sums.get(line.currency) ?? 0, index > 0 && lines[index - 1]?.value === line.value),
        ),
      }),
      createElement('tfoot', { children: [...sums.keys()].map((currency) => totalRow(lines, currency)) }),
    ],
  });
}

function row(line: SpendLine, sum: number, repeats: boolean): HTMLElement {
  const name = `spendLine.${line.dimension}.${line.value ?? ''}.${line.currency}`;
  const share = sum === 0 ? 0 : (line.monthlyMinor / sum) * 100;
  const bar = createElement('span', { class: 'share-bar' });
  bar.style.width = `${share}%`;
  const track = createElement('span', {
    class: 'share-track',
    attributes: { 'aria-hidden': 'true' },
    children: [bar],
  });
  return createElement('tr', {
    children: [
      createElement('th', {
        attributes: { scope: 'row' },
        class: [line.value === null ? 'not-set' : '', repeats ? 'repeated' : ''].join(' ').trim(),
        text: line.value ?? 'Not set',
      }),
      ...numbers(name, line),
      createElement('td', {
        class: 'number',
        children: [track, createNumber(`${name}.share`, Math.round(share), `${formatCount(share)} %`)],
      }),
    ],
  });
}

function totalRow(lines: readonly SpendLine[], currency: string): HTMLElement {
  const own = lines.filter((line) => line.currency === currency);
  const sum = (value: (line: SpendLine) => number): number =>
    own.reduce((total, line) => total + value(line), 0);
  const [first] = own;
  return createElement('tr', {
    children: [
      createElement('th', { attributes: { scope: 'row' }, text: `Total, ${currency}` }),
      ...numbers(`spendTotal.${first?.dimension ?? ''}.${currency}`, {
        currency,
        people: sum((line) => line.people),
        seats: sum((line) => line.seats),
        unpricedSeats: sum((line) => line.unpricedSeats),
        monthlyMinor: sum((line) => line.monthlyMinor),
        annualMinor: sum((line) => line.annualMinor),
      }),
      createElement('td'),
    ],
  });
}

function numbers(name: string, line: Omit<SpendLine, 'dimension' | 'value'>): HTMLElement[] {
  const { currency, people, seats, unpricedSeats, monthlyMinor, annualMinor } = line;
  // To the nearest minor unit; nobody holds a seat of a line without people.
  const perPerson = people === 0 ? null : Math.round(monthlyMinor / people);
  const count = (part: string, value: number): HTMLElement =>
    cell(createNumber(`${name}.${part}`, value, formatCount(value)));
  const amount = (part: string, minor: number | null): HTMLElement =>
    cell(createNumber(`${name}.${part}`, minor, money(minor, currency)));
  return [
    count('people', people),
    count('seats', seats),
    count('unpricedSeats', unpricedSeats),
    amount('monthly', monthlyMinor),
    amount('annual', annualMinor),
    amount('perPerson', perPerson),
  ];
}

function cell(content: Node): HTMLElement {
  return createElement('td', { class: 'number', children: [content] });
}
