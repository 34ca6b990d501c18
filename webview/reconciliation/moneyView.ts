import type {
  ReconciliationMoney,
  RealisableLine,
  SpendAmount,
  VerifiedLine,
} from '../../src/shared/reconciliationMoney';
import { createElement, createIcon } from '../common/createElement';
import { countOf, formatCount, formatDay, money } from '../common/displayFormats';
import { createFigureList, createNamed, createNumber, type TrendingFigure } from './figures';
import { trendText } from './positionWords';

/** What is spent: a figure per currency, and how much of it is known. */
export function createSpendFigures({
  spend,
  pricedSeats,
  totalSeats,
  lowerBound,
}: ReconciliationMoney): HTMLElement {
  if (spend.length === 0) {
    return createElement('p', {
      class: 'summary',
      children: [
        'Annual spend: unknown. No license has a price yet; enter purchases on a license’s page or import a price book. ',
        ...coverage(pricedSeats, totalSeats),
      ],
    });
  }
  return createElement('div', {
    children: [
      createFigureList(spend.map((amount) => spendFigure(amount, lowerBound))),
      createElement('p', {
        class: 'summary',
        children: [
          ...coverage(pricedSeats, totalSeats),
          ...(lowerBound ? [' Something has none, so every total is a ', strong('lower bound'), '.'] : []),
          ...(spend.length > 1 ? [' Currencies are never added up.'] : []),
        ],
      }),
    ],
  });
}

function coverage(pricedSeats: number | null, totalSeats: number | null): (Node | string)[] {
  if (pricedSeats === null || totalSeats === null) {
    return ['Users were never imported, so it is unknown which seats people hold.'];
  }
  return [
    createNumber('spend.pricedSeats', pricedSeats, formatCount(pricedSeats)),
    ' of ',
    createNumber('spend.totalSeats', totalSeats, formatCount(totalSeats)),
    ' seats have a price.',
  ];
}

function spendFigure(amount: SpendAmount, lowerBound: boolean): TrendingFigure {
  const { currency, monthlyMinor, annualMinor, assignedAnnualMinor, assignedLowerBound } = amount;
  const figure = (name: string, minor: number, isBound = lowerBound): HTMLElement =>
    createNumber(
      `spend.${name}.${currency}`,
      minor,
      money(minor, currency, { lowerBound: isBound }),
      !isBound,
    );
  const points = amount.history.map((point) => ({ at: point.at, value: point.monthlyMinor }));
  const trend = { points, present: monthlyMinor, previous: amount.previousMonthlyMinor };
  const text = trendText(trend, (minor) => `${money(minor, currency)} a month`, {
    more: 'more',
    less: 'less',
  });
  return {
    label: `Annual spend, ${currency}`,
    value: figure('annual', annualMinor),
    remark: [
      figure('monthly', monthlyMinor),
      ' a month; the seats that people hold: ',
      ...(assignedAnnualMinor === null
        ? [createNumber(`spend.assignedAnnual.${currency}`, null, 'unknown', false)]
        : [figure('assignedAnnual', assignedAnnualMinor, assignedLowerBound), ' a year']),
    ],
    trend: text === null ? undefined : { name: `trend.spend.${currency}`, trend, text },
  };
}

/** What can be saved and what was: now, at renewal, verified, with the buckets behind. */
export function createSavings(data: ReconciliationMoney): HTMLElement {
  return createElement('div', {
    children: [
      createElement('div', {
        class: 'savings-cards',
        children: [
          card(
            'Can be saved now',
            'Monthly terms, and purchases that freed seats spare',
            nowLines(data.realisable),
          ),
          card('At renewal', 'What longer terms need not renew', renewalLines(data.realisable)),
          card('Verified', 'Gone at a later import', verifiedLines(data.verified), 'verified'),
        ],
      }),
      createElement('p', {
        class: 'note pad',
        children: [
          createIcon('info'),
          createElement('span', {
            text: 'An estimate is not a refund: only verified savings are a result. Amounts are per month.',
          }),
        ],
      }),
    ],
  });
}

interface CardLine {
  readonly amount: Node;
  readonly remark: readonly (Node | string)[];
}

function card(title: string, explanation: string, lines: readonly CardLine[], tone = ''): HTMLElement {
  return createElement('div', {
    class: `savings-card ${tone}`.trimEnd(),
    children: [
      createElement('h3', { text: title }),
      createElement('p', { class: 'remark', text: explanation }),
      ...(lines.length === 0
        ? [createElement('p', { class: 'savings-none', text: 'nothing' })]
        : lines.map(({ amount, remark }) =>
            createElement('p', {
              class: 'savings-line',
              children: [
                createElement('span', { class: 'savings-amount', children: [amount] }),
                createElement('span', { class: 'remark', children: remark }),
              ],
            }),
          )),
    ],
  });
}

function nowLines(lines: readonly RealisableLine[]): CardLine[] {
  return lines
    .filter((line) => line.nowUnits > 0)
    .map((line) => ({
      amount: amountOf('savings.now', line.currency, line.nowMinor),
      remark: [units('savings.now', line.currency, line.nowUnits, 'unit')],
    }));
}

function renewalLines(lines: readonly RealisableLine[]): CardLine[] {
  return lines
    .filter((line) => line.renewalUnits > 0)
    .map((line) => ({
      amount: amountOf('savings.renewal', line.currency, line.renewalMinor),
      remark: [
        units('savings.renewal', line.currency, line.renewalUnits, 'unit'),
        ...(line.firstRenewal === null
          ? []
          : [', first on ', day('savings.renewal', line.currency, 'first', line.firstRenewal)]),
      ],
    }));
}

function verifiedLines(lines: readonly VerifiedLine[]): CardLine[] {
  return lines.map((line) => ({
    amount: amountOf('savings.verified', line.currency, line.monthlyMinor),
    remark: [
      units('savings.verified', line.currency, line.seats, 'seat'),
      ', last on ',
      day('savings.verified', line.currency, 'last', line.lastVerifiedAt.slice(0, 10)),
    ],
  }));
}

/** Without a price the saving is unknown, not zero. */
function amountOf(name: string, currency: string | null, minor: number | null): HTMLElement {
  return createNumber(
    `${name}.${currency ?? 'unpriced'}`,
    minor,
    currency === null || minor === null ? 'unknown' : money(minor, currency),
    minor !== null,
  );
}

/** How many units or seats an amount is about. */
function units(name: string, currency: string | null, count: number, noun: string): HTMLElement {
  return createNumber(`${name}.${currency ?? 'unpriced'}.${noun}s`, count, countOf(count, noun));
}

/** @param iso `YYYY-MM-DD` */
function day(name: string, currency: string | null, part: string, iso: string): HTMLElement {
  return createNamed(`${name}.${currency ?? 'unpriced'}.${part}`, iso, formatDay(iso));
}

function strong(text: string): HTMLElement {
  return createElement('strong', { text });
}
