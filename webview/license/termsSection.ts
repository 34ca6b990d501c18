import {
  entitlementLimits,
  lifecycleStages,
  type LicenseData,
  type TermsCheck,
  type TermsDraft,
  type TermsField,
} from '../../src/shared/licenseContract';
import { createButton } from '../common/controls';
import { createElement } from '../common/createElement';
import type { FieldControl } from '../common/fieldFrame';
import {
  createCheckbox,
  createDropdown,
  createTextArea,
  createTextField,
  isSubmitKey,
  type ValueControl,
} from '../common/formControls';
import { limitWords, stageWords } from './licenseWords';
import { PageSection } from './pageSection';

/** What the section asks of the page. */
export interface TermsActions {
  check(draft: TermsDraft): Promise<TermsCheck | null>;
  save(draft: TermsDraft): Promise<{ readonly saved: boolean; readonly check: TermsCheck } | null>;
  keepState(): void;
}

type TextField = {
  [K in TermsField]: string extends TermsDraft[K] ? K : never;
}[TermsField];

const checkDelay = 150;

/** What a person decided about the license, in a form. */
export class TermsSection {
  readonly section: PageSection;
  private readonly texts: Readonly<Record<TextField, ValueControl<string>>>;
  private readonly stage: ValueControl<TermsDraft['lifecycleStatus']>;
  private readonly limit: ValueControl<TermsDraft['limit']>;
  private readonly managed: ValueControl<boolean>;
  private readonly excluded: ValueControl<boolean>;
  private readonly managedFields: HTMLElement;
  private readonly alertsFields: HTMLElement;
  private readonly state = createElement('p', { class: 'save-state' });
  private readonly saveButton = createButton({
    label: 'Save Terms',
    primary: true,
    onClick: () => void this.save(),
  });
  private readonly undoButton = createButton({ label: 'Discard Changes', onClick: () => this.discard() });
  private readonly touched = new Set<TermsField>();
  private saveTried = false;
  private busy = false;
  private saved: TermsDraft | undefined;
  private values: TermsDraft | undefined;
  private check: TermsCheck = { problems: [] };
  private checkTimer: number | undefined;

  constructor(private readonly actions: TermsActions) {
    const text = (
      field: TextField,
      label: string,
      options: { readonly hint?: string; readonly placeholder?: string; readonly maxLength?: number } = {},
    ): ValueControl<string> =>
      createTextField({ label, ...options, onChange: (value) => this.change(field, { [field]: value }) });
    this.texts = {
      name: text('name', 'Own name', {
        hint: 'Shown in place of Microsoft’s name. Empty: Microsoft’s.',
        maxLength: 200,
      }),
      buffer: text('buffer', 'Buffer', {
        hint: 'Units to keep free on purpose; they are no waste.',
        maxLength: 8,
      }),
      administrator: text('administrator', 'Administrator', {
        placeholder: 'name@contoso.com',
        hint: 'Who is reminded of renewals and end dates.',
        maxLength: 254,
      }),
      inactivityDays: text('inactivityDays', 'Inactive after days', { maxLength: 3 }),
      graceDays: text('graceDays', 'New for days', { maxLength: 3 }),
      noticeDays: text('noticeDays', 'Notice period in days', { maxLength: 3 }),
      note: createTextArea({
        label: 'Note',
        rows: 3,
        maxLength: 2_000,
        onChange: (note) => this.change('note', { note }),
      }),
      managedReason: text('managedReason', 'Why it is not managed', { maxLength: 500 }),
      managedUntil: text('managedUntil', 'Not managed until', {
        placeholder: 'YYYY-MM-DD',
        hint: 'Last day. Empty: until changed.',
        maxLength: 10,
      }),
      alertsReason: text('alertsReason', 'Why it is excluded', { maxLength: 500 }),
      alertsUntil: text('alertsUntil', 'Excluded until', {
        placeholder: 'YYYY-MM-DD',
        hint: 'Last day. Empty: until changed.',
        maxLength: 10,
      }),
    };
    this.stage = createDropdown({
      label: 'Life-cycle stage',
      choices: lifecycleStages.map((value) => ({ value, label: stageWords[value] })),
      onChange: (lifecycleStatus) => this.change('lifecycleStatus', { lifecycleStatus }),
    });
    this.limit = createDropdown({
      label: 'Entitlement limit',
      choices: entitlementLimits.map((value) => ({ value, label: limitWords[value].title })),
      onChange: (limit) => this.change('limit', { limit }),
    });
    this.managed = createCheckbox({
      label: 'Managed',
      detail: 'Off: out of every number and list; reports say how many are hidden and what they cost.',
      onChange: (managed) => this.change('managed', { managed }),
    });
    this.excluded = createCheckbox({
      label: 'Excluded from alerts',
      detail: 'Shown and counted, but a shortfall or a date near causes no alert.',
      onChange: (excluded) => this.change('excluded', { excluded }),
    });
    const pair = (...controls: readonly FieldControl[]): HTMLElement =>
      createElement('div', { class: 'form-grid indented', children: controls.map(({ element }) => element) });
    this.managedFields = pair(this.texts.managedReason, this.texts.managedUntil);
    this.alertsFields = pair(this.texts.alertsReason, this.texts.alertsUntil);
    this.texts.note.element.classList.add('wide');
    this.section = new PageSection(
      'terms',
      'Terms',
      'What you decide about the license. It changes the numbers everywhere, at once.',
    );
    this.section.show(
      createElement('div', {
        class: 'terms-form',
        children: [
          createElement('div', {
            class: 'form-grid',
            children: [
              ...[this.limit, this.texts.buffer, this.stage, this.texts.name],
              ...[this.texts.administrator, this.texts.noticeDays],
              ...[this.texts.inactivityDays, this.texts.graceDays, this.texts.note],
            ].map(({ element }) => element),
          }),
          this.managed.element,
          this.managedFields,
          this.excluded.element,
          this.alertsFields,
          createElement('div', {
            class: 'form-buttons',
            children: [this.saveButton.element, this.undoButton.element, this.state],
          }),
        ],
      }),
    );
    this.section.element.addEventListener('keydown', (event) => {
      if (isSubmitKey(event)) void this.save();
    });
  }

  /** What is typed and not saved; null when there is nothing. */
  get draft(): TermsDraft | null {
    return this.isChanged() ? (this.values ?? null) : null;
  }

  /** Shows what is kept; what a person is typing stays. @param draft unsaved values of an earlier page */
  show(data: LicenseData, draft: TermsDraft | null = null): void {
    const typed = draft ?? this.draft;
    this.saved = data.terms;
    this.values = typed ?? data.terms;
    const { inactivityDays, graceDays, noticeDays } = data.usualThresholds;
    this.texts.inactivityDays.setHint(
      `Without use, a seat is inactive. Empty: ${inactivityDays}, as elsewhere.`,
    );
    this.texts.graceDays.setHint(`Young accounts are not never active. Empty: ${graceDays}, as elsewhere.`);
    this.texts.noticeDays.setHint(
      `How early to speak of a renewal or an end. Empty: ${noticeDays}, as elsewhere.`,
    );
    const superseded = data.head.lifecycleStatus === 'retired' && data.terms.lifecycleStatus !== 'retired';
    this.stage.setHint(
      superseded
        ? 'Retired all the same: a SaaS Management connection of the tenant has superseded this license.'
        : 'All stages count but Retired.',
    );
    this.render();
    if (typed !== null) void this.checkNow();
  }

  private change(field: TermsField, changes: Partial<TermsDraft>): void {
    if (this.values === undefined) return;
    this.touched.add(field);
    this.values = { ...this.values, ...changes };
    this.render();
    this.actions.keepState();
    window.clearTimeout(this.checkTimer);
    this.checkTimer = window.setTimeout(() => void this.checkNow(), checkDelay);
  }

  private async checkNow(): Promise<void> {
    const asked = this.values;
    if (asked === undefined) return;
    const check = await this.actions.check(asked);
    if (check === null || this.values !== asked) return;
    this.check = check;
    this.render();
  }

  private async save(): Promise<void> {
    const { values } = this;
    if (values === undefined || this.busy || !this.isChanged()) return;
    window.clearTimeout(this.checkTimer);
    this.busy = true;
    this.render();
    const result = await this.actions.save(values);
    this.busy = false;
    if (result !== null) {
      this.check = result.check;
      this.saveTried = !result.saved;
      if (result.saved) {
        this.saved = values;
        this.touched.clear();
      }
    }
    this.render();
    if (result?.saved === false) this.focusFirstProblem();
    this.actions.keepState();
  }

  private discard(): void {
    this.values = this.saved;
    this.check = { problems: [] };
    this.saveTried = false;
    this.touched.clear();
    this.render();
    this.actions.keepState();
    this.section.reveal();
  }

  private isChanged(): boolean {
    return JSON.stringify(this.values) !== JSON.stringify(this.saved);
  }

  private focusFirstProblem(): void {
    const [first] = this.controls().filter(([field]) =>
      this.check.problems.some((problem) => problem.field === field),
    );
    first?.[1].focus();
  }

  private controls(): (readonly [TermsField, FieldControl])[] {
    return [
      ['limit', this.limit],
      ['lifecycleStatus', this.stage],
      ...(Object.entries(this.texts) as [TextField, ValueControl<string>][]),
      ['managed', this.managed],
      ['excluded', this.excluded],
    ];
  }

  private render(): void {
    const { values } = this;
    if (values === undefined) return;
    for (const [field, control] of Object.entries(this.texts) as [TextField, ValueControl<string>][]) {
      control.value = values[field];
    }
    this.stage.value = values.lifecycleStatus;
    this.limit.value = values.limit;
    this.limit.setHint(`${limitWords[values.limit].detail}.`);
    this.managed.value = values.managed;
    this.excluded.value = values.excluded;
    this.managedFields.hidden = values.managed;
    this.alertsFields.hidden = !values.excluded;
    for (const [field, control] of this.controls()) {
      const problem = this.check.problems.find((candidate) => candidate.field === field);
      const shown = problem !== undefined && (this.saveTried || this.touched.has(field));
      control.setProblem(shown ? { sentence: problem.sentence } : null);
    }
    const changed = this.isChanged();
    this.state.textContent = changed ? 'Unsaved changes' : '';
    this.saveButton.setDisabled(this.busy || !changed);
    this.undoButton.setDisabled(this.busy || !changed);
  }
}
