import {
  seatVerdicts,
  type ComparedLicense,
  type LicenseData,
  type SeatCounts,
  type SeatVerdict,
  type ServiceUse,
} from '../../src/shared/licenseContract';
import { createElement } from '../common/createElement';
import { countOf, formatCount, formatDay, money } from '../common/displayFormats';
import { createPlainTable } from '../common/plainTable';
import { createUnknown } from '../common/unknownValue';
import { applicationName, verdictWords } from './licenseWords';
import { createJump } from './pageSection';

/** What a part of the page asks of it. */
export interface SeatActions {
  showUsers(verdict: SeatVerdict | null): void;
  openLicense(licenseId: string): void;
}

const percentFormat = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** Who holds the license, by how they use it: a bar, and a table that leads to the people. */
export function createSeats({ counts, services, head }: LicenseData, actions: SeatActions): HTMLElement[] {
  if (counts === null) {
    return [
      createElement('p', {
        class: 'muted',
        text: 'Nobody’s use is known yet. Import users and activity of the tenant.',
      }),
    ];
  }
  const seats = sumOf(counts);
  if (seats === 0) {
    const text =
      head.appliesTo === null || head.appliesTo === 'User'
        ? 'Nobody holds this license.'
        : 'This license is not assigned to people.';
    return [createElement('p', { class: 'muted', text })];
  }
  const shown = seatVerdicts.filter((verdict) => counts[verdict] > 0 || verdict !== 'notPerson');
  return [
    createElement('p', { class: 'summary', text: seatsSentence(counts) }),
    createBar(counts, seats),
    createPlainTable(
      'Seats by use',
      [
        { title: 'Use' },
        { title: 'Seats', numeric: true },
        { title: 'Share', numeric: true },
        { title: 'What it means', wraps: true },
      ],
      shown.map((verdict) => ({
        class: counts[verdict] === 0 ? 'quiet' : '',
        cells: [
          createElement('span', {
            class: 'with-swatch',
            children: [
              createElement('span', {
                class: `swatch verdict-${verdict}`,
                attributes: { 'aria-hidden': 'true' },
              }),
              verdictWords[verdict].title,
            ],
          }),
          counts[verdict] === 0
            ? '0'
            : createJump(
                formatCount(counts[verdict]),
                `verdict-${verdict}`,
                `Show these users: ${verdictWords[verdict].title}`,
                () => actions.showUsers(verdict),
              ),
          percentFormat.format(counts[verdict] / seats),
          verdictWords[verdict].meaning,
        ],
      })),
    ),
    ...createServices(services, seats),
  ];
}

/** The use of the seats in a sentence. */
export function seatsSentence(counts: SeatCounts): string {
  const seats = sumOf(counts);
  const idle = counts.inactive + counts.never;
  const unused =
    idle === 0
      ? 'None is known to be unused.'
      : `${countOf(idle, 'seat is', 'seats are')} held by people who do not use ${idle === 1 ? 'it' : 'them'}.`;
  const unknown =
    counts.unknown === 0 ? '' : ` Of ${formatCount(counts.unknown)} too little is known to say.`;
  return `${formatCount(counts.active)} of ${countOf(seats, 'seat')} ${counts.active === 1 ? 'is' : 'are'} in use. ${unused}${unknown}`;
}

function createBar(counts: SeatCounts, seats: number): HTMLElement {
  return createElement('div', {
    class: 'seat-bar',
    attributes: { 'aria-hidden': 'true' },
    children: seatVerdicts
      .filter((verdict) => counts[verdict] > 0)
      .map((verdict) => {
        const part = createElement('span', { class: `seat-part verdict-${verdict}` });
        part.style.flexGrow = String(counts[verdict] / seats);
        part.title = `${verdictWords[verdict].title}: ${formatCount(counts[verdict])}`;
        return part;
      }),
  });
}

function createServices(services: readonly ServiceUse[], seats: number): HTMLElement[] {
  if (services.length === 0) return [];
  return [
    createElement('h3', { class: 'sub-heading', text: 'Services that these people use' }),
    createPlainTable(
      'Services that holders use',
      [
        { title: 'Service' },
        { title: 'Lately', numeric: true, description: 'Holders with a use within the inactivity period' },
        { title: 'Earlier', numeric: true, description: 'Holders whose last use is longer ago' },
        { title: 'No Use Seen', numeric: true, description: 'Holders without any sign of use' },
        { title: 'Newest Use' },
      ],
      services.map(({ application, recent, earlier, lastUse }) => ({
        cells: [
          applicationName(application),
          `${formatCount(recent)} (${percentFormat.format(recent / seats)})`,
          formatCount(earlier),
          formatCount(Math.max(0, seats - recent - earlier)),
          lastUse === null ? createUnknown() : formatDay(lastUse),
        ],
      })),
    ),
  ];
}

/** License Differentiation: the use of this license beside the others of its family. */
export function createComparison(
  { compared, head }: LicenseData,
  actions: Pick<SeatActions, 'openLicense'>,
): HTMLElement[] {
  if (compared.length < 2) return [];
  const unlimited = compared.some(({ isUnlimited }) => isUnlimited);
  const entitled = compared.reduce((sum, license) => sum + license.entitled, 0);
  return [
    createElement('p', {
      class: 'summary',
      text: `${countOf(compared.length, 'license')} of the family ${head.family ?? ''}: ${
        unlimited ? 'unlimited units, because one of them is' : countOf(entitled, 'unit')
      }.`,
    }),
    createPlainTable(
      'Activity by license type',
      [
        { title: 'License', wraps: true },
        { title: 'Units', numeric: true },
        { title: 'Seats', numeric: true },
        { title: 'Use' },
        ...(['active', 'inactive', 'never', 'new', 'unknown'] as const).map((verdict) => ({
          title: verdictWords[verdict].title,
          numeric: true,
          description: verdictWords[verdict].meaning,
        })),
        { title: 'Unit per Month', numeric: true },
      ],
      compared.map((license) => ({
        class: license.licenseId === head.licenseId ? 'this-one' : '',
        cells: comparedCells(license, license.licenseId === head.licenseId, actions),
      })),
    ),
  ];
}

function comparedCells(
  license: ComparedLicense,
  isThis: boolean,
  actions: Pick<SeatActions, 'openLicense'>,
): (string | Node)[] {
  const { counts, seats, skuPartNumber } = license;
  const name = license.productName ?? skuPartNumber;
  const count = (value: number | undefined): string | Node =>
    value === undefined ? createUnknown() : formatCount(value);
  return [
    createElement('span', {
      class: 'stacked start',
      children: [
        isThis
          ? createElement('strong', { text: name })
          : createJump(name, `license-${license.licenseId}`, 'Open this license', () =>
              actions.openLicense(license.licenseId),
            ),
        createElement('span', {
          class: 'remark',
          text: isThis ? `${skuPartNumber} · this license` : skuPartNumber,
        }),
      ],
    }),
    license.isUnlimited ? 'Unlimited' : formatCount(license.entitled),
    seats === null ? createUnknown() : formatCount(seats),
    counts === null || seats === null || seats === 0 ? '' : createBar(counts, seats),
    ...(['active', 'inactive', 'never', 'new', 'unknown'] as const).map((verdict) =>
      count(counts?.[verdict]),
    ),
    license.unitMonthlyMinor === null ? createUnknown() : money(license.unitMonthlyMinor, license.currency),
  ];
}

function sumOf(counts: SeatCounts): number {
  return seatVerdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
}
