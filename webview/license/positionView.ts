import type { LicensePosition } from '../../src/shared/licensePosition';
import type { LicenseHead } from '../../src/shared/licenseContract';
import { createElement } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { createFigure, type Figure } from '../common/figure';
import { createPlainTable } from '../common/plainTable';
import { positionSentence, signedCount } from './licenseWords';

/** The signed position: the numbers, the sentence, and the units by their state. */
export function createPosition(head: LicenseHead, position: LicensePosition): HTMLElement[] {
  const unlimited = head.entitlementLimit === 'unlimited';
  const figures: Figure[] = [
    {
      label: 'Entitled',
      value: unlimited ? 'Unlimited' : formatCount(position.entitled),
      remark: [
        unlimited
          ? `${formatCount(position.entitled)} by the service`
          : position.inGrace > 0
            ? `${formatCount(position.enabled)} enabled + ${formatCount(position.inGrace)} in grace`
            : 'may be used now',
      ],
    },
    {
      label: 'Consumed',
      value: formatCount(position.consumed),
      remark: [
        position.seats === null ? 'by the service' : `${formatCount(position.seats)} seats counted by us`,
      ],
    },
    available('Available now', position.availableNow, unlimited, 'bad'),
    available('After grace', position.availableAfterGrace, unlimited, 'caution'),
    {
      label: 'Unassigned',
      value: formatCount(position.unassigned),
      remark: [head.buffer > 0 ? `beyond the buffer of ${formatCount(head.buffer)}` : 'held by nobody'],
    },
  ];
  return [
    createElement('dl', {
      class: 'figures',
      children: figures.map((figure) => createFigure(figure)),
    }),
    createElement('p', { class: 'summary', text: positionSentence(position, head.entitlementLimit) }),
    createPlainTable(
      'Units by state',
      [{ title: 'Units' }, { title: 'Number', numeric: true }, { title: 'What it means', wraps: true }],
      [
        ['Enabled', position.enabled, 'In force; these are yours until the term ends'],
        ['In grace', position.inGrace, 'The term has ended; they work until the subscription is disabled'],
        ['Suspended', position.suspended, 'Can be reactivated; shown, and count for nothing'],
        ['Locked out', position.lockedOut, 'Cancelled; shown, and count for nothing'],
      ].map(([state, count, meaning]) => ({
        class: count === 0 ? 'quiet' : '',
        cells: [String(state), formatCount(Number(count)), String(meaning)],
      })),
    ),
  ];
}

function available(label: string, units: number, unlimited: boolean, tone: 'bad' | 'caution'): Figure {
  return {
    label,
    value: signedCount(units),
    remark: [units < 0 ? (unlimited ? 'beyond the units of the service' : 'short') : 'spare'],
    ...(units < 0 && !unlimited && { tone }),
  };
}
