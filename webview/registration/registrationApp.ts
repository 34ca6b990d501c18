import type {
  RegistrationContract,
  RegistrationGuide,
  RegistrationState,
} from '../../src/shared/registrationContract';
import { Announcer } from '../common/announcer';
import { createButton } from '../common/controls';
import { createElement } from '../common/createElement';
import { countOf } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
import { Notice } from '../common/notice';
import { failureOf } from '../common/rpcClient';
import { createCopyButton } from './copyButton';
import { createPermissionTable } from './permissionTable';

/** The guide in the browser: steps in the order of the portal, with everything to paste. */
export class RegistrationApp {
  private readonly announcer = new Announcer();
  private readonly notice = new Notice(true);
  private readonly content = createElement('div', { class: 'content' });

  constructor(
    private readonly host: HostConnection<RegistrationContract>,
    root: HTMLElement,
  ) {
    root.replaceChildren(
      createElement('header', {
        class: 'page-head',
        children: [
          createElement('h1', { text: 'Register Your Own App' }),
          createElement('div', {
            class: 'actions',
            children: [
              createButton({
                label: 'Register It for Me…',
                icon: 'wand',
                primary: true,
                onClick: () => void this.run(() => this.host.rpc.request('register', null)),
              }).element,
            ],
          }),
        ],
      }),
      this.notice.element,
      this.content,
      this.announcer.element,
    );
  }

  /** Resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    try {
      const guide = await this.host.rpc.request('start', null);
      const cloud = savedCloud(this.host.savedState);
      const known = cloud !== null && guide.clouds.some(({ value }) => value === cloud);
      this.show(known ? await this.host.rpc.request('guide', { cloud }) : guide);
    } catch (error) {
      this.content.replaceChildren(
        createMessagePane({
          kind: 'error',
          icon: 'error',
          title: 'The guide could not be shown',
          text: failureOf(error).sentence,
          action: { label: 'Retry', onClick: () => void this.start() },
        }),
      );
    }
  }

  private show(guide: RegistrationGuide): void {
    const { cloud } = guide;
    this.host.saveState({ cloud } satisfies RegistrationState);
    const names = guide.permissions.map(({ permission }) => permission).join(' ');
    this.content.replaceChildren(
      createElement('p', {
        class: 'lead',
        text: 'An app registration in your own tenant decides what this extension may read. “Register It for Me” creates it after showing you what it will create; it needs a sign-in that may register applications. Or follow these steps in the portal.',
      }),
      this.cloudField(guide),
      createElement('ol', {
        class: 'steps',
        children: [
          step('Create the registration', [
            createElement('p', {
              text: 'In the portal, open App registrations and choose New registration. Give it a name and choose “Accounts in this organizational directory only”.',
            }),
            createButton({
              label: 'Open Portal',
              icon: 'link-external',
              onClick: () => void this.run(() => this.host.rpc.request('openPortal', { cloud })),
            }).element,
          ]),
          step('If people sign in: redirect URIs and device codes', [
            createElement('p', {
              text: 'Under Authentication, add the platform “Mobile and desktop applications” with these redirect URIs, and switch on “Allow public client flows”, which sign-in by device code needs.',
            }),
            createElement('ul', {
              class: 'uris',
              children: guide.redirectUris.map((uri) =>
                createElement('li', {
                  children: [
                    createElement('code', { text: uri }),
                    createCopyButton(uri, () => void this.copy(uri, uri)),
                  ],
                }),
              ),
            }),
          ]),
          step('If the app signs in by itself: a secret or a certificate', [
            createElement('p', {
              text: 'Under Certificates & secrets, upload the public part of a certificate, or create a client secret and copy its Value (not its ID): it is shown once.',
            }),
          ]),
          step('Add the permissions', [
            createElement('p', {
              text: 'Under API permissions, add these permissions of Microsoft Graph: as delegated permissions if people sign in, as application permissions if the app signs in by itself. Only those of the tasks you will use are needed.',
            }),
            createElement('div', {
              class: 'step-actions',
              children: [
                createButton({
                  label: 'Copy All Names',
                  icon: 'copy',
                  onClick: () => void this.copy(names, 'The names'),
                }).element,
                createButton({
                  label: 'Export CSV',
                  icon: 'export',
                  onClick: () => void this.run(() => this.exportCsv(cloud)),
                }).element,
              ],
            }),
            createElement('div', {
              class: 'table-frame',
              attributes: { tabindex: '0', role: 'region', 'aria-label': 'Permissions' },
              children: [createPermissionTable(guide, (text, what) => void this.copy(text, what))],
            }),
          ]),
          step('Grant consent', [
            createElement('p', {
              text: `Choose “Grant admin consent”. Delegated permissions take ${guide.consentRoles.delegated}; application permissions take ${guide.consentRoles.application}. Whoever signs in for usage reports also needs the role Reports Reader.`,
            }),
          ]),
          step('Use it', [
            createElement('p', {
              text: 'Copy the Application (client) ID and the Directory (tenant) ID from the overview of the registration into a connection. “Test Connection” then says whether anything is missing.',
            }),
            createButton({
              label: 'Add Connection…',
              icon: 'add',
              onClick: () => void this.run(() => this.host.rpc.request('addConnection', null)),
            }).element,
          ]),
        ],
      }),
    );
  }

  private cloudField(guide: RegistrationGuide): HTMLElement {
    const select = createElement('select', {
      attributes: { id: 'cloud' },
      children: guide.clouds.map(({ value, label }) =>
        createElement('option', { text: label, attributes: { value } }),
      ),
    });
    select.value = guide.cloud;
    select.addEventListener('change', () => {
      void this.run(async () => {
        this.show(await this.host.rpc.request('guide', { cloud: select.value }));
        document.getElementById('cloud')?.focus();
      });
    });
    return createElement('div', {
      class: 'cloud',
      children: [createElement('label', { text: 'Cloud', attributes: { for: 'cloud' } }), select],
    });
  }

  private async exportCsv(cloud: string): Promise<void> {
    const written = await this.host.rpc.request('exportCsv', { cloud });
    if (written !== null) this.announcer.say(`${countOf(written.rows, 'permission')} exported.`);
  }

  private async copy(text: string, what: string): Promise<void> {
    await this.run(async () => {
      await this.host.rpc.request('copy', { text });
      this.announcer.say(`${what} copied.`);
    });
  }

  private async run(action: () => Promise<unknown>): Promise<void> {
    if (await this.notice.attempt(action)) this.notice.hide();
  }
}

function step(title: string, children: readonly Node[]): HTMLElement {
  return createElement('li', { children: [createElement('h2', { text: title }), ...children] });
}

function savedCloud(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('cloud' in state)) return null;
  return typeof state.cloud === 'string' ? state.cloud : null;
}
