import type { ConnectionFormCheck, ConnectionSignIn } from '../../src/shared/connectionContract';
import { createButton, type ButtonControl } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { formatMoment } from '../common/displayFormats';

/** What the section shows. */
export interface SignInView {
  readonly signIn: ConnectionSignIn;
  readonly check: ConnectionFormCheck;
  /** True when a person signs in, false when the app signs in as itself. */
  readonly byPerson: boolean;
  /** True while a sign-in runs. */
  readonly running: boolean;
  /** True when there are changes that Generate… saves first. */
  readonly unsaved: boolean;
}

/** Refresh token or sign-in: who, where, with which permissions, since when; and the button that renews it. */
export class SignInSection {
  readonly element: HTMLElement;
  private readonly title = createElement('h3', { attributes: { id: 'sign-in-title' } });
  private readonly content = createElement('div', { class: 'sign-in-content' });
  private readonly generate: ButtonControl;
  private readonly test: ButtonControl;
  private readonly stop: ButtonControl;

  constructor(onSignIn: () => void, onCancel: () => void) {
    this.generate = createButton({ label: 'Generate…', icon: 'key', onClick: onSignIn });
    this.generate.element.setAttribute('aria-label', 'Generate the refresh token: sign in with an account');
    this.test = createButton({ label: 'Sign In', icon: 'sign-in', onClick: onSignIn });
    this.test.element.setAttribute('aria-label', 'Sign in as the app');
    this.stop = createButton({ label: 'Cancel Sign-In', onClick: onCancel });
    this.element = createElement('section', {
      class: 'sign-in',
      attributes: { 'aria-labelledby': 'sign-in-title' },
      children: [
        createElement('div', {
          class: 'sign-in-head',
          children: [this.title, this.generate.element, this.test.element, this.stop.element],
        }),
        this.content,
      ],
    });
  }

  /** Where the focus goes when a sign-in has begun or ended. */
  focus(view: Pick<SignInView, 'byPerson' | 'running'>): void {
    if (view.running) this.stop.focus();
    else if (view.byPerson) this.generate.focus();
    else this.test.focus();
  }

  show(view: SignInView): void {
    const { signIn, byPerson, running } = view;
    this.title.textContent = byPerson ? 'Refresh token' : 'Sign-in';
    this.generate.element.hidden = !byPerson || running;
    this.test.element.hidden = byPerson || running;
    this.stop.element.hidden = !running;
    this.content.replaceChildren(
      running ? waiting(byPerson) : signIn.signedInAt === null ? absent(view) : present(signIn, byPerson),
    );
    if (!running && signIn.missing.length > 0 && signIn.signedInAt !== null) {
      this.content.append(
        note(
          'warning',
          `Some tasks need more than was granted: ${signIn.missing.join(', ')}. Sign in again.`,
        ),
      );
    }
    const asked = byPerson ? view.check.asksFor : [];
    if (asked.length > 0) {
      this.content.append(
        createElement('p', {
          class: 'field-hint',
          text: 'The sign-in asks for these permissions and no more:',
        }),
        chips(asked),
      );
    } else if (!byPerson) {
      this.content.append(
        createElement('p', {
          class: 'field-hint',
          text: 'The app has the application permissions that an administrator has granted it. The tasks need these:',
        }),
        chips(view.check.asksFor),
      );
    }
  }
}

function waiting(byPerson: boolean): HTMLElement {
  return createElement('p', {
    class: 'sign-in-state',
    children: [
      createIcon('loading', 'codicon-modifier-spin'),
      byPerson ? 'Waiting for you to sign in…' : 'Signing in…',
    ],
  });
}

function absent({ byPerson, unsaved }: SignInView): HTMLElement {
  const text = byPerson
    ? `No refresh token yet. “Generate…” ${unsaved ? 'saves the connection, then opens' : 'opens'} Microsoft’s sign-in, where you pick an account.`
    : 'The app has not signed in yet.';
  return createElement('p', { class: 'sign-in-state', children: [createIcon('circle-outline'), text] });
}

function present(signIn: ConnectionSignIn, byPerson: boolean): HTMLElement {
  const rows: [string, string | null][] = [
    [byPerson ? 'Account' : 'App', signIn.account],
    ['Tenant', signIn.tenantId],
    [byPerson ? 'Last refreshed' : 'Last token', moment(signIn.refreshedAt ?? signIn.signedInAt)],
  ];
  const facts = createElement('dl', {
    class: 'facts',
    children: rows.flatMap(([name, value]) => [
      createElement('dt', { text: name }),
      createElement('dd', { text: value ?? 'unknown' }),
    ]),
  });
  const granted = (name: string, list: readonly string[]): void => {
    if (list.length === 0) return;
    facts.append(createElement('dt', { text: name }), createElement('dd', { children: [chips(list)] }));
  };
  granted('Scopes', signIn.scopes);
  granted('Roles', signIn.roles);
  const state = createElement('p', {
    class: 'sign-in-state good',
    children: [createIcon('pass'), byPerson ? 'Signed in' : 'The app has signed in'],
  });
  const end = signIn.ends === null ? [] : [note(signIn.ends.near ? 'warning' : 'history', signIn.ends.text)];
  return createElement('div', { children: [state, facts, ...end] });
}

function note(icon: string, text: string): HTMLElement {
  return createElement('p', { class: `sign-in-note ${icon}`, children: [createIcon(icon), text] });
}

function chips(list: readonly string[]): HTMLElement {
  return createElement('ul', {
    class: 'scopes',
    children: list.map((name) => createElement('li', { text: name })),
  });
}

function moment(iso: string | null): string | null {
  return iso === null ? null : formatMoment(iso);
}
