import type { UserLicense, UserPath } from '../../src/shared/userContract';
import { createElement, createIcon } from '../common/createElement';
import { countOf, formatDay, money } from '../common/displayFormats';
import { createPlainTable } from '../common/plainTable';
import { createUnknown } from '../common/unknownValue';
import { reasonSentence, verdictLook } from '../common/verdictWords';
import { pathName, pathProblem } from './userWords';

/** The licenses of a user: by which paths, how the seat is judged, what it costs, which plans are off. */
export function createLicenseTable(
  licenses: readonly UserLicense[],
  openLicense: (licenseId: string) => void,
): HTMLElement {
  return createPlainTable(
    'Licenses',
    [
      { title: 'License' },
      { title: 'Paths' },
      { title: 'Use of It' },
      { title: 'Last Use' },
      { title: 'Cost a Month', numeric: true },
      { title: 'Plans Off' },
    ],
    licenses.map((license) => ({
      cells: [
        createName(license, openLicense),
        createElement('ul', { class: 'paths', children: license.paths.map(createPath) }),
        createVerdict(license),
        createLastUse(license),
        license.seat === null
          ? createElement('span', { class: 'muted', text: 'no seat' })
          : license.monthlyMinor === null
            ? createElement('span', { class: 'muted', text: 'no price' })
            : money(license.monthlyMinor, license.currency),
        createPlans(license),
      ],
    })),
  );
}

function createName(license: UserLicense, openLicense: (licenseId: string) => void): HTMLElement {
  const link = createElement('button', {
    class: 'link',
    text: license.name,
    attributes: { type: 'button', 'data-key': license.licenseId, title: 'Open the page of the license' },
  });
  link.addEventListener('click', () => openLicense(license.licenseId));
  return createElement('div', {
    class: 'license-name',
    children: [
      link,
      ...(license.partNumber === null || license.partNumber === license.name
        ? []
        : [createElement('span', { class: 'muted', text: license.partNumber })]),
    ],
  });
}

function createPath(path: UserPath): HTMLElement {
  const problem = pathProblem(path);
  return createElement('li', {
    children: [
      createIcon(path.groupId === null ? 'person' : 'organization'),
      createElement('span', { text: pathName(path) }),
      ...(problem === null
        ? []
        : [
            createElement('span', {
              class: path.holdsSeat ? 'path-problem' : 'path-problem lost',
              children: [createIcon(path.holdsSeat ? 'warning' : 'error'), problem],
            }),
          ]),
    ],
  });
}

function createVerdict({ seat }: UserLicense): HTMLElement {
  if (seat === null) return createElement('span', { class: 'muted', text: 'no seat' });
  const look = verdictLook(seat.verdict);
  return createElement('span', {
    class: 'seat-verdict',
    attributes: { title: reasonSentence(seat.verdictReason) ?? undefined },
    children: [...(look.icon === '' ? [] : [createIcon(look.icon, `verdict tone-${look.tone}`)]), look.word],
  });
}

function createLastUse({ seat }: UserLicense): HTMLElement | string {
  const day = seat?.lastActivityDate ?? null;
  return day === null ? createUnknown() : formatDay(day);
}

/** How many plans are off, and which; those that only one of several paths leaves out are on. */
function createPlans({ seat }: UserLicense): HTMLElement | string {
  const plans = seat?.disabledPlans ?? [];
  if (plans.length === 0) return createElement('span', { class: 'muted', text: 'none' });
  return createElement('details', {
    children: [
      createElement('summary', { text: countOf(plans.length, 'plan') }),
      createElement('ul', { class: 'plans', children: plans.map((text) => createElement('li', { text })) }),
    ],
  });
}
