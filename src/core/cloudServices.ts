import type { DoctorReport } from '../shared/doctorContract';
import { downloadProductList, type DownloadedList } from './catalog/productListDownload';
import type { Disposable } from './foundation/disposables';
import type { LicenseError } from './foundation/errors';
import { withPrefix } from './foundation/logger';
import type { Logger } from './foundation/logger';
import { createHttpClient } from './graph/axiosHttpClient';
import { ConnectionHttpClients } from './graph/connectionHttpClients';
import { testConnection } from './health/connectionCheck';
import { createIdentity } from './identity/msalIdentity';
import { endpointsOf } from './identity/clouds';
import type { Identity, SecretVault } from './identity/identity';
import {
  openRegistrationSession,
  type RegistrationSession,
  type RegistrationSignIn,
} from './identity/registrationSession';
import { publishedRates, RequestRates, unlimitedRates } from './graph/requestRates';
import { runImport } from './importing/runImport';
import type { Connection, ImportTask } from './model/connection';
import type { EvaluationSettings } from './model/evaluation';
import type { ImportProgress, ImportResult, ImportTrigger } from './model/importRecords';
import type { Store } from './store/store';

/** What {@link createCloudServices} needs. */
export interface CloudServicesDeps {
  readonly store: Store;
  readonly vault: SecretVault;
  readonly logger: Logger;
  readonly now: () => Date;
  /** The bundled `httpWorker.js`: the thread of connections with a proxy of their own. */
  readonly httpWorkerPath: string;
}

/** One import as the host asks for it. */
export interface ImportRequest {
  readonly connection: Connection;
  readonly tasks: readonly ImportTask[];
  readonly trigger: ImportTrigger;
  readonly evaluation: EvaluationSettings;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
  /** Datasets read side by side; 4 unless told. */
  readonly maxConcurrency?: number;
  /** Reads everything, though the service could tell what changed. */
  readonly full?: boolean;
  /** A dataset could not be read because a person must sign in; the import goes on with the others. */
  readonly onSignInRequired?: (error: LicenseError) => void;
  /**
   * The import was read and the file can't be written; everything is still in memory. Resolves with true to try
   * again. Absent: what was read is dropped.
   */
  readonly onNotWritable?: (error: LicenseError) => Promise<boolean>;
}

/** Everything that talks to Microsoft: a bundle of its own, loaded when the first sign-in or import needs it. */
export interface CloudServices extends Disposable {
  readonly identity: Identity;
  /** Runs one import. Throws when it could not run at all; an import that ran returns its result. */
  runImport(request: ImportRequest): Promise<ImportResult>;
  /** Tests what a connection may read. Whatever fails is in the report; rejects with `cancelled`. */
  testConnection(connection: Connection, signal: AbortSignal): Promise<DoctorReport>;
  /** Downloads Microsoft's list of products, without any sign-in. */
  downloadProductList(address: string, signal: AbortSignal): Promise<DownloadedList>;
  /** Signs a person in for registering applications; nothing of that sign-in is stored. */
  openRegistrationSession(request: RegistrationSignIn): Promise<RegistrationSession>;
}

/** Puts the parts that talk to Microsoft together. */
export function createCloudServices(deps: CloudServicesDeps): CloudServices {
  const clients = new ConnectionHttpClients(deps);
  // Microsoft counts per application and tenant, whichever connection asks.
  const rates = new Map<string, RequestRates>();
  const ratesOf = ({ cloud, tenantId, clientId }: Connection): RequestRates => {
    const key = `${tenantId ?? ''}/${clientId}`;
    const known = rates.get(key) ?? new RequestRates(cloud === 'custom' ? unlimitedRates : publishedRates);
    rates.set(key, known);
    return known;
  };
  const identity = createIdentity({
    vault: deps.vault,
    http: (connection) => clients.clientOf(connection),
    logger: withPrefix(deps.logger, 'identity'),
    now: deps.now,
  });
  return {
    identity,
    runImport: async (request) => {
      return runImport({
        ...request,
        http: await clients.clientOf(request.connection),
        tokens: identity.tokenSource(request.connection),
        graphOrigin: endpointsOf(request.connection).graph,
        store: deps.store,
        logger: withPrefix(deps.logger, 'import'),
        now: deps.now,
        rates: ratesOf(request.connection),
      });
    },
    testConnection: (connection, signal) =>
      testConnection(
        {
          http: async () => clients.clientOf(connection),
          tokens: identity.tokenSource(connection),
          logger: withPrefix(deps.logger, 'test'),
          now: deps.now,
        },
        connection,
        signal,
      ),
    downloadProductList: (address, signal) => downloadProductList(createHttpClient({}), address, signal),
    openRegistrationSession: (request) =>
      openRegistrationSession(
        {
          http: (connection) => clients.clientOf(connection),
          logger: withPrefix(deps.logger, 'registration'),
          now: deps.now,
        },
        request,
      ),
    dispose: () => clients.dispose(),
  };
}
