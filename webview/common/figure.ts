import { createElement, createIcon } from './createElement';

/** A number with its name and a remark. */
export interface Figure {
  readonly label: string;
  readonly value: Node | string;
  readonly remark: readonly (Node | string)[];
  readonly tone?: 'bad' | 'caution' | undefined;
}

/** An entry of a list of figures. @param more what stands under the remark */
export function createFigure(figure: Figure, more: readonly HTMLElement[] = []): HTMLElement {
  return createElement('div', {
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
      createElement('dd', { class: 'remark', children: figure.remark }),
      ...more,
    ],
  });
}
