import { findingAdvice, findingSeverity, findingTitle } from '../../../shared/findingWords';
import { markup, nothing, type Markup } from './markup';
import type { ReportAmount, ReportData, ReportFindingGroup } from './reportData';
import { amountsText, counted, countText, moneyText } from './reportFormats';

/** How many things to do are named before all findings. */
const mostActions = 5;

/** The whole story in a few sentences, and what to do first. */
export function summarySection(data: ReportData): Markup {
  if (data.totals.licenses === 0) return markup`<p class="lead">There is no license to report on.</p>`;
  const points = [moneySentences(data), shortSentences(data), useSentences(data)];
  return markup`<ul class="lead">
      ${points.map((sentences) => markup`<li>${sentences.join(' ')}</li> `)}
    </ul>
    ${actions(data)}`;
}

function moneySentences(data: ReportData): string[] {
  const annual = data.spend.flatMap(({ currency, annualMinor }): ReportAmount[] =>
    annualMinor === null ? [] : [{ currency, minor: annualMinor }],
  );
  const savings = possible(data);
  const spent =
    annual.length === 0
      ? 'What is spent is unknown: no prices were entered.'
      : `The purchases that are valid cost ${data.coverage.lowerBound ? 'at least ' : ''}${amountsText(annual)} a year.`;
  if (savings.length === 0) return [spent];
  const shares = savings.flatMap(({ currency, minor }) => {
    const monthly = data.spend.find((row) => row.currency === currency)?.monthlyMinor ?? 0;
    return monthly > 0 ? [`${countText((minor / monthly) * 100)} %`] : [];
  });
  // Of a spend that is known in part a share would say too much.
  const share =
    !data.coverage.lowerBound && shares.length === savings.length
      ? `, ${shares.join(' and ')} of what is bought`
      : '';
  const yearly = savings.map(({ currency, minor }) => moneyText(minor * 12, currency)).join(' and ');
  return [
    spent,
    `Found savings: ${amountsText(savings)} per month (${yearly} a year)${share}.`,
    'They are an estimate until a later import proves them.',
  ];
}

function shortSentences({ totals }: ReportData): string[] {
  return [
    totals.licensesShort === 0
      ? 'Nothing is short today.'
      : `${counted(totals.licensesShort, 'license')} ${totals.licensesShort === 1 ? 'is' : 'are'} short by ${counted(totals.shortfallNow, 'unit')}${totals.licensesShort === 1 ? '' : ' together'}.`,
    ...(totals.shortfallSoon > 0
      ? [`${counted(totals.shortfallSoon, 'more unit')} will be missing when grace periods end.`]
      : []),
  ];
}

function useSentences({ totals }: ReportData): string[] {
  const idle = totals.inactive.value + totals.never.value;
  return [
    `${counted(totals.licenses, 'license')} ${totals.licenses === 1 ? 'counts' : 'count'}: ${counted(totals.entitled, 'unit')} to use, ${countText(totals.consumed)} in use.`,
    ...(idle > 0 || totals.unassigned > 0
      ? [
          `${counted(idle, 'seat')} ${idle === 1 ? 'was' : 'were'} not used, and ${counted(totals.unassigned, 'unit')} ${totals.unassigned === 1 ? 'is' : 'are'} held by nobody.`,
        ]
      : []),
    ...(totals.unknown.value > 0
      ? [
          `Of ${counted(totals.unknown.value, 'seat')} the use is unknown; ${totals.unknown.value === 1 ? 'it is' : 'they are'} in no saving.`,
        ]
      : []),
  ];
}

/** The kinds of findings to begin with: what is urgent, then what saves most. */
export function firstActions({ totals, findings, buckets }: ReportData): ReportFindingGroup[] {
  if (totals.licenses === 0) return [];
  const urgent = findings.filter(({ kind }) => findingSeverity(kind) === 'error');
  const saving = buckets.flatMap(({ bucket, amounts }) =>
    amounts.some(({ minor }) => minor > 0)
      ? findings.filter((group) => group.kind === bucket && !urgent.includes(group))
      : [],
  );
  return [...urgent, ...saving].slice(0, mostActions);
}

/** Each leads to its findings. */
function actions(data: ReportData): Markup {
  const first = firstActions(data);
  if (first.length === 0) return nothing;
  return markup`<h2 id="first">What to do first</h2>
    <ol class="actions">
      ${first.map(
        (group) =>
          markup`<li>
            <a href="#${findingAnchor(group.kind)}">${findingTitle(group.kind)}</a>
            <span class="worth">${sizeOf(group)}</span>
            <span class="advice">${findingAdvice(group.kind)}</span>
          </li> `,
      )}
    </ol>`;
}

function sizeOf(group: ReportFindingGroup): string {
  const seats = counted(group.seats, group.people > 0 ? 'seat' : 'unit');
  const yearly = group.amounts.map(({ currency, minor }) => moneyText(minor * 12, currency)).join(' and ');
  if (yearly === '') return seats;
  return `${seats}, ${yearly} a year ${group.isSavings ? 'to save' : 'at stake'}`;
}

/** Where the findings of a kind stand. */
export function findingAnchor(kind: string): string {
  return `findings-${kind}`;
}

/** What all buckets together would save per month, by currency. */
export function possible(data: ReportData): ReportAmount[] {
  const sums = new Map<string, number>();
  for (const { amounts } of data.buckets) {
    for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  return [...sums]
    .filter(([, minor]) => minor > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ currency, minor }));
}
