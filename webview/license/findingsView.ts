import { findingAdvice, findingSentence, findingSeverity, findingTitle } from '../../src/shared/findingWords';
import type { LicenseData, LicenseFinding } from '../../src/shared/licenseContract';
import { createElement, createIcon } from '../common/createElement';
import { countOf, formatCount, formatDay, money } from '../common/displayFormats';
import { createJump } from './pageSection';

const icons = { error: 'error', warning: 'warning', info: 'info' } as const;

/** What is worth acting on, the most urgent first, each with why and what to do. */
export function createFindings(
  { findings, head }: LicenseData,
  showUsers: (findingKind: string) => void,
): HTMLElement[] {
  if (findings.length === 0) {
    const text = head.isCounted
      ? 'Nothing to act on.'
      : 'A license that is retired or not managed has no findings.';
    return [createElement('p', { class: 'muted', text })];
  }
  return [
    createElement('ul', {
      class: 'findings',
      children: findings.map((finding) => createFinding(finding, showUsers)),
    }),
  ];
}

function createFinding(finding: LicenseFinding, showUsers: (findingKind: string) => void): HTMLElement {
  const { kind, people, seats, monthlyMinor, currency, isSaving } = finding;
  const severity = findingSeverity(kind);
  const facts = [
    people > 0 || seats === 0 ? null : countOf(seats, 'unit'),
    monthlyMinor === null || monthlyMinor === 0
      ? null
      : `${money(monthlyMinor, currency)} a month ${isSaving ? 'to save' : 'at stake'}`,
    monthlyMinor === null && isSaving ? 'no price for all of it' : null,
    finding.isAlert ? 'alert' : null,
  ].filter((fact) => fact !== null);
  return createElement('li', {
    class: `finding ${severity}`,
    children: [
      createIcon(icons[severity]),
      createElement('div', {
        class: 'finding-text',
        children: [
          createElement('p', {
            class: 'finding-title',
            children: [
              createElement('strong', { text: findingTitle(kind) }),
              ...(people > 0
                ? [
                    createJump(
                      countOf(people, 'person', 'people'),
                      `finding-${kind}`,
                      'Show these people in the Users Roster',
                      () => showUsers(kind),
                    ),
                  ]
                : []),
              ...facts.map((text) => createElement('span', { class: 'remark', text })),
            ],
          }),
          createElement('p', { text: sentenceOf(finding) }),
          createElement('p', { class: 'muted', text: findingAdvice(kind) }),
        ],
      }),
    ],
  });
}

function sentenceOf({ kind, seats, evidence, findings, people }: LicenseFinding): string {
  // The evidence of one person says nothing of the others.
  const single = findings === 1;
  return findingSentence(
    { kind, ...(people === 0 && { seats }), ...(single && { evidence }) },
    { count: formatCount, day: formatDay },
  );
}
