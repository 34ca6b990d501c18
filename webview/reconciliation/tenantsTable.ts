import type { TenantSummary } from '../../src/shared/reconciliationContract';
import type { ReconciliationMoney } from '../../src/shared/reconciliationMoney';
import { createElement, createIcon } from '../common/createElement';
import { formatCount, formatMoment, money } from '../common/displayFormats';
import { createTableHead } from '../common/plainTable';
import { createNumber } from './figures';
import { partialSumText } from './positionWords';

const heads = [
  'Licenses short now',
  'When grace ends',
  'Entitled',
  'Consumed',
  'Unassigned',
  'Inactive',
  'Never used',
  'Annual spend',
  'Savings found a month',
  'Findings',
];

/** One row per tenant with its headline figures; its name leads to its own reconciliation. */
export function createTenantsTable(
  tenants: readonly TenantSummary[],
  onOpen: (tenantId: string) => void,
): HTMLElement {
  return createElement('table', {
    class: 'plain-table',
    attributes: { 'aria-label': 'Tenants' },
    children: [
      createTableHead([{ title: 'Tenant' }, ...heads.map((title) => ({ title, numeric: true }))]),
      createElement('tbody', { children: tenants.map((tenant) => row(tenant, onOpen)) }),
    ],
  });
}

function row(summary: TenantSummary, onOpen: (tenantId: string) => void): HTMLElement {
  const { tenant, totals } = summary;
  const name = createElement('button', {
    class: 'link',
    text: tenant.displayName,
    attributes: { type: 'button', 'aria-description': 'Opens the reconciliation of this tenant.' },
  });
  name.addEventListener('click', () => onOpen(tenant.tenantId));
  const age =
    tenant.lastImportAt === null ? 'not imported yet' : `imported ${formatMoment(tenant.lastImportAt)}`;
  const figure = (part: string): string => `tenant.${tenant.tenantId}.${part}`;
  const count = (part: string, value: number): HTMLElement =>
    cell([createNumber(figure(part), value, formatCount(value))]);
  const after = totals.licensesShortAfterGrace;
  return createElement('tr', {
    children: [
      createElement('th', {
        attributes: { scope: 'row' },
        children: [name, createElement('div', { class: 'remark', text: age })],
      }),
      short(figure('licensesShortNow'), totals.licensesShort, 'error'),
      short(figure('licensesShortAfterGrace'), after, after > totals.licensesShort ? 'warning' : 'error'),
      count('entitled', totals.entitled),
      count('consumed', totals.consumed),
      count('unassigned', totals.unassigned),
      cell([
        createNumber(
          figure('inactive'),
          totals.inactive.value,
          partialSumText(totals.inactive),
          totals.inactive.complete,
        ),
      ]),
      cell([
        createNumber(
          figure('never'),
          totals.never.value,
          partialSumText(totals.never),
          totals.never.complete,
        ),
      ]),
      spend(summary.money, figure('spend')),
      savings(summary.money, figure('savings')),
      count('findings', summary.findings),
    ],
  });
}

function short(name: string, value: number, icon: string): HTMLElement {
  const number = createNumber(name, value, formatCount(value));
  return cell(value === 0 ? [number] : [createIcon(icon, `tone-${icon}`), ' ', number]);
}

function spend({ spend: amounts, lowerBound }: ReconciliationMoney, name: string): HTMLElement {
  if (amounts.length === 0) return cell([createElement('span', { class: 'muted', text: 'unknown' })]);
  return cell(
    amounts.map(({ currency, annualMinor }) =>
      line(
        createNumber(
          `${name}.annual.${currency}`,
          annualMinor,
          money(annualMinor, currency, { lowerBound }),
          !lowerBound,
        ),
      ),
    ),
  );
}

function savings({ savings: lines }: ReconciliationMoney, name: string): HTMLElement {
  const sums = new Map<string, number>();
  let unpriced = 0;
  for (const { currency, seats, monthlyMinor } of lines) {
    if (currency === null || monthlyMinor === null) unpriced += seats;
    else sums.set(currency, (sums.get(currency) ?? 0) + monthlyMinor);
  }
  const parts = [...sums].map(([currency, minor]) =>
    line(createNumber(`${name}.monthly.${currency}`, minor, money(minor, currency))),
  );
  if (unpriced > 0) {
    const text = `${formatCount(unpriced)} unpriced`;
    parts.push(line(createNumber(`${name}.unpricedSeats`, unpriced, text)));
  }
  return cell(parts.length === 0 ? ['–'] : parts);
}

function line(content: Node): HTMLElement {
  return createElement('div', { class: 'nowrap', children: [content] });
}

function cell(children: readonly (Node | string)[]): HTMLElement {
  return createElement('td', { class: 'number', children });
}
