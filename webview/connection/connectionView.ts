import type { ConnectionFormStart } from '../../src/shared/connectionContract';
import { Announcer } from '../common/announcer';
import { createButton, type ButtonControl } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { createLinkButton, type FieldControl } from '../common/fieldFrame';
import type { FormFields } from './formFields';
import type { SignInSection } from './signInSection';

/** What the buttons of the form do. */
export interface ViewActions {
  save(): void;
  saveAndSignIn(): void;
  cancel(): void;
  convert(): void;
  resetEndpoint(field: 'tokenEndpoint' | 'authorizationEndpoint' | 'redirectUri'): void;
}

/** One line of the summary of problems. */
export interface SummaryLine {
  readonly text: string;
  readonly onClick: () => void;
}

/** The form on the screen: head, sections, buttons. It decides nothing. */
export class ConnectionView {
  readonly announcer = new Announcer();
  readonly customCloud = createElement('div', { class: 'subfields' });
  readonly personFlow = createElement('div', { class: 'subfields' });
  readonly appFlow = createElement('div', { class: 'subfields' });
  readonly secretFields = createElement('div', { class: 'subfields' });
  readonly certificateFields = createElement('div', { class: 'subfields' });
  readonly taskProblem = createElement('p', { class: 'field-problem', attributes: { id: 'tasks-problem' } });
  readonly resets: Readonly<Record<'tokenEndpoint' | 'authorizationEndpoint' | 'redirectUri', HTMLElement>>;
  private readonly title = createElement('h1');
  private readonly subtitle = createElement('p', { class: 'as-of' });
  private readonly state = createElement('p', { class: 'save-state' });
  private readonly summary = createElement('div', {
    class: 'summary-box',
    attributes: { role: 'group', tabindex: '-1', 'aria-labelledby': 'summary-title' },
  });
  private readonly notice = createElement('div', { class: 'notice', attributes: { role: 'alert' } });
  private readonly deprecated: HTMLElement;
  private readonly buttons: Readonly<Record<'save' | 'saveAndSignIn' | 'cancel', ButtonControl>>;
  private readonly taskGroup: HTMLElement;

  constructor(
    root: HTMLElement,
    start: ConnectionFormStart,
    fields: FormFields,
    signIn: SignInSection,
    actions: ViewActions,
  ) {
    this.buttons = {
      save: createButton({ label: 'Save', primary: true, onClick: () => actions.save() }),
      saveAndSignIn: createButton({ label: 'Save and Sign In', onClick: () => actions.saveAndSignIn() }),
      cancel: createButton({ label: 'Cancel', onClick: () => actions.cancel() }),
    };
    const reset = (field: keyof ConnectionView['resets'], label: string): HTMLElement => {
      const button = createLinkButton('Use the usual one', () => actions.resetEndpoint(field));
      button.setAttribute('aria-label', `${label}: use the usual one`);
      return button;
    };
    this.resets = {
      tokenEndpoint: reset('tokenEndpoint', 'Token endpoint'),
      authorizationEndpoint: reset('authorizationEndpoint', 'Authorization endpoint'),
      redirectUri: reset('redirectUri', 'Redirect URI'),
    };
    for (const name of ['tokenEndpoint', 'authorizationEndpoint', 'redirectUri'] as const) {
      fields[name].element.append(this.resets[name]);
    }
    this.deprecated = deprecatedNotice(actions);
    this.deprecated.hidden = !start.deprecated;
    this.summary.hidden = true;
    this.notice.hidden = true;
    this.taskProblem.hidden = true;
    this.taskGroup = createElement('div', {
      class: 'tasks',
      attributes: { role: 'group', 'aria-labelledby': 'section-tasks', 'aria-describedby': 'tasks-problem' },
      children: [...[...fields.tasks.values()].map((task) => task.element), this.taskProblem],
    });
    this.customCloud.append(...elements(fields.loginOrigin, fields.graphOrigin, fields.caCertificatePath));
    this.personFlow.append(...elements(fields.authorizationEndpoint, fields.redirectUri));
    this.secretFields.append(...elements(fields.secret, fields.secretExpiresOn));
    this.certificateFields.append(...elements(fields.certificate));
    this.appFlow.append(fields.credentialKind.element, this.secretFields, this.certificateFields);

    root.replaceChildren(
      createElement('div', {
        class: 'form-scroll',
        attributes: { id: 'form-scroll' },
        children: [
          createElement('header', { class: 'page-head of-one', children: [this.title, this.subtitle] }),
          this.deprecated,
          this.notice,
          this.summary,
          section('general', 'Connection', 'What it is called and where the tenant lives.', [
            ...elements(fields.name, fields.sourceType, fields.cloud),
            this.customCloud,
          ]),
          section('app', 'App', 'The application that asks Microsoft for the data.', [
            ...elements(fields.app, fields.tenant, fields.clientId),
          ]),
          section('tasks', 'Tasks', 'What an import brings, and the permissions that takes.', [
            this.taskGroup,
            fields.readOnly.element,
          ]),
          section('flow', 'Sign-in', 'How the connection gets in, and who it is.', [
            ...elements(fields.flow, fields.tokenEndpoint),
            this.personFlow,
            this.appFlow,
            signIn.element,
          ]),
          section(
            'thresholds',
            'Activity',
            'From when on a person or a seat of this tenant is called inactive.',
            [
              createElement('div', {
                class: 'day-fields',
                children: elements(fields.inactivityDays, fields.graceDays),
              }),
            ],
          ),
          section('proxy', 'Proxy', 'For networks that reach Microsoft through a proxy only.', [
            fields.useProxy.element,
            createElement('div', {
              class: 'subfields indented',
              children: elements(fields.proxyServer, fields.proxyUsername, fields.proxyPassword),
            }),
          ]),
        ],
      }),
      createElement('footer', {
        class: 'form-foot',
        children: [
          this.buttons.save.element,
          this.buttons.saveAndSignIn.element,
          this.buttons.cancel.element,
          this.state,
        ],
      }),
      this.announcer.element,
    );
  }

  setTitle(title: string, subtitle: string): void {
    this.title.textContent = title;
    this.subtitle.textContent = subtitle;
  }

  /** @param changed whether there is something to save */
  setState(changed: boolean, isNew: boolean, busy: boolean, frozen: boolean): void {
    this.state.textContent = frozen ? '' : changed ? 'Unsaved changes' : isNew ? '' : 'Saved';
    this.buttons.save.setDisabled(busy || frozen || (!changed && !isNew));
    this.buttons.saveAndSignIn.setDisabled(busy || frozen);
    const cancel = this.buttons.cancel.element;
    const label = changed || isNew ? 'Cancel' : 'Close';
    if (cancel.textContent !== label) cancel.textContent = label;
  }

  setDeprecated(deprecated: boolean): void {
    this.deprecated.hidden = !deprecated;
  }

  /** What keeps the form from being saved, on top and with the focus, each line leading to its field. */
  showSummary(lines: readonly SummaryLine[], focus: boolean): void {
    this.summary.hidden = lines.length === 0;
    this.summary.replaceChildren();
    if (lines.length === 0) return;
    const title =
      lines.length === 1 ? 'One field needs your attention' : `${lines.length} fields need your attention`;
    this.summary.append(
      createElement('h2', {
        attributes: { id: 'summary-title' },
        children: [createIcon('error'), title],
      }),
      createElement('ul', {
        children: lines.map(({ text, onClick }) =>
          createElement('li', { children: [createLinkButton(text, onClick)] }),
        ),
      }),
    );
    if (focus) {
      this.summary.focus({ preventScroll: true });
      this.summary.scrollIntoView({ block: 'nearest' });
    }
  }

  setNotice(text: string | null): void {
    this.notice.hidden = text === null;
    this.notice.replaceChildren();
    if (text === null) return;
    this.notice.append(createIcon('error'), createElement('p', { text }));
    this.notice.scrollIntoView({ block: 'nearest' });
  }

  setTaskProblem(sentence: string | null): void {
    this.taskProblem.hidden = sentence === null;
    this.taskProblem.replaceChildren();
    this.taskGroup.classList.toggle('invalid', sentence !== null);
    if (sentence !== null) {
      this.taskProblem.append(createIcon('error'), createElement('span', { text: sentence }));
    }
  }
}

function section(id: string, title: string, text: string, children: readonly HTMLElement[]): HTMLElement {
  return createElement('section', {
    class: 'form-section',
    attributes: { 'aria-labelledby': `section-${id}` },
    children: [
      createElement('div', {
        class: 'section-head',
        children: [
          createElement('h2', { text: title, attributes: { id: `section-${id}` } }),
          createElement('p', { text }),
        ],
      }),
      createElement('div', { class: 'section-fields', children }),
    ],
  });
}

function deprecatedNotice(actions: ViewActions): HTMLElement {
  return createElement('div', {
    class: 'notice caution',
    children: [
      createIcon('archive'),
      createElement('p', {
        text: 'This connection is of the deprecated source type Microsoft Office 365. It is kept to be read: it can be neither run nor changed. Converted to Microsoft 365 it keeps its history.',
      }),
      createButton({ label: 'Convert to Microsoft 365', primary: true, onClick: () => actions.convert() })
        .element,
    ],
  });
}

function elements(...controls: readonly FieldControl[]): HTMLElement[] {
  return controls.map((control) => control.element);
}
