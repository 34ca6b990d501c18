import { findingAdvice, findingSentence, findingTitle } from '../../src/shared/findingWords';
import { countOf, formatCount, formatDay } from '../common/displayFormats';
import { amountText } from './findingColumns';
import type { FindingNodeValue } from './findingNodes';
import { licenseSentence } from './positionWords';

/** The row in whole sentences, for the line below the grid: what it says, what it costs, what to do. */
export function nodeDetails(value: FindingNodeValue): { readonly text: string; readonly advice: string } {
  switch (value.type) {
    case 'license':
      return {
        text: `${licenseSentence(value.row)} Bought for ${perMonthAndYear(value)}.`,
        advice: 'Enter opens the license; on Consumed, the users who hold it. Right opens its findings.',
      };
    case 'group':
      return {
        text: [
          `${findingTitle(value.group.kind)}${value.group.name === null ? '' : `, ${value.group.name}`}:`,
          amounts(value, value.group.seats),
        ].join(' '),
        advice: [
          findingAdvice(value.group.kind),
          value.group.users > 0 ? 'Enter shows the users concerned.' : '',
        ].join(' '),
      };
    case 'kind':
      return {
        text: `${findingTitle(value.group.kind)}: ${countOf(value.group.findings, 'finding')}, ${amounts(value, value.group.seats)}`,
        advice: findingAdvice(value.group.kind),
      };
    case 'finding':
      return {
        text: findingSentence(value.finding, { count: formatCount, day: formatDay }),
        advice: findingAdvice(value.finding.kind),
      };
  }
}

function amounts(value: FindingNodeValue, seats: number): string {
  const units = countOf(seats, 'seat or unit', 'seats or units');
  const cost = perMonthAndYear(value);
  return cost === '' ? `${units}.` : `${units}, ${cost}.`;
}

function perMonthAndYear(value: FindingNodeValue): string {
  const [month, year] = [amountText(value, 1), amountText(value, 12)];
  if (month === '' || month === 'free') return month;
  return month === 'unknown' ? 'an unknown amount' : `${month} a month, ${year} a year`;
}
