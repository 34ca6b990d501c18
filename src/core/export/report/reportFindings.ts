import { findingAdvice, findingSentence, findingTitle } from '../../../shared/findingWords';
import { markup, nothing, type Markup } from './markup';
import type { ReportData, ReportFinding, ReportFindingGroup } from './reportData';
import { amountsText, counted, countText, dayText, knownMoney } from './reportFormats';
import { findingAnchor } from './reportSummary';
import { name, table } from './reportTable';
import { tenantColumn } from './reportTenants';

const formats = { count: countText, day: dayText };

/** The findings by kind, each with its evidence in a sentence, its seats and its money. */
export function* findingsSection(data: ReportData): Generator<Markup> {
  yield markup`<section aria-labelledby="findings">
    <h2 id="findings">Findings</h2>
    ${data.findings.length === 0 ? markup`<p>Nothing was found.</p>` : markup`<p>What is worth acting on, most urgent first.</p>`}
`;
  for (const group of data.findings) yield kind(data, group);
  yield markup`</section>
`;
}

function kind(data: ReportData, group: ReportFindingGroup): Markup {
  const hidden = group.count - group.listed.length;
  const sums = [
    counted(group.count, 'finding'),
    group.people > 0 ? counted(group.people, 'person', 'people') : '',
    group.seats > 0 ? counted(group.seats, group.people > 0 ? 'seat' : 'unit') : '',
    group.amounts.length > 0
      ? `${amountsText(group.amounts)} per month ${group.isSavings ? 'to save' : 'at stake'}`
      : '',
  ].filter((part) => part !== '');
  return markup`<h3 id="${findingAnchor(group.kind)}">${findingTitle(group.kind)}</h3>
    <p class="sums">${sums.join(' · ')}</p>
    <p>${findingAdvice(group.kind)}</p>
    <details open>
      <summary>
        ${hidden === 0 ? 'All of them' : `The first ${countText(group.listed.length)} of ${countText(group.count)}, by cost`}
      </summary>
      ${table<ReportFinding>(
        [
          group.people > 0
            ? { title: 'Person', cell: person }
            : {
                title: 'License',
                cell: (row) =>
                  markup`${row.productName === null ? 'The whole tenant' : name(row.productName)}`,
              },
          ...(group.people > 0
            ? [
                {
                  title: 'License',
                  cell: (row: ReportFinding) =>
                    row.productName === null ? markup`–` : name(row.productName),
                },
              ]
            : []),
          ...tenantColumn<ReportFinding>(data),
          { title: 'Evidence', isSentence: true, cell: (row) => markup`${findingSentence(row, formats)}` },
          ...(group.people > 0
            ? []
            : [
                {
                  title: 'Units',
                  isNumber: true,
                  cell: (row: ReportFinding) =>
                    markup`${row.seats === null || row.seats === 0 ? '–' : countText(row.seats)}`,
                },
              ]),
          { title: 'Per month', isNumber: true, cell: (row) => markup`${amount(row)}` },
        ],
        group.listed,
        { caption: findingTitle(group.kind) },
      )}${hidden === 0 ? nothing : markup`<p class="muted small">${counted(hidden, 'more finding')} of this kind ${hidden === 1 ? 'is' : 'are'} not listed here and in all sums above. The export “findings” as CSV has all of them.</p>`}
    </details> `;
}

function person({ displayName, userPrincipalName }: ReportFinding): Markup {
  const shown = displayName ?? userPrincipalName ?? 'unknown';
  return markup`<span class="person">${name(shown)}</span>${userPrincipalName === null || userPrincipalName === shown ? nothing : markup`<span class="code">${name(userPrincipalName)}</span>`}`;
}

function amount({ monthlyMinor, currency, skuPartNumber }: ReportFinding): string {
  if (monthlyMinor === 0 || skuPartNumber === null) return '–';
  return knownMoney(monthlyMinor, currency);
}
