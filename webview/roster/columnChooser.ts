import type { RosterColumn } from '../../src/shared/rosterContract';
import { createElement, createIcon } from '../common/createElement';
import { Popover } from '../common/popover';
import { createTextButton } from '../common/textButton';
import { createToolButton } from '../common/toolButton';
import { moved, type ColumnChoice } from './columnChoice';

/** What the chooser asks of the page. */
export interface ColumnChooserEvents {
  /** All columns, those on screen first and in their order. */
  readonly choices: () => readonly ColumnChoice[];
  /** The columns to show, in their order. */
  readonly onChange: (columns: readonly RosterColumn[]) => void;
  readonly onReset: () => void;
  readonly announce: (text: string) => void;
}

/**
 * A button with the list of columns under it: a check mark shows a column, dragging or Alt with an arrow key moves it.
 * The first column stays where it is, since it says whose row it is.
 */
export class ColumnChooser {
  readonly button: HTMLButtonElement;
  private readonly popover: Popover;
  private readonly list = createElement('ol', { class: 'column-list' });
  private choices: readonly ColumnChoice[] = [];

  constructor(private readonly events: ColumnChooserEvents) {
    this.button = createToolButton('list-selection', 'Columns');
    this.popover = new Popover({
      anchor: this.button,
      label: 'Columns',
      role: 'dialog',
      class: 'column-popover',
      onOpen: (element) => {
        element.append(
          createElement('div', {
            class: 'popover-head',
            children: [
              createElement('h2', { text: 'Columns' }),
              createTextButton('Reset', () => this.reset()),
            ],
          }),
          createElement('p', {
            class: 'popover-note',
            text: 'Drag to change the order, or Alt+Up and Alt+Down.',
          }),
          this.list,
        );
        this.choices = events.choices();
        this.fill(null);
      },
    });
    this.button.addEventListener('click', () => this.popover.toggle());
    this.list.addEventListener('keydown', (event) => this.keyPressed(event));
    this.listenToDragging();
  }

  private reset(): void {
    this.events.onReset();
    this.choices = this.events.choices();
    this.fill(null);
    this.events.announce('Columns as they were at first.');
  }

  private fill(focused: RosterColumn | null): void {
    this.list.replaceChildren(...this.choices.map((choice, index) => this.createItem(choice, index)));
    if (focused !== null) this.boxOf(focused)?.focus();
  }

  private createItem(choice: ColumnChoice, index: number): HTMLElement {
    const fixed = index === 0;
    const box = createElement('input', { attributes: { type: 'checkbox', 'data-column': choice.id } });
    box.checked = choice.shown;
    box.disabled = fixed;
    box.setAttribute('aria-description', fixed ? 'Always first' : 'Alt+Up and Alt+Down move it');
    box.addEventListener('change', () =>
      this.change(
        this.choices.map((each) => (each.id === choice.id ? { ...each, shown: box.checked } : each)),
        choice.id,
      ),
    );
    return createElement('li', {
      class: 'column-item',
      attributes: { draggable: fixed ? undefined : 'true', 'data-column': choice.id },
      children: [
        createElement('span', { class: 'column-grip', children: fixed ? [] : [createIcon('gripper')] }),
        createElement('label', {
          children: [box, createElement('span', { text: choice.title })],
        }),
        ...(fixed ? [] : [this.createMover(choice, -1), this.createMover(choice, 1)]),
      ],
    });
  }

  private createMover(choice: ColumnChoice, by: -1 | 1): HTMLElement {
    const words = by < 0 ? 'up' : 'down';
    const button = createElement('button', {
      class: 'column-mover',
      // The keyboard has Alt+Up and Alt+Down, so that Tab does not stop three times at each column.
      attributes: {
        type: 'button',
        tabindex: '-1',
        'aria-label': `Move ${choice.title} ${words}`,
        title: `Move ${words}`,
      },
      children: [createIcon(by < 0 ? 'arrow-up' : 'arrow-down')],
    });
    button.addEventListener('click', () => this.move(choice.id, by));
    return button;
  }

  private keyPressed(event: KeyboardEvent): void {
    const id = this.columnOf(event.target);
    if (id === null) return;
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    if (event.altKey) {
      this.move(id, by);
      return;
    }
    const boxes = [...this.list.querySelectorAll<HTMLInputElement>('input:not(:disabled)')];
    const at = boxes.findIndex((box) => box.dataset['column'] === id);
    boxes[at + by]?.focus();
  }

  private move(id: RosterColumn, by: -1 | 1): void {
    const from = this.choices.findIndex((choice) => choice.id === id);
    this.moveTo(id, from + by);
  }

  private moveTo(id: RosterColumn, to: number): void {
    const choices = moved(this.choices, id, to);
    if (choices === this.choices) return;
    this.change(choices, id);
    const place = choices.findIndex((choice) => choice.id === id) + 1;
    this.events.announce(`${choices[place - 1]?.title ?? ''}: place ${place} of ${choices.length}.`);
  }

  private change(choices: readonly ColumnChoice[], focused: RosterColumn): void {
    this.choices = choices;
    this.fill(focused);
    this.events.onChange(choices.filter(({ shown }) => shown).map(({ id }) => id));
  }

  private listenToDragging(): void {
    let dragged: RosterColumn | null = null;
    this.list.addEventListener('dragstart', (event) => {
      dragged = this.columnOf(event.target);
      if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
    });
    this.list.addEventListener('dragover', (event) => {
      const over = this.itemAt(event.target);
      this.markTarget(over);
      if (dragged !== null && over !== null) event.preventDefault();
    });
    this.list.addEventListener('drop', (event) => {
      const over = this.columnOf(event.target);
      event.preventDefault();
      if (dragged !== null && over !== null) {
        this.moveTo(
          dragged,
          this.choices.findIndex(({ id }) => id === over),
        );
      }
    });
    this.list.addEventListener('dragend', () => {
      dragged = null;
      this.markTarget(null);
    });
  }

  private markTarget(target: HTMLElement | null): void {
    for (const item of this.list.children) item.classList.toggle('drop-target', item === target);
  }

  private itemAt(target: EventTarget | null): HTMLElement | null {
    return target instanceof Element ? target.closest<HTMLElement>('.column-item') : null;
  }

  private columnOf(target: EventTarget | null): RosterColumn | null {
    const id = this.itemAt(target)?.dataset['column'];
    return this.choices.find((choice) => choice.id === id)?.id ?? null;
  }

  private boxOf(id: RosterColumn): HTMLInputElement | null {
    return this.list.querySelector<HTMLInputElement>(`input[data-column="${id}"]`);
  }
}
