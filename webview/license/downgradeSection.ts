import type {
  DowngradeAnswersDraft,
  DowngradeProspectRow,
  LicenseData,
  LicenseDowngradesData,
} from '../../src/shared/licenseContract';
import { createButton } from '../common/controls';
import { createElement } from '../common/createElement';
import { countOf, money } from '../common/displayFormats';
import { createCheckbox } from '../common/formControls';
import { createPlainTable } from '../common/plainTable';
import { createJump, PageSection } from './pageSection';

/** What the section asks of the page. */
export interface DowngradeActions {
  /** False when it could not be saved. */
  save(answers: DowngradeAnswersDraft): Promise<boolean>;
  openLicense(licenseId: string): void;
  showUsers(): void;
}

const problems: Readonly<Record<NonNullable<LicenseDowngradesData['problem']>, string>> = {
  noPrice: 'This license has no price, so nothing can be said to be cheaper. Add a purchase first.',
  notPerUser: 'This license is not held by people.',
  notCounted: 'A license that is retired or not managed gets no advice.',
};

/** Cheaper licenses for the people who hold this one: what is known, and the questions that only a person can answer. */
export class DowngradeSection {
  readonly section = new PageSection(
    'downgrades',
    'Cheaper licenses',
    'Somebody is advised to take a cheaper license when usage data shows that it has all that person uses. What no data shows is taken to be needed, until you say that it is not.',
  );
  private saved: DowngradeAnswersDraft | undefined;
  private answers: DowngradeAnswersDraft | undefined;
  private data: LicenseDowngradesData | undefined;
  private busy = false;
  private readonly state = createElement('p', { class: 'save-state', attributes: { role: 'status' } });
  private readonly saveButton = createButton({
    label: 'Save Answers',
    primary: true,
    onClick: () => void this.save(),
  });
  private readonly undoButton = createButton({ label: 'Discard Changes', onClick: () => this.discard() });

  constructor(private readonly actions: DowngradeActions) {}

  /** Shows what is kept; answers that are not saved yet stay. */
  show({ downgrades }: LicenseData): void {
    const typed = this.isChanged() ? this.answers : undefined;
    this.data = downgrades;
    this.saved = downgrades.answers;
    this.answers = typed ?? downgrades.answers;
    this.build();
  }

  private build(): void {
    const { data } = this;
    if (data === undefined) return;
    if (data.problem !== null || data.prospects.length === 0) {
      const text =
        data.problem === null
          ? 'No license of the tenant with a price could take its place.'
          : problems[data.problem];
      this.section.show(createElement('p', { class: 'muted', text }));
      return;
    }
    const asks = data.questions.length > 0 || data.asksFrontline || data.asksHolds;
    this.section.show(
      this.createAdvice(data),
      createPlainTable(
        'Cheaper licenses',
        [
          { title: 'License' },
          { title: 'Saves a Seat and Month', numeric: true },
          { title: 'Not Answered Yet', wraps: true },
          { title: 'Goes in Any Case', wraps: true },
        ],
        data.prospects.map((prospect) => ({
          cells: [
            createJump(prospect.name, `downgrade-${prospect.licenseId}`, 'Open the license', () =>
              this.actions.openLicense(prospect.licenseId),
            ),
            money(prospect.savesMinor, data.currency),
            openText(prospect),
            prospect.wouldLose.length === 0 ? 'nothing' : prospect.wouldLose.join(', '),
          ],
        })),
      ),
      ...(asks ? [this.createForm(data)] : []),
    );
    this.render();
  }

  private createAdvice({ advised }: LicenseDowngradesData): HTMLElement {
    if (advised === 0) {
      return createElement('p', { text: 'Nobody is advised to take a cheaper license now.' });
    }
    return createElement('p', {
      children: [
        createJump(countOf(advised, 'person', 'people'), 'downgrade-users', 'Show them in the roster', () =>
          this.actions.showUsers(),
        ),
        advised === 1
          ? ' is advised to take a cheaper license now.'
          : ' are advised to take a cheaper license now.',
      ],
    });
  }

  private createForm(data: LicenseDowngradesData): HTMLElement {
    const { answers } = this;
    const box = (
      label: string,
      detail: string,
      value: boolean,
      change: (on: boolean) => Partial<DowngradeAnswersDraft>,
    ): HTMLElement => {
      const control = createCheckbox({
        label,
        detail,
        onChange: (on) => {
          if (this.answers !== undefined) this.answers = { ...this.answers, ...change(on) };
          this.render();
        },
      });
      control.value = value;
      return control.element;
    };
    const notNeeded = new Set(answers?.notNeeded ?? []);
    return createElement('div', {
      class: 'terms-form',
      attributes: { role: 'group', 'aria-label': 'What only you can say' },
      children: [
        ...(data.questions.length === 0
          ? []
          : [
              createElement('h3', { text: 'Nobody who holds this license needs more of' }),
              createElement('div', {
                class: 'question-grid',
                children: data.questions.map(({ key, title, plans }) =>
                  box(
                    title,
                    plans.join(', ') === title ? '' : plans.join(', '),
                    notNeeded.has(key),
                    (on) => ({ notNeeded: this.withKey(key, on) }),
                  ),
                ),
              }),
            ]),
        ...(data.asksFrontline || data.asksHolds ? [createElement('h3', { text: 'And' })] : []),
        ...(data.asksFrontline
          ? [
              box(
                'They may have frontline licenses',
                'Microsoft sells these for people who work without a computer of their own. Whether that is so, no data shows.',
                answers?.frontline ?? false,
                (frontline) => ({ frontline }),
              ),
            ]
          : []),
        ...(data.asksHolds
          ? [
              box(
                'None of their mailboxes is on hold',
                'A hold (litigation, retention) needs the larger mailbox plan; Graph does not tell of holds.',
                answers?.noHolds ?? false,
                (noHolds) => ({ noHolds }),
              ),
            ]
          : []),
        createElement('div', {
          class: 'form-buttons',
          children: [this.saveButton.element, this.undoButton.element, this.state],
        }),
      ],
    });
  }

  private withKey(key: string, on: boolean): readonly string[] {
    const others = (this.answers?.notNeeded ?? []).filter((each) => each !== key);
    return on ? [...others, key] : others;
  }

  private async save(): Promise<void> {
    const { answers } = this;
    if (answers === undefined || this.busy || !this.isChanged()) return;
    this.busy = true;
    this.render();
    const saved = await this.actions.save(answers);
    this.busy = false;
    if (saved) this.saved = answers;
    this.render();
  }

  private discard(): void {
    this.answers = this.saved;
    this.build();
    this.section.reveal();
  }

  private isChanged(): boolean {
    return sorted(this.answers) !== sorted(this.saved);
  }

  private render(): void {
    const changed = this.isChanged();
    this.state.textContent = changed ? 'Unsaved changes' : '';
    this.saveButton.setDisabled(this.busy || !changed);
    this.undoButton.setDisabled(this.busy || !changed);
  }
}

function sorted(answers: DowngradeAnswersDraft | undefined): string {
  return JSON.stringify(answers && [answers.notNeeded.toSorted(), answers.frontline, answers.noHolds]);
}

function openText({ open, asksFrontline, asksHolds }: DowngradeProspectRow): string {
  const all = [...open, ...(asksFrontline ? ['frontline'] : []), ...(asksHolds ? ['holds'] : [])];
  if (all.length === 0) return 'nothing: usage decides';
  return all.length <= 4 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`;
}
