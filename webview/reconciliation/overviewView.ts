import type { PositionRow, ReconciliationData } from '../../src/shared/reconciliationContract';
import { createElement } from '../common/createElement';
import { createChart } from './chartView';
import { createFigures } from './figures';
import { createSavings, createSpendFigures } from './moneyView';
import { summaryText } from './positionWords';
import { createSavingsTable } from './savingsTable';

/** What the overview asks of the page. */
export interface OverviewEvents {
  readonly onOpenLicense: (row: PositionRow) => void;
  readonly onChartAsTable: (asTable: boolean) => void;
}

/** The figures, the money and the chart. */
export function createOverview(
  data: ReconciliationData,
  options: {
    readonly chartAsTable: boolean;
    readonly tenantName: ((tenantId: string) => string) | null;
  },
  events: OverviewEvents,
): HTMLElement {
  return createElement('div', {
    children: [
      section('figures-title', 'Position', [
        createFigures(data),
        createElement('p', { class: 'summary', text: summaryText(data.totals) }),
      ]),
      section('spend-title', 'Spend', [createSpendFigures(data.money)]),
      section('savings-title', 'Savings', [createSavings(data.money)]),
      section(
        'chart-title',
        'Seats and units by license',
        [createChart(data.rows, options.tenantName, events.onOpenLicense, options.chartAsTable)],
        createChoice(options.chartAsTable, events.onChartAsTable),
      ),
      section('found-title', 'Savings found, by reason', [createSavingsTable(data.money.savings)]),
    ],
  });
}

function section(id: string, title: string, children: readonly Node[], action?: Node): HTMLElement {
  return createElement('section', {
    attributes: { 'aria-labelledby': id },
    children: [
      createElement('div', {
        class: 'section-head',
        children: [
          createElement('h2', { text: title, attributes: { id } }),
          ...(action === undefined ? [] : [action]),
        ],
      }),
      ...children,
    ],
  });
}

/** Chart or table. */
function createChoice(asTable: boolean, onChoose: (asTable: boolean) => void): HTMLElement {
  const button = (label: string, value: boolean): HTMLElement => {
    const element = createElement('button', {
      class: 'choice',
      text: label,
      attributes: {
        type: 'button',
        'aria-pressed': String(value === asTable),
        'data-chart': label.toLowerCase(),
      },
    });
    element.addEventListener('click', () => onChoose(value));
    return element;
  };
  return createElement('div', {
    class: 'choices',
    attributes: { role: 'group', 'aria-label': 'Show as' },
    children: [button('Chart', false), button('Table', true)],
  });
}
