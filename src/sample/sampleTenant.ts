import { randomBytes } from 'node:crypto';
import { SampleDirectory } from './data/directory';
import { SampleSubscriptions } from './data/subscriptions';
import { EntraServer } from './entra/entraServer';
import { RegisteredApplications } from './entra/registeredApplications';
import { confidentialClient, publicClient } from './entra/registrations';
import { TokenSigner } from './entra/tokens';
import { GraphServer } from './graph/graphServer';
import { createServerCertificate } from './net/certificates';
import type { SampleHandler, SampleOrigin } from './net/exchange';
import { FaultInjector } from './net/faults';
import type { JournalEntry } from './net/journal';
import { Journal } from './net/journal';
import type { Listener, ListenerContext } from './net/listeners';
import { listen } from './net/listeners';
import { ReportServer } from './reports/reportServer';
import type { SampleAddress, SampleFaults, SampleOptions, SampleSwitches } from './sampleOptions';
import type { TenantState } from './tenantState';

/** A running sample tenant; the same whether it runs on this thread or on its own. */
export interface SampleTenant {
  readonly address: SampleAddress;
  /**
   * Changes how it behaves from now on. Faults replace the former ones and start their dice anew; switches are
   * merged into the former ones.
   */
  configure(change: { faults?: SampleFaults; switches?: SampleSwitches }): Promise<void>;
  /** The newest requests, oldest first. */
  journal(): Promise<readonly JournalEntry[]>;
  /** The newest tokens it gave out, so that a test can search for them where no token may be. */
  issuedTokens(): Promise<readonly string[]>;
  /** Answers a device code for the person. False when there is no such pending code. */
  approveDeviceCode(userCode: string, decision?: 'approve' | 'decline'): Promise<boolean>;
  /** Stops all listeners and cuts open connections. */
  close(): Promise<void>;
}

/** Most users that the sample tenant makes. */
export const maximumUsers = 500_000;

/** Starts Entra ID, Graph, the report downloads and the pages for people on free ports of the loopback. */
export async function startSampleTenant(options: SampleOptions = {}): Promise<SampleTenant> {
  const users = options.users ?? 300;
  if (!Number.isInteger(users) || users < 1 || users > maximumUsers) {
    throw new RangeError(`users must be a whole number from 1 to ${maximumUsers}.`);
  }
  const directory = new SampleDirectory({
    seed: options.seed ?? 1,
    users,
    today: options.today ?? new Date().toISOString().slice(0, 10),
  });
  const names = options.hostNames ?? { login: 'localhost', graph: 'localhost', download: 'localhost' };
  const certificate = createServerCertificate(Object.values(options.hostNames ?? {}));
  const faults = new FaultInjector();
  faults.configure(options.faults ?? {});
  const journal = new Journal();
  const context: ListenerContext = { certificate, faults, journal, acceptFrom: options.acceptFrom };

  // The handlers need the ports, and the ports come with the listeners.
  const handlers: Partial<Record<SampleOrigin, SampleHandler>> = {};
  const start = (origin: SampleOrigin): Promise<Listener> =>
    listen(origin, context, (request) => handlers[origin]?.(request) ?? { status: 503 });
  const login = await start('login');
  const graph = await start('graph');
  const download = await start('download');
  const pages = await start('pages');

  const state: TenantState = {
    options,
    directory,
    subscriptions: new SampleSubscriptions(directory),
    signer: new TokenSigner(),
    applications: new RegisteredApplications(),
    issuedTokens: [],
    switches: options.switches ?? {},
    downloadUrl: `https://${names.download}:${download.port}`,
    address: {
      tenantId: directory.tenantId,
      tenantName: directory.tenantName,
      defaultDomain: directory.domain,
      loginUrl: `https://${names.login}:${login.port}`,
      graphUrl: `https://${names.graph}:${graph.port}`,
      pagesUrl: `http://localhost:${pages.port}`,
      account: directory.user(0).userPrincipalName,
      clientId: publicClient.clientId,
      confidentialClientId: confidentialClient.clientId,
      clientSecret: `smp~${randomBytes(24).toString('base64url')}`,
      caCertificate: certificate.caCertificate,
    },
  };
  const entra = new EntraServer(state);
  const reports = new ReportServer(state);
  const graphServer = new GraphServer(state, faults, reports);
  handlers.login = (request) => entra.handle(request);
  handlers.pages = (request) => entra.handle(request);
  handlers.graph = (request) => graphServer.handle(request);
  handlers.download = (request) => reports.download(request);

  return {
    address: state.address,
    configure: async (change) => {
      if (change.faults) faults.configure(change.faults);
      if (change.switches) state.switches = { ...state.switches, ...change.switches };
    },
    journal: async () => journal.entries(),
    issuedTokens: async () => [...state.issuedTokens],
    approveDeviceCode: async (userCode, decision = 'approve') => entra.decideDeviceCode(userCode, decision),
    close: async () => {
      await Promise.all([login, graph, download, pages].map((listener) => listener.close()));
    },
  };
}
