import type { PositionTotals } from '../../src/shared/reconciliationContract';
import { createElement, createIcon } from '../common/createElement';
import { countOf, formatCount } from '../common/displayFormats';
import { partialSumText } from './positionWords';

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly remark: string;
  readonly tone?: 'bad' | 'caution';
}

/** The numbers at the head of the page. */
export function createFigures(totals: PositionTotals): HTMLElement {
  const figures: Figure[] = [
    {
      label: 'Entitled',
      value: formatCount(totals.entitled),
      remark: totals.inGrace > 0 ? `${formatCount(totals.inGrace)} in grace` : 'may be used now',
    },
    {
      label: 'Consumed',
      value: formatCount(totals.consumed),
      remark: `of ${countOf(totals.licenses, 'license')}`,
    },
    {
      label: 'Short now',
      value: formatCount(totals.shortfallNow),
      remark:
        totals.licensesShort > 0 ? `in ${countOf(totals.licensesShort, 'license')}` : 'nothing is short',
      ...(totals.shortfallNow > 0 && { tone: 'bad' as const }),
    },
    {
      label: 'Short after grace',
      value: formatCount(totals.shortfallNow + totals.shortfallSoon),
      remark: totals.shortfallSoon > 0 ? `${formatCount(totals.shortfallSoon)} more than now` : 'same as now',
      ...(totals.shortfallSoon > 0 && { tone: 'caution' as const }),
    },
    { label: 'Unassigned', value: formatCount(totals.unassigned), remark: 'held by nobody' },
    { label: 'Active seats', value: partialSumText(totals.active), remark: 'used lately' },
    { label: 'Inactive seats', value: partialSumText(totals.inactive), remark: 'not used lately' },
    { label: 'Never active seats', value: partialSumText(totals.never), remark: 'never used' },
  ];
  return createElement('dl', {
    class: 'figures',
    children: figures.map((figure) =>
      createElement('div', {
        class: `figure ${figure.tone ?? ''}`.trimEnd(),
        children: [
          createElement('dt', { text: figure.label }),
          createElement('dd', {
            class: 'figure-value',
            children: [
              ...(figure.tone === undefined ? [] : [createIcon(figure.tone === 'bad' ? 'error' : 'warning')]),
              figure.value,
            ],
          }),
          createElement('dd', { class: 'remark', text: figure.remark }),
        ],
      }),
    ),
  });
}
