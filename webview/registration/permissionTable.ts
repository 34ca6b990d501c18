import type { GuidePermission, RegistrationGuide } from '../../src/shared/registrationContract';
import { createElement, createHiddenText, createIcon } from '../common/createElement';
import { createCopyButton } from './copyButton';

/** The permissions by task; the names are the same for both kinds of app. */
export function createPermissionTable(
  guide: RegistrationGuide,
  onCopy: (text: string, what: string) => void,
): HTMLElement {
  const heads = ['Permission', 'For', ...guide.tasks.map((task) => task.title)];
  return createElement('table', {
    class: 'framed-table permissions',
    children: [
      createElement('caption', { class: 'visually-hidden', text: 'Permissions of Microsoft Graph by task' }),
      createElement('thead', {
        children: [
          createElement('tr', {
            children: heads.map((text) => createElement('th', { text, attributes: { scope: 'col' } })),
          }),
        ],
      }),
      createElement('tbody', {
        children: guide.permissions.map((permission) =>
          createElement('tr', {
            children: [
              nameCell(permission, onCopy),
              createElement('td', { text: permission.purpose }),
              ...guide.tasks.map(({ task }) => taskCell(permission.tasks[task])),
            ],
          }),
        ),
      }),
    ],
  });
}

function nameCell(permission: GuidePermission, onCopy: (text: string, what: string) => void): HTMLElement {
  const ids = [
    ['delegated', permission.delegatedId],
    ['application', permission.applicationId],
  ] as const;
  return createElement('th', {
    attributes: { scope: 'row' },
    children: [
      createElement('span', {
        class: 'copyable',
        children: [
          createElement('code', { text: permission.permission }),
          createCopyButton(permission.permission, () => onCopy(permission.permission, permission.permission)),
        ],
      }),
      createElement('details', {
        children: [
          createElement('summary', {
            children: ['IDs', createHiddenText(` of ${permission.permission}`)],
          }),
          ...ids.map(([kind, id]) =>
            createElement('span', {
              class: 'id',
              children: [`${kind} `, createElement('code', { text: id ?? 'not known' })],
            }),
          ),
        ],
      }),
    ],
  });
}

function taskCell(need: 'needed' | 'optional' | undefined): HTMLElement {
  if (need === undefined) {
    return createElement('td', { class: 'muted', children: ['–', createHiddenText(' not needed')] });
  }
  return createElement('td', {
    class: need,
    children: [createIcon(need === 'needed' ? 'check' : 'circle-outline'), ` ${need}`],
  });
}
