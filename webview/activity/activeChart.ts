import type { ActivityPeriod } from '../../src/shared/activityAges';
import type { ActivityScope, ServiceCounts } from '../../src/shared/activityContract';
import { serviceTitle } from '../../src/shared/serviceWords';
import { createElement } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { createSvg } from '../common/svg';
import { activeCount, chartSummary, countText, percentOf, periodPhrase } from './activityWords';

/** What is charted. */
export interface ChartSubject {
  readonly entries: readonly ServiceCounts[];
  readonly scope: ActivityScope;
  readonly period: ActivityPeriod;
  readonly evaluatedOn: string | null;
}

/** Bars of active users within those who hold each service. The table under it has the same numbers. */
export function createActiveChart(subject: ChartSubject): HTMLElement {
  const { entries, scope, period, evaluatedOn } = subject;
  const counts = entries.map((entry) => activeCount(entry, scope, period, evaluatedOn));
  const end = Math.max(1, ...entries.map(({ holders }) => holders), ...counts.map(({ value }) => value));
  return createElement('div', {
    class: 'bars',
    children: [
      createElement('p', { class: 'summary', text: chartSummary(entries, scope, period, evaluatedOn) }),
      createLegend(period),
      // What a screen reader needs is the sentence above and the table below.
      createElement('div', {
        attributes: { 'aria-hidden': 'true' },
        children: entries.map((entry, index) => {
          const count = counts[index] ?? { value: 0, worth: 'unknown' };
          const share = count.worth === 'unknown' ? null : percentOf(count.value, entry.holders);
          return createElement('div', {
            class: 'bar-row',
            children: [
              createElement('span', { class: 'bar-name', text: serviceTitle(entry.service) }),
              createBar(entry.holders / end, count.worth === 'unknown' ? null : count.value / end),
              createElement('span', {
                class: 'bar-numbers',
                children: [
                  createElement('span', { text: `${countText(count)} / ${formatCount(entry.holders)}` }),
                  createElement('span', {
                    class: 'muted',
                    text:
                      count.worth === 'unknown'
                        ? 'unknown'
                        : scope === 'everyone' || share === null
                          ? ''
                          : `${formatCount(share)}%`,
                  }),
                ],
              }),
            ],
          });
        }),
      }),
    ],
  });
}

/** A bar: who holds the service, and within it who used it; null: unknown. */
function createBar(holders: number, active: number | null): SVGElement {
  const part = (share: number, name: string): SVGElement =>
    createSvg('rect', { x: 0, y: 1, width: `${share * 100}%`, height: 14, class: name });
  return createSvg('svg', { class: 'bar', height: 16, width: '100%' }, [
    part(holders, active === null ? 'bar-unknown' : 'bar-holders'),
    ...(active === null ? [] : [part(active, 'bar-active')]),
  ]);
}

function createLegend(period: ActivityPeriod): HTMLElement {
  const entry = (name: string, text: string): HTMLElement =>
    createElement('li', {
      children: [
        createSvg('svg', { class: 'bar-swatch', width: 22, height: 12 }, [
          createSvg('rect', { x: 0.5, y: 0.5, width: 21, height: 11, class: name }),
        ]),
        text,
      ],
    });
  return createElement('ul', {
    class: 'chart-legend',
    attributes: { 'aria-label': 'Legend' },
    children: [
      entry('bar-active', `Active ${periodPhrase(period)}`),
      entry('bar-holders', 'Hold the service'),
      entry('bar-unknown', 'Use unknown'),
    ],
  });
}
