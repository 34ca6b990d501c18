import { heatColumns, type ActivityAge } from '../../src/shared/activityAges';
import type { ActivityScope, ServiceCounts } from '../../src/shared/activityContract';
import type { RosterService } from '../../src/shared/rosterFilter';
import { ageTitle, serviceTitle } from '../../src/shared/serviceWords';
import { createElement, createHiddenText } from '../common/createElement';
import { formatCount } from '../common/displayFormats';
import { heatRows, heatSteps, placeAfter, type HeatCell, type HeatPlace, type HeatRow } from './heatCells';

/** The heat map of last use: a grid that is walked cell by cell. It keeps its place when it is filled anew. */
export class HeatMap {
  readonly element: HTMLElement;
  private readonly table = createElement('table', {
    class: 'heat',
    attributes: {
      role: 'grid',
      'aria-label': 'Last use by service: people by the age of their last use',
      'aria-readonly': 'true',
    },
  });
  private cells: HTMLElement[][] = [];
  private rows: readonly HeatRow[] = [];
  private at: HeatPlace = { row: 0, column: 0 };

  constructor(private readonly onOpen: (service: RosterService, age: ActivityAge) => void) {
    this.table.addEventListener('keydown', (event) => this.onKey(event));
    this.table.addEventListener('click', (event) => this.onClick(event));
    this.element = createElement('div', {
      class: 'heat-frame',
      children: [createElement('div', { class: 'heat-scroll', children: [this.table] }), createScale()],
    });
  }

  /** Shows these services. */
  show(entries: readonly ServiceCounts[], scope: ActivityScope): void {
    const hadFocus = this.table.contains(document.activeElement);
    this.rows = heatRows(entries, scope);
    this.cells = this.rows.map((row) => row.cells.map(createCell));
    this.table.replaceChildren(
      createElement('thead', {
        attributes: { role: 'rowgroup' },
        children: [createHeader(scope)],
      }),
      createElement('tbody', {
        attributes: { role: 'rowgroup' },
        children: this.rows.map((row, index) => createRow(row, this.cells[index] ?? [])),
      }),
    );
    this.moveTo(
      {
        row: Math.max(0, Math.min(this.at.row, this.rows.length - 1)),
        column: this.at.column,
      },
      hadFocus,
    );
  }

  private moveTo(place: HeatPlace, focus: boolean): void {
    this.cells[this.at.row]?.[this.at.column]?.setAttribute('tabindex', '-1');
    this.at = place;
    const cell = this.cells[place.row]?.[place.column];
    cell?.setAttribute('tabindex', '0');
    if (focus) cell?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.open(this.at);
      return;
    }
    const place = placeAfter(event, this.at, { rows: this.rows.length, columns: heatColumns.length });
    if (place === null) return;
    event.preventDefault();
    this.moveTo(place, true);
  }

  private onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest('td') : null;
    const row = this.cells.findIndex((cells) => cells.some((cell) => cell === target));
    const column = this.cells[row]?.findIndex((cell) => cell === target) ?? -1;
    if (row < 0 || column < 0) return;
    this.moveTo({ row, column }, true);
    this.open({ row, column });
  }

  private open({ row, column }: HeatPlace): void {
    const entry = this.rows[row];
    const cell = entry?.cells[column];
    if (entry !== undefined && cell !== undefined && cell.count > 0) {
      this.onOpen(entry.entry.service, cell.age);
    }
  }
}

function createHeader(scope: ActivityScope): HTMLElement {
  return createElement('tr', {
    attributes: { role: 'row' },
    children: [
      createElement('th', { text: 'Service', attributes: { role: 'columnheader', scope: 'col' } }),
      ...heatColumns.map((age) =>
        createElement('th', {
          class: `heat-head ${age}`,
          text: ageTitle(age),
          attributes: { role: 'columnheader', scope: 'col', title: ageDescription(age) },
        }),
      ),
      createElement('th', {
        class: 'heat-total',
        text: scope === 'licensed' ? 'Hold it' : 'People',
        attributes: { role: 'columnheader', scope: 'col' },
      }),
    ],
  });
}

function createRow(row: HeatRow, cells: readonly HTMLElement[]): HTMLElement {
  return createElement('tr', {
    attributes: { role: 'row' },
    children: [
      createElement('th', {
        text: serviceTitle(row.entry.service),
        attributes: { role: 'rowheader', scope: 'row' },
      }),
      ...cells,
      createElement('td', {
        class: 'heat-total',
        text: formatCount(row.people),
        attributes: { role: 'gridcell' },
      }),
    ],
  });
}

function createCell(cell: HeatCell): HTMLElement {
  const kind = cell.age === 'noUse' || cell.age === 'unknown' ? cell.age : 'used';
  return createElement('td', {
    class: `heat-cell ${kind} step-${cell.step}`,
    attributes: { role: 'gridcell', tabindex: '-1' },
    children: [
      ...(cell.known
        ? [
            createElement('span', { class: 'heat-count', text: formatCount(cell.count) }),
            createHiddenText(cell.count === 1 ? ' person ' : ' people '),
          ]
        : [
            createElement('span', { text: '–', attributes: { 'aria-hidden': 'true' } }),
            createHiddenText('not known'),
          ]),
      ...(cell.count === 0 || cell.percent === null
        ? []
        : [createElement('span', { class: 'heat-share', text: `${formatCount(cell.percent)}%` })]),
    ],
  });
}

function ageDescription(age: ActivityAge): string {
  if (age === 'noUse') return 'They hold the service, and its sources say that they never used it';
  if (age === 'unknown') return 'They hold the service, and no source speaks of them';
  return 'Days between the last use and the day of the evaluation';
}

/** The key to the colors. */
function createScale(): HTMLElement {
  const swatches = Array.from({ length: heatSteps + 1 }, (_, step) =>
    createElement('span', { class: `heat-swatch used step-${step}` }),
  );
  return createElement('p', {
    class: 'heat-scale',
    children: [
      'Share of the service’s people: 0%',
      createElement('span', {
        class: 'heat-swatches',
        attributes: { 'aria-hidden': 'true' },
        children: swatches,
      }),
      '100%. Arrow keys move from cell to cell, Enter opens the people.',
    ],
  });
}
