import type { DoctorContract, DoctorReport, DoctorState } from '../../src/shared/doctorContract';
import { Announcer } from '../common/announcer';
import { createButton, type ButtonControl } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { formatMoment } from '../common/displayFormats';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
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
  private readonly notice = createElement('div', { class: 'notice', attributes: { role: 'alert' } });
  private readonly content = createElement('div', { class: 'content' });
  private readonly again: ButtonControl;
  private readonly signInButton: ButtonControl;
  private readonly copyButton: ButtonControl;
  private report: DoctorReport | undefined;
  private testing: AbortController | undefined;

  constructor(
    private readonly host: HostConnection<DoctorContract>,
    root: HTMLElement,
  ) {
    this.copyButton = createButton({
      label: 'Copy Report',
      icon: 'copy',
      onClick: () => void this.copyReport(),
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
      onClick: () => void this.test(),
    });
    this.copyButton.setDisabled(true);
    this.notice.hidden = true;
    root.replaceChildren(
      createElement('header', {
        class: 'page-head',
        children: [
          this.title,
          this.facts,
          createElement('div', {
            class: 'actions',
            children: [this.copyButton.element, this.signInButton.element, this.again.element],
          }),
        ],
      }),
      this.progress,
      this.notice,
      this.content,
      this.announcer.element,
    );
    host.rpc.on('testAgain', () => {
      if (this.testing === undefined) void this.test();
    });
  }

  /** Shows the page at once and tests; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    try {
      const { connectionId } = await this.host.rpc.request('start', null);
      this.host.saveState({ connectionId } satisfies DoctorState);
    } catch (error) {
      this.showFailure(error);
      return;
    }
    this.content.replaceChildren(
      createElement('p', { class: 'summary muted', text: 'Asking each endpoint that an import needs…' }),
    );
    void this.test();
  }

  private async test(): Promise<void> {
    this.testing?.abort();
    const testing = new AbortController();
    this.testing = testing;
    this.busy(true);
    this.announcer.say('Testing the connection.');
    try {
      const report = await this.host.rpc.request('test', null, testing.signal);
      if (this.testing !== testing) return;
      this.report = report;
      this.notice.hidden = true;
      this.show(report);
      this.announcer.say(summaryText(report));
    } catch (error) {
      if (this.testing === testing) this.showFailure(error);
    } finally {
      if (this.testing === testing) {
        this.testing = undefined;
        this.busy(false);
      }
    }
  }

  private busy(busy: boolean): void {
    this.progress.classList.toggle('active', busy);
    this.content.setAttribute('aria-busy', String(busy));
    this.again.setDisabled(busy);
    this.signInButton.setDisabled(busy);
    this.copyButton.setDisabled(busy || this.report === undefined);
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
    try {
      const { signedIn } = await this.host.rpc.request('signIn', null);
      if (signedIn) await this.test();
    } catch (error) {
      this.showFailure(error);
    }
  }

  private async copyReport(): Promise<void> {
    if (this.report !== undefined) await this.copy(reportAsText(this.report), 'The report copied.');
  }

  private async copy(text: string, announcement: string): Promise<void> {
    try {
      await this.host.rpc.request('copy', { text });
      this.announcer.say(announcement);
    } catch (error) {
      this.showFailure(error);
    }
  }

  private async openConsent(url: string): Promise<void> {
    try {
      await this.host.rpc.request('openConsent', { url });
    } catch (error) {
      this.showFailure(error);
    }
  }

  private showFailure(error: unknown): void {
    const { reason, sentence } = failureOf(error);
    if (reason === 'cancelled') return;
    if (this.report === undefined) {
      this.content.className = 'content message';
      this.content.replaceChildren(
        createMessagePane({
          kind: 'error',
          icon: verdictLooks.serviceError.icon,
          title: 'The connection could not be tested',
          text: sentence,
          action: { label: 'Retry', onClick: () => void this.test() },
        }),
      );
      return;
    }
    this.notice.hidden = false;
    this.notice.replaceChildren(createIcon('error'), createElement('p', { text: sentence }));
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
