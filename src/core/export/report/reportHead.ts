import { markup, nothing, type Markup } from './markup';
import type { ReportData } from './reportData';
import { counted, countText, dayText, momentText, moneyText } from './reportFormats';
import { firstActions, possible, summarySection } from './reportSummary';
import { name } from './reportTable';

/** Whose report this is. */
export function reportTitle(data: ReportData): string {
  const [only] = data.tenants;
  if (only === undefined) return 'Microsoft 365 licenses';
  const whose = data.tenants.length === 1 ? only.displayName : `${countText(data.tenants.length)} tenants`;
  return `Microsoft 365 licenses of ${whose}`;
}

/** Title, age, the headline figures, the whole story in a few sentences, and what to do first. */
export function reportHead(data: ReportData): Markup {
  const evaluated = data.tenants
    .map((tenant) => tenant.evaluatedOn)
    .filter((day) => day !== null)
    .sort();
  const [oldest] = evaluated;
  return markup`<header>
      <p class="overline">License report</p>
      <h1>${name(reportTitle(data))}</h1>
      <p class="muted">
        ${oldest === undefined ? 'Nothing was imported yet.' : `Numbers as of ${dayText(oldest)}.`} Written on
        ${momentText(data.createdAt)}.
      </p>
      ${data.namesHidden ? markup`<p class="notice">Names of people are replaced by pseudonyms. The same person has the same pseudonym in every file from this computer.</p>` : nothing}
    </header>
    <nav aria-label="Contents">
      <ul>
        ${firstActions(data).length === 0 ? nothing : markup`<li><a href="#first">What to do first</a></li>`}
        <li><a href="#savings">Savings</a></li>
        <li><a href="#position">Position</a></li>
        <li><a href="#spend">Spend</a></li>
        <li><a href="#findings">Findings</a></li>
        <li><a href="#left-out">Left out and unknown</a></li>
        <li><a href="#method">How the numbers are made</a></li>
      </ul>
    </nav>
    ${figures(data)} ${summarySection(data)}`;
}

interface Figure {
  readonly label: string;
  readonly values: readonly string[];
  readonly tone?: 'bad' | 'good';
  readonly remark: string;
}

function figures(data: ReportData): Markup {
  const { totals, coverage } = data;
  const atLeast = (complete: boolean): string => (complete ? '' : '≥ ');
  const annual = data.spend.flatMap(({ currency, annualMinor }) =>
    annualMinor === null ? [] : [`${atLeast(!coverage.lowerBound)}${moneyText(annualMinor, currency)}`],
  );
  const savings = possible(data);
  const idle = totals.inactive.value + totals.never.value;
  const idleIsComplete = totals.inactive.complete && totals.never.complete;
  const all: Figure[] = [
    {
      label: 'Spend per year',
      values: annual.length === 0 ? ['unknown'] : annual,
      remark: coverageText(data),
    },
    {
      label: 'Found savings per month',
      values:
        savings.length === 0
          ? [data.spend.length === 0 ? 'unknown' : 'none']
          : savings.map(({ minor, currency }) => moneyText(minor, currency)),
      ...(savings.length > 0 && { tone: 'good' as const }),
      remark: 'seats that nobody needs and units nobody holds',
    },
    {
      label: 'Short now',
      values: [countText(totals.shortfallNow)],
      ...(totals.shortfallNow > 0 && { tone: 'bad' as const }),
      remark: `units, in ${counted(totals.licensesShort, 'license')}${totals.shortfallSoon > 0 ? `; ${countText(totals.shortfallSoon)} more after grace` : ''}`,
    },
    {
      label: 'In use',
      values: [countText(totals.consumed)],
      remark: `of ${counted(totals.entitled, 'unit')}`,
    },
    {
      label: 'Not used',
      values: [`${atLeast(idleIsComplete)}${countText(idle)}`],
      remark: `${countText(totals.inactive.value)} inactive, ${countText(totals.never.value)} never active`,
    },
    {
      label: 'Use unknown',
      values: [`${atLeast(totals.unknown.complete)}${countText(totals.unknown.value)}`],
      remark: 'seats; never counted as waste',
    },
    {
      label: 'Held by nobody',
      values: [countText(totals.unassigned)],
      remark: 'units, beyond what is kept free',
    },
    {
      label: 'Verified savings per month',
      values:
        data.verified.amounts.length === 0
          ? ['none yet']
          : data.verified.amounts.map(({ minor, currency }) => moneyText(minor, currency)),
      remark: 'gone at a later import',
    },
  ];
  return markup`<dl class="figures">
    ${all.map(
      ({ label, values, tone, remark }) =>
        markup`<div class="figure">
          <dt>${label}</dt>
          ${values.map((value) => markup`<dd class="value${tone === undefined ? '' : ` ${tone}`}">${value}</dd>`)}
          <dd class="remark">${remark}</dd>
        </div> `,
    )}
  </dl>`;
}

/** How much of the seats the money covers. */
export function coverageText({ coverage }: ReportData): string {
  const { pricedSeats, totalSeats, lowerBound } = coverage;
  if (pricedSeats === null || totalSeats === null) return 'users were never imported';
  if (totalSeats === 0) return 'no seat is known';
  const bound = lowerBound ? '; a lower bound, since prices are missing' : '';
  return `prices for ${countText(pricedSeats)} of ${counted(totalSeats, 'seat')}${bound}`;
}
