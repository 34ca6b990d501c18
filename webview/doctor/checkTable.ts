import type { CheckRow } from '../../src/shared/doctorContract';
import { createElement, createIcon } from '../common/createElement';
import { createIconButton } from '../common/iconButton';
import { grantedText } from './reportText';
import { taskWords, verdictLooks } from './verdictWords';

/** What a person can do in the table. */
export interface CheckTableActions {
  /** @param what for the announcement */
  readonly onCopy: (text: string, what: string) => void;
  readonly onOpenConsent: (url: string) => void;
}

// What to do stands before the technical columns, which a narrow panel pushes out of sight.
const heads = ['Verdict', 'Task', 'What is read', 'What to do', 'Permission', 'Directory role'];

/** The checks as a table, in the order of the report. */
export function createCheckTable(rows: readonly CheckRow[], actions: CheckTableActions): HTMLElement {
  return createElement('table', {
    class: 'framed-table checks',
    children: [
      createElement('caption', { class: 'visually-hidden', text: 'Checks of the connection, worst first' }),
      createElement('thead', {
        children: [
          createElement('tr', {
            children: heads.map((text) => createElement('th', { text, attributes: { scope: 'col' } })),
          }),
        ],
      }),
      createElement('tbody', { children: rows.map((row) => createRow(row, actions)) }),
    ],
  });
}

function createRow(row: CheckRow, actions: CheckTableActions): HTMLElement {
  const { word, icon, tone } = verdictLooks[row.verdict];
  return createElement('tr', {
    children: [
      createElement('td', {
        class: 'verdict',
        children: [
          createElement('span', {
            class: `verdict-word ${row.optional && tone === 'bad' ? 'warning' : tone}`,
            children: [createIcon(icon), createElement('span', { text: word })],
          }),
        ],
      }),
      createElement('td', { text: taskWords[row.task] ?? row.task }),
      createElement('th', {
        attributes: { scope: 'row' },
        children: [
          createElement('span', { class: 'reads', text: row.reads }),
          createElement('code', { class: 'endpoint', children: breakable(row.endpoint) }),
        ],
      }),
      createElement('td', { class: 'what-to-do', children: whatToDo(row, actions) }),
      createElement('td', { children: [permission(row, actions)] }),
      createElement('td', {
        class: row.role === null ? 'muted' : '',
        text: row.role ?? (row.permissionKind === 'application' ? 'not needed' : 'none'),
      }),
    ],
  });
}

/** A long path that may break after its slashes and before its parameters. */
function breakable(path: string): (Node | string)[] {
  return path.split(/(?<=\/)|(?=\()/).flatMap((part) => [part, createElement('wbr')]);
}

function permission(row: CheckRow, { onCopy }: CheckTableActions): HTMLElement {
  return createElement('div', {
    class: 'permission',
    children: [
      createElement('div', {
        class: 'permission-name',
        children: [
          createElement('code', { text: row.permission }),
          createIconButton('copy', `Copy ${row.permission}`, () => onCopy(row.permission, row.permission)),
        ],
      }),
      createElement('span', {
        class: row.granted === false ? 'granted no' : 'granted',
        text: `${row.permissionKind}, ${grantedText(row)}${row.optional ? ', optional' : ''}`,
      }),
    ],
  });
}

function whatToDo(row: CheckRow, { onCopy, onOpenConsent }: CheckTableActions): HTMLElement[] {
  const { consentUrl, permission: name } = row;
  return [
    createElement('p', { class: row.verdict === 'ok' ? 'muted' : '', text: row.action }),
    ...(consentUrl === null
      ? []
      : [
          createElement('p', {
            class: 'consent',
            children: [
              linkButton('Open consent page', `Open consent page for ${name}`, () =>
                onOpenConsent(consentUrl),
              ),
              linkButton('Copy link', `Copy link of the consent page for ${name}`, () =>
                onCopy(consentUrl, 'The consent link'),
              ),
            ],
          }),
        ]),
    ...(row.support === '' ? [] : [createElement('p', { class: 'support', text: row.support })]),
  ];
}

/** A button that looks like a link. Its full name begins with what is seen. */
function linkButton(text: string, label: string, onClick: () => void): HTMLElement {
  const button = createElement('button', {
    class: 'link',
    text,
    attributes: { type: 'button', 'aria-label': label },
  });
  button.addEventListener('click', onClick);
  return button;
}
