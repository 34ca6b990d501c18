import type { DoctorContract, DoctorReport, DoctorState } from '../../src/shared/doctorContract';
import { Announcer } from '../common/announcer';
import { createButton, type ButtonControl } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { countOf, formatMoment } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
import { Notice } from '../common/notice';
import { PageLoader } from '../common/pageLoader';
import { failureOf } from '../common/rpcClient';
import { createCheckTable } from './checkTable';
import { reportAsText, summaryText } from './reportText';
import { verdictLooks } from './verdictWords';

/** The test of a connection in the browser: a sentence, and the table behind it. */
export class DoctorApp {
  private readonly announcer = new Announcer();
  private readonly title = createElement('h1', { text: 'Test Connection' });
  private readonly facts = createElement('p', { class: 'as-of' });
  private readonly progress = createElement('div', {
    class: 'progress-line',
    attributes: { 'aria-hidden': 'true' },
  });
  private readonly notice = new Notice(true);
  private readonly content = createElement('div', { class: 'content' });
  private readonly again: ButtonControl;
  private readonly signInButton: ButtonControl;
  private readonly copyButton: ButtonControl;
  private readonly exportButton: ButtonControl;
  private readonly loader: PageLoader<DoctorReport, void>;

  constructor(
    private readonly host: HostConnection<DoctorContract>,
    root: HTMLElement,
  ) {
    this.copyButton = createButton({
      label: 'Copy Report',
      icon: 'copy',
      onClick: () => void this.copyReport(),
    });
    this.exportButton = createButton({
      label: 'Export CSV',
      icon: 'export',
      onClick: () => void this.exportCsv(),
    });
    this.signInButton = createButton({
      label: 'Sign In…',
      icon: 'sign-in',
      onClick: () => void this.signIn(),
    });
    this.again = createButton({
      label: 'Test Again',
      icon: 'refresh',
      primary: true,
      onClick: () => void this.loader.load(),
    });
    this.copyButton.setDisabled(true);
    this.exportButton.setDisabled(true);
    this.loader = new PageLoader({
      notice: this.notice,
      load: (signal) => {
        this.announcer.say('Testing the connection.');
        return host.rpc.request('test', null, signal);
      },
      show: (report) => {
        this.show(report);
        this.announcer.say(summaryText(report));
      },
      showFailure: (sentence, retry) => this.showFailure(sentence, retry),
      setBusy: (busy) => this.setBusy(busy),
    });
    root.replaceChildren(
      createElement('header', {
        class: 'page-head',
        children: [
          this.title,
          this.facts,
          createElement('div', {
            class: 'actions',
            children: [this.exportButton, this.copyButton, this.signInButton, this.again].map(
              ({ element }) => element,
            ),
          }),
        ],
      }),
      this.progress,
      this.notice.element,
      this.content,
      this.announcer.element,
    );
    host.rpc.on('testAgain', () => {
      if (!this.loader.isLoading) void this.loader.load();
    });
  }

  /** Shows the page at once and tests; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    try {
      const { connectionId } = await this.host.rpc.request('start', null);
      this.host.saveState({ connectionId } satisfies DoctorState);
    } catch (error) {
      this.showFailure(failureOf(error).sentence, () => void this.start());
      return;
    }
    this.content.replaceChildren(
      createElement('p', { class: 'summary muted', text: 'Asking each endpoint that an import needs…' }),
    );
    void this.loader.load();
  }

  private setBusy(busy: boolean): void {
    this.progress.classList.toggle('active', busy);
    this.content.setAttribute('aria-busy', String(busy));
    this.again.setDisabled(busy);
    this.signInButton.setDisabled(busy);
    this.copyButton.setDisabled(busy || this.loader.data === undefined);
    this.exportButton.setDisabled(busy || this.loader.data === undefined);
  }

  private show(report: DoctorReport): void {
    const failed = report.rows.filter((row) => row.verdict !== 'ok');
    const icon = failed.length === 0 ? 'pass' : failed.every((row) => row.optional) ? 'info' : 'warning';
    this.title.textContent = `Test of “${report.connectionName}”`;
    this.facts.textContent = [
      report.account ?? 'not signed in',
      report.cloud,
      `tested ${formatMoment(report.testedAt)}`,
    ].join(' · ');
    const consent = failed.some((row) => row.consentUrl !== null);
    this.content.className = 'content';
    this.content.replaceChildren(
      createElement('div', {
        class: 'summary',
        children: [
          createIcon(icon, `summary-icon ${icon}`),
          createElement('p', { text: summaryText(report) }),
        ],
      }),
      ...(consent ? [this.consentBox(report)] : []),
      createElement('div', {
        class: 'table-frame',
        // A frame that scrolls must be reachable by keyboard.
        attributes: { tabindex: '0', role: 'region', 'aria-label': 'Checks' },
        children: [
          createCheckTable(report.rows, {
            onCopy: (text, what) => void this.copy(text, `${what} copied.`),
            onOpenConsent: (url) => void this.openConsent(url),
          }),
        ],
      }),
      createElement('p', { class: 'identity muted', children: identity(report) }),
    );
  }

  /** One link for everything that is missing, to send to an administrator. */
  private consentBox(report: DoctorReport): HTMLElement {
    const rows = report.rows.filter((row) => row.consentUrl !== null);
    const names = [...new Set(rows.map((row) => row.permission))];
    const url = rows[0]?.consentUrl ?? report.consentUrl;
    return createElement('section', {
      class: 'consent-box',
      attributes: { 'aria-labelledby': 'consent-title' },
      children: [
        createElement('h2', {
          text: `An administrator must grant ${names.length === 1 ? 'a permission' : `${names.length} permissions`}`,
          attributes: { id: 'consent-title' },
        }),
        createElement('p', { children: names.map((text) => createElement('code', { text })) }),
        createElement('div', {
          class: 'consent-actions',
          children: [
            createButton({
              label: 'Copy Consent Link',
              icon: 'copy',
              onClick: () => void this.copy(url, 'The consent link copied.'),
            }).element,
            createButton({
              label: 'Open Consent Page',
              icon: 'link-external',
              onClick: () => void this.openConsent(url),
            }).element,
          ],
        }),
        createElement('p', {
          class: 'muted',
          text: 'The link names this application, tenant and cloud. After accepting, the browser may say that the last page can’t be reached; the consent counts all the same.',
        }),
      ],
    });
  }

  private async signIn(): Promise<void> {
    await this.notice.attempt(async () => {
      const { signedIn } = await this.host.rpc.request('signIn', null);
      if (signedIn) await this.loader.load();
    });
  }

  private async copyReport(): Promise<void> {
    const { data } = this.loader;
    if (data !== undefined) await this.copy(reportAsText(data), 'The report copied.');
  }

  private async exportCsv(): Promise<void> {
    await this.notice.attempt(async () => {
      const written = await this.host.rpc.request('exportCsv', null);
      if (written !== null) this.announcer.say(`${countOf(written.rows, 'check')} exported.`);
    });
  }

  private async copy(text: string, announcement: string): Promise<void> {
    await this.notice.attempt(async () => {
      await this.host.rpc.request('copy', { text });
      this.announcer.say(announcement);
    });
  }

  private async openConsent(url: string): Promise<void> {
    await this.notice.attempt(() => this.host.rpc.request('openConsent', { url }));
  }

  private showFailure(text: string, retry: () => void): void {
    this.content.className = 'content message';
    this.content.replaceChildren(
      createMessagePane({
        kind: 'error',
        icon: verdictLooks.serviceError.icon,
        title: 'The connection could not be tested',
        text,
        action: { label: 'Retry', onClick: retry },
      }),
    );
  }
}

function identity(report: DoctorReport): HTMLElement[] {
  const facts: readonly (readonly [string, string])[] = [
    ['Tenant', report.tenantId ?? 'not known'],
    ['Application (client) ID', report.clientId],
    [
      'Permissions of the token',
      report.permissions === null ? 'no token' : report.permissions.join(', ') || 'none',
    ],
  ];
  return facts.map(([name, value]) =>
    createElement('span', {
      class: 'identity-fact',
      children: [`${name}: `, createElement('code', { text: value })],
    }),
  );
}
