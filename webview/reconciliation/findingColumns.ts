import { minorDigits } from '../../src/shared/currencyDigits';
import { findingAdvice, findingSentence, findingSeverity, findingTitle } from '../../src/shared/findingWords';
import type { FindingRow, MonthlyAmount } from '../../src/shared/reconciliationFindings';
import { createElement, createHiddenText, createIcon } from '../common/createElement';
import { countOf, formatCount, formatDay, money } from '../common/displayFormats';
import type { ColumnDefinition } from '../grid/columns';
import type { TreeRow } from '../grid/treeRows';
import type { FindingNodeValue } from './findingNodes';
import { licenseName, notCountedText } from './positionWords';

/** A column of a tree of licenses and findings. */
export type NodeColumn = ColumnDefinition<TreeRow<FindingNodeValue>>;

/** What cells ask of the page. */
export interface NodeEvents {
  readonly onToggle: (row: TreeRow<FindingNodeValue>) => void;
  readonly onOpen: (value: FindingNodeValue, column: string) => void;
}

const formats = { count: formatCount, day: formatDay };
const severityIcons = { error: 'error', warning: 'warning', info: 'info' } as const;
const severityWords = { error: 'Act now', warning: 'Look at it', info: 'Good to know' } as const;

/** The severities in words, for a filter. */
export const severities = Object.entries(severityWords).map(([value, label]) => ({ value, label }));

/** The first column: the license, the kind of finding or whom it concerns, with what opens the row. */
export function nameColumn(
  title: string,
  events: NodeEvents,
  sortId = 'skuPartNumber',
  sortable = true,
): NodeColumn {
  return {
    id: sortId,
    title,
    width: 280,
    align: 'start',
    sortable,
    text: ({ value }) => nodeName(value),
    copy: ({ value }) => nodeName(value),
    render: (cell, row) => {
      cell.append(createTwistie(row, events));
      const kind = kindOf(row.value);
      if (kind !== null && row.value.type !== 'finding') {
        const severity = findingSeverity(kind);
        cell.append(createIcon(severityIcons[severity], `tone-${severity}`));
        cell.append(createHiddenText(`${severityWords[severity]}: `));
      }
      const name = createElement('span', { class: 'cell-link', text: nodeName(row.value) });
      name.addEventListener('click', () => events.onOpen(row.value, sortId));
      cell.append(name);
    },
  };
}

/** A column of texts that are copied as they are shown. */
export function textColumn(
  column: Pick<NodeColumn, 'id' | 'title' | 'width'> & { readonly sortable?: boolean },
  text: (value: FindingNodeValue) => string,
): NodeColumn {
  const ofRow = ({ value }: TreeRow<FindingNodeValue>): string => text(value);
  return { align: 'start', sortable: false, ...column, text: ofRow, copy: ofRow };
}

/** Why, and what to do. */
export const whyColumn: NodeColumn = {
  ...textColumn({ id: 'why', title: 'Findings and What to Do', width: 330 }, why),
  tooltip: ({ value }) => why(value),
};

/** The tenant of a license or a finding, where the page shows several tenants. */
export function tenantColumns(
  tenantName: ((tenantId: string) => string) | null,
  sortable: boolean,
): readonly NodeColumn[] {
  if (tenantName === null) return [];
  return [
    textColumn({ id: 'tenantId', title: 'Tenant', width: 140, sortable }, (value) => {
      switch (value.type) {
        case 'license':
          return tenantName(value.row.tenantId);
        case 'finding':
          return tenantName(value.finding.tenantId);
        case 'group':
        case 'kind':
          return '';
      }
    }),
  ];
}

/** Seats or units. */
export const seatsColumn: NodeColumn = {
  id: 'seats',
  title: 'Seats',
  description: 'Seats or units that a finding concerns; of a license, the seats that people hold',
  width: 82,
  align: 'end',
  sortable: false,
  text: ({ value }) => orUnknown(seatsOf(value)),
  copy: ({ value }) => String(seatsOf(value) ?? ''),
};

/** Money per month and per year: of a license what is bought, of a finding what it is about. */
export const moneyColumns: readonly NodeColumn[] = [
  { ...amountColumn('perMonth', 'Per Month', 1) },
  { ...amountColumn('perYear', 'Per Year', 12) },
];

function amountColumn(id: string, title: string, months: 1 | 12): NodeColumn {
  const text = (value: FindingNodeValue): string => amountText(value, months);
  return {
    id,
    title,
    description: 'Of a license what its purchases cost; of a finding what could be saved or is at stake',
    width: 112,
    align: 'end',
    sortable: false,
    text: ({ value }) => text(value),
    copy: ({ value }) => amountsOf(value, months).amounts.map(plainMoney).join(' + '),
    tooltip: ({ value }) => text(value),
  };
}

/** The name of a row. */
export function nodeName(value: FindingNodeValue): string {
  switch (value.type) {
    case 'license':
      return licenseName(value.row);
    case 'group':
    case 'kind':
      return `${findingTitle(value.group.kind)} (${formatCount(value.group.findings)})`;
    case 'finding':
      return (
        personName(value.finding) ?? value.finding.productName ?? value.finding.skuPartNumber ?? 'The tenant'
      );
  }
}

/** Kind of a row that is about findings. */
export function kindOf(value: FindingNodeValue): string | null {
  switch (value.type) {
    case 'license':
      return null;
    case 'group':
    case 'kind':
      return value.group.kind;
    case 'finding':
      return value.finding.kind;
  }
}

function personName(finding: FindingRow): string | null {
  return finding.displayName ?? finding.userPrincipalName ?? finding.userId;
}

function why(value: FindingNodeValue): string {
  switch (value.type) {
    case 'license':
      return licenseRemarks(value);
    case 'group':
    case 'kind':
      return findingAdvice(value.group.kind);
    case 'finding':
      return findingSentence(value.finding, formats);
  }
}

function licenseRemarks({ row, findings }: Extract<FindingNodeValue, { type: 'license' }>): string {
  return [
    row.shortfallNow > 0 ? `${formatCount(row.shortfallNow)} short now` : null,
    row.shortfallSoon > 0 ? `${formatCount(row.shortfallSoon)} more short when grace ends` : null,
    row.notCounted === null ? null : `not counted: ${notCountedText(row.notCounted)}`,
    row.entitlementLimit === 'unlimited' ? 'unlimited' : null,
    row.entitlementLimit === 'subjectToTrueUp' ? 'subject to true-up' : null,
    row.isTrial ? 'trial' : null,
    row.excludedFromAlerts ? 'excluded from alerts' : null,
    findings > 0 ? countOf(findings, 'finding') : null,
  ]
    .filter((remark) => remark !== null)
    .join(' · ');
}

function seatsOf(value: FindingNodeValue): number | null {
  if (value.type === 'license') return value.row.seats;
  return value.type === 'finding' ? value.finding.seats : value.group.seats;
}

/** Money of a row: of a license what is bought, of findings what they are about; empty where there is none. */
export function amountText(value: FindingNodeValue, months: 1 | 12): string {
  if (value.type === 'license' && value.row.notCounted === 'free' && value.row.bought.length === 0)
    return 'free';
  const { amounts, incomplete } = amountsOf(value, months);
  if (amounts.length === 0) return incomplete ? 'unknown' : '';
  // Side by side, never added; a part without a price makes them a lower bound.
  return amounts
    .map(({ currency, monthlyMinor }) => money(monthlyMinor, currency, { lowerBound: incomplete }))
    .join(' + ');
}

function amountsOf(
  value: FindingNodeValue,
  months: 1 | 12,
): { readonly amounts: readonly MonthlyAmount[]; readonly incomplete: boolean } {
  switch (value.type) {
    case 'license': {
      const { bought, costIncomplete } = value.row;
      return {
        // A year of a purchase is not twelve rounded months.
        amounts: bought.map(({ currency, monthlyMinor, annualMinor }) => ({
          currency,
          monthlyMinor: months === 1 ? monthlyMinor : annualMinor,
        })),
        incomplete: costIncomplete,
      };
    }
    case 'finding': {
      const { monthlyMinor, currency } = value.finding;
      if (monthlyMinor === null) return { amounts: [], incomplete: true };
      const amounts = currency === null ? [] : [{ currency, monthlyMinor: monthlyMinor * months }];
      return { amounts, incomplete: false };
    }
    case 'group':
    case 'kind':
      return {
        amounts: value.group.amounts.map(({ currency, monthlyMinor }) => ({
          currency,
          monthlyMinor: monthlyMinor * months,
        })),
        incomplete: value.group.unpricedSeats > 0,
      };
  }
}

/** An amount for a spreadsheet: a decimal number with a point, and the code of the currency. */
function plainMoney({ currency, monthlyMinor }: MonthlyAmount): string {
  const digits = minorDigits(currency);
  return `${(monthlyMinor / 10 ** digits).toFixed(digits)} ${currency}`;
}

function orUnknown(value: number | null): string {
  return value === null ? 'unknown' : formatCount(value);
}

function createTwistie(row: TreeRow<FindingNodeValue>, events: NodeEvents): HTMLElement {
  const indent = createElement('span', { class: 'tree-indent', attributes: { 'aria-hidden': 'true' } });
  indent.style.width = `${(row.level - 1) * 16}px`;
  const twistie = createIcon(
    row.expanded === null ? 'blank' : row.expanded ? 'chevron-down' : 'chevron-right',
    'twistie',
  );
  if (row.expanded !== null) twistie.addEventListener('click', () => events.onToggle(row));
  return createElement('span', { class: 'tree-lead', children: [indent, twistie] });
}
