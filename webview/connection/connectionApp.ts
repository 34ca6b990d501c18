import type {
  ConnectionContract,
  ConnectionFormCheck,
  ConnectionFormField,
  ConnectionFormStart,
  ConnectionFormState,
  ConnectionFormValues,
  ConnectionSaveResult,
  ConnectionSignIn,
} from '../../src/shared/connectionContract';
import type { FieldProblem } from '../common/fieldFrame';
import type { HostConnection } from '../common/hostConnection';
import { createMessagePane } from '../common/messagePane';
import { failureOf } from '../common/rpcClient';
import { mergeValues, restoreState, sameValues, type RestoredState } from './connectionState';
import { certificateStatus, fieldNames, secretStatus } from './connectionWords';
import { ConnectionView } from './connectionView';
import { createFields, type FormFields } from './formFields';
import { controlsOf, endpoints, showAvailability, showHints, showValues } from './formScreen';
import { SignInSection } from './signInSection';

const checkDelay = 150;

/** The connection form in the browser. What the values mean is the host's to say, at every change. */
export class ConnectionApp {
  private readonly restored: RestoredState;
  private readonly signInSection: SignInSection;
  private fields!: FormFields;
  private view!: ConnectionView;
  private begin!: ConnectionFormStart;
  private saved!: ConnectionFormValues;
  private values!: ConnectionFormValues;
  private check!: ConnectionFormCheck;
  private signIn!: ConnectionSignIn;
  /** Fields that the person has been at: only they are told off before Save is pressed. */
  private readonly touched = new Set<ConnectionFormField>();
  private saveTried = false;
  private busy = false;
  private signingIn: AbortController | undefined;
  private checking: AbortController | undefined;
  private checkTimer: number | undefined;

  constructor(
    private readonly host: HostConnection<ConnectionContract>,
    private readonly root: HTMLElement,
  ) {
    this.restored = restoreState(host.savedState);
    this.signInSection = new SignInSection(
      () => void this.saveAndSignIn(),
      () => this.signingIn?.abort(),
    );
    host.rpc.on('signInChanged', (signIn) => {
      this.signIn = signIn;
      if (this.view !== undefined) this.render();
    });
  }

  /** Loads for the first time; resolves when there is something to see. */
  async start(): Promise<void> {
    this.host.rpc.ready();
    try {
      this.take(await this.host.rpc.request('start', null));
    } catch (error) {
      this.root.replaceChildren(
        createMessagePane({
          kind: 'error',
          icon: 'error',
          title: 'The connection could not be loaded',
          text: failureOf(error).sentence,
          action: { label: 'Retry', onClick: () => void this.start() },
        }),
      );
      return;
    }
    if (this.restored.values !== null && !this.begin.deprecated) {
      this.values = mergeValues(this.saved, this.restored.values);
      await this.checkNow();
    }
    this.root.querySelector('#form-scroll')?.scrollTo({ top: this.restored.scrollTop });
  }

  /** Puts the focus where a person begins, once the page can be seen; one that comes back is left as it is. */
  focusFirst(): void {
    if (this.view !== undefined && this.begin.mode === 'create' && this.values.name === '') {
      this.fields.name.focus();
    }
  }

  private take(start: ConnectionFormStart): void {
    this.begin = start;
    this.saved = start.values;
    this.values = start.values;
    this.check = start.check;
    this.signIn = start.signIn;
    this.touched.clear();
    this.saveTried = false;
    this.fields = createFields(start, {
      change: (field, changes) => this.change(field, changes),
      leave: (field) => this.leave(field),
      askSecret: (kind) => void this.run(() => this.askSecret(kind)),
      pickCertificate: () => void this.run(() => this.pickCertificate()),
      pickCaCertificate: () => void this.run(() => this.pickCaCertificate()),
    });
    this.view = new ConnectionView(this.root, start, this.fields, this.signInSection, {
      save: () => void this.save(),
      saveAndSignIn: () => void this.saveAndSignIn(),
      cancel: () => void this.run(() => this.host.rpc.request('close', { changed: this.isChanged() })),
      convert: () => void this.run(() => this.convert()),
      resetEndpoint: (field) => {
        this.change(field, { [field]: null });
        this.fields[field].focus();
      },
    });
    this.root
      .querySelector('#form-scroll')
      ?.addEventListener('scroll', () => this.keepState(), { passive: true });
    this.render();
  }

  private change(field: ConnectionFormField, changes: Partial<ConnectionFormValues>): void {
    this.touched.add(field);
    this.values = { ...this.values, ...this.settled(changes) };
    if (field === 'tasks') {
      this.values = {
        ...this.values,
        tasks: this.begin.tasks
          .map(({ value }) => value)
          .filter((task) => this.fields.tasks.get(task)?.value),
      };
    }
    this.render();
    window.clearTimeout(this.checkTimer);
    this.checkTimer = window.setTimeout(() => void this.checkNow(), checkDelay);
  }

  /** An endpoint that is what it would be anyway goes on following. */
  private settled(changes: Partial<ConnectionFormValues>): Partial<ConnectionFormValues> {
    const result = { ...changes };
    for (const name of endpoints) {
      if (result[name] === this.check.projected[name]) Object.assign(result, { [name]: null });
    }
    return result;
  }

  private leave(field: ConnectionFormField): void {
    // An endpoint left empty is the usual one again; in between it must be possible to clear it.
    const endpoint = endpoints.find((name) => name === field);
    if (endpoint !== undefined && this.values[endpoint]?.trim() === '') this.change(field, { [field]: null });
  }

  private async checkNow(): Promise<void> {
    window.clearTimeout(this.checkTimer);
    this.checking?.abort();
    const checking = new AbortController();
    this.checking = checking;
    try {
      const check = await this.host.rpc.request('check', this.values, checking.signal);
      if (this.checking !== checking) return;
      this.check = check;
      this.render();
    } catch (error) {
      if (failureOf(error).reason !== 'cancelled') this.view.setNotice(failureOf(error).sentence);
    }
  }

  private async askSecret(kind: 'secret' | 'proxyPassword'): Promise<void> {
    const check = await this.host.rpc.request('askSecret', { kind, values: this.values });
    if (check === null) return;
    this.touched.add(kind);
    this.takeCheck(check);
    this.view.announcer.say(`${fieldNames[kind]}: ${secretStatus(check.secrets[kind])}`);
  }

  private async pickCertificate(): Promise<void> {
    const check = await this.host.rpc.request('pickCertificate', { values: this.values });
    if (check === null) return;
    this.touched.add('certificate');
    this.takeCheck(check);
    this.view.announcer.say(certificateStatus(check.secrets.certificate, check.certificate));
  }

  private async pickCaCertificate(): Promise<void> {
    const picked = await this.host.rpc.request('pickCaCertificate', null);
    if (picked !== null) this.change('caCertificatePath', { caCertificatePath: picked.path });
  }

  private takeCheck(check: ConnectionFormCheck): void {
    this.check = check;
    this.render();
  }

  private async save(): Promise<boolean> {
    if (this.busy) return false;
    window.clearTimeout(this.checkTimer);
    this.checking?.abort();
    this.setBusy(true);
    let result: ConnectionSaveResult | undefined;
    await this.run(async () => {
      result = await this.host.rpc.request('save', this.values);
    });
    this.setBusy(false);
    if (result === undefined) return false;
    this.check = result.check;
    if (!result.saved) {
      this.saveTried = true;
      this.render();
      this.showSummary(true);
      return false;
    }
    this.begin = {
      ...this.begin,
      mode: 'edit',
      connectionId: result.connectionId,
      copyOf: null,
      copiedFrom: null,
    };
    this.saved = result.values;
    this.values = result.values;
    this.signIn = result.signIn;
    this.saveTried = false;
    this.touched.clear();
    this.render();
    this.view.announcer.say('The connection has been saved.');
    return true;
  }

  private async saveAndSignIn(): Promise<void> {
    if (this.busy || this.signingIn !== undefined) return;
    if ((this.isChanged() || this.begin.connectionId === null) && !(await this.save())) return;
    const signingIn = new AbortController();
    this.signingIn = signingIn;
    this.setBusy(true);
    this.signInSection.focus({ byPerson: this.byPerson(), running: true });
    await this.run(async () => {
      const signIn = await this.host.rpc.request('signIn', null, signingIn.signal);
      if (signIn === null) return;
      this.signIn = signIn;
      this.view.announcer.say(`Signed in as ${signIn.account ?? 'the app'}.`);
    });
    this.signingIn = undefined;
    this.setBusy(false);
    this.signInSection.focus({ byPerson: this.byPerson(), running: false });
  }

  private async convert(): Promise<void> {
    this.take(await this.host.rpc.request('convert', null));
    this.view.announcer.say('Converted to Microsoft 365. Sign in to use the connection.');
  }

  private byPerson(): boolean {
    return this.values.flow !== 'clientCredentials';
  }

  private setBusy(busy: boolean): void {
    this.busy = busy;
    this.render();
  }

  private isChanged(): boolean {
    const { secret, certificate, proxyPassword } = this.check.secrets;
    return !sameValues(this.values, this.saved) || [secret, certificate, proxyPassword].includes('entered');
  }

  /** Makes the screen what the values and the host's judgement say. */
  private render(): void {
    const { values, check, fields, view, begin } = this;
    const shown = { values, check, begin };
    showValues(fields, view, shown);
    showHints(fields, shown);
    showAvailability(fields, view, shown);
    this.renderProblems();
    this.signInSection.show({
      signIn: this.signIn,
      check,
      byPerson: this.byPerson(),
      running: this.signingIn !== undefined,
      unsaved: this.isChanged() || begin.connectionId === null,
    });
    const name = this.saved.name;
    view.setTitle(
      begin.mode === 'edit' ? name : 'New connection',
      begin.copiedFrom === null
        ? begin.mode === 'edit'
          ? 'Connection to Microsoft 365'
          : 'A connection is one named way into one tenant.'
        : `A copy of “${begin.copiedFrom}”. Secrets and sign-ins are not copied.`,
    );
    view.setState(this.isChanged(), begin.mode === 'create', this.busy, begin.deprecated);
    this.keepState();
  }

  private renderProblems(): void {
    const { check, view } = this;
    const shown = check.problems.filter(({ field }) => this.saveTried || this.touched.has(field));
    for (const [name, control] of controlsOf(this.fields)) {
      const problem = shown.find(({ field }) => field === name);
      control.setProblem(problem === undefined ? null : this.asFieldProblem(problem));
    }
    view.setTaskProblem(shown.find(({ field }) => field === 'tasks')?.sentence ?? null);
    if (this.saveTried) this.showSummary(false);
    else view.showSummary([], false);
  }

  private asFieldProblem({ field, sentence, fix }: ConnectionFormCheck['problems'][number]): FieldProblem {
    if (fix === undefined) return { sentence };
    const { label, changes } = fix;
    return {
      sentence,
      fix: {
        label,
        onClick: () => {
          // What the endpoint said is now what the connection says, so it can follow again.
          const follow = endpoints.some((name) => name === field) ? { [field]: null } : {};
          this.change(field, { ...follow, ...changes });
          controlsOf(this.fields).get(field)?.focus();
        },
      },
    };
  }

  private showSummary(focus: boolean): void {
    this.view.showSummary(
      this.check.problems.map(({ field, sentence }) => ({
        text: `${fieldNames[field]}: ${sentence}`,
        onClick: () => this.focusField(field),
      })),
      focus,
    );
  }

  private focusField(field: ConnectionFormField): void {
    if (field === 'tasks') [...this.fields.tasks.values()][0]?.focus();
    else controlsOf(this.fields).get(field)?.focus();
  }

  private async run(action: () => Promise<unknown>): Promise<void> {
    try {
      this.view.setNotice(null);
      await action();
    } catch (error) {
      const { reason, sentence } = failureOf(error);
      if (reason !== 'cancelled' && reason !== 'signInCancelled') this.view.setNotice(sentence);
    }
  }

  private keepState(): void {
    const state: ConnectionFormState = {
      connectionId: this.begin.connectionId,
      copyOf: this.begin.copyOf,
      values: sameValues(this.values, this.saved) ? null : this.values,
      scrollTop: this.root.querySelector('#form-scroll')?.scrollTop ?? 0,
    };
    this.host.saveState(state);
  }
}
