import * as vscode from 'vscode';
import type { CloudServices } from '../core/cloudServices';
import { DisposableStore } from '../core/foundation/disposables';
import { withPrefix } from '../core/foundation/logger';
import { createStore } from '../core/store/sqliteStore';
import { convertConnection, presetClientId, registerConnectionCommands } from './commands/connectionCommands';
import { ExpiryWarnings } from './commands/connectionExpiryWarnings';
import { findConnection } from './commands/connectionPick';
import { ConnectionSignIns } from './commands/connectionSignIn';
import { registerConnectionTransferCommands } from './commands/connectionTransferCommands';
import { registerExchangeRateCommand } from './commands/exchangeRateCommand';
import { registerFileCommands } from './commands/fileCommands';
import { registerHealthCommands, runConnectionTest } from './commands/healthCommands';
import { registerCatalogueCommand } from './commands/catalogueCommand';
import { registerHtmlReportCommand } from './commands/htmlReportCommand';
import { registerImportCommands } from './commands/importCommands';
import { registerLicenseCommands } from './commands/licenseCommands';
import { registerMarkCommands } from './commands/markCommands';
import { registerPriceBookCommands } from './commands/priceBookCommands';
import { registerRegistrationCommands } from './commands/registrationCommands';
import { RegistrationPreviews } from './commands/registrationPreviews';
import { registerImportReport } from './commands/importReportCommand';
import { registerPrivacyCommands } from './commands/privacyCommands';
import { registerReportCommands } from './commands/reportCommands';
import { registerSampleCommands } from './commands/sampleCommands';
import { registerTreeCommands } from './commands/treeCommands';
import { registerSignInCommands } from './commands/signInCommands';
import { registerUserCommands } from './commands/userCommands';
import { createExtensionApi } from './extensionApi';
import type { ExtensionApi } from './extensionApi';
import { CommandRunner } from './host/commandRunner';
import { LogChannel } from './host/log';
import { describeError } from './host/messages';
import { PseudonymMode } from './host/pseudonymMode';
import { createSecretStorageVault } from './host/secretStorageVault';
import { evaluationSettings, importConcurrency, onDidChangeEvaluationSettings } from './host/settings';
import { ImportJobs } from './jobs/importJobs';
import { ActivityPanels } from './panels/activityPanels';
import { DoctorPanels } from './panels/doctorPanels';
import { ConnectionPanels } from './panels/connectionPanels';
import { LicensePanels } from './panels/licensePanels';
import { createPanels } from './panels/panels';
import { RegistrationPanel } from './panels/registrationPanel';
import { RosterViews } from './panels/rosterViews';
import { createShownRecords } from './panels/shownRecords';
import { createShownStore } from './panels/shownStore';
import { UserPanels } from './panels/userPanels';
import { SampleTenantSession } from './sampleTenant/sampleTenantSession';
import { TenantTree } from './tree/tenantTree';

/**
 * Builds everything, in order, by hand. Nothing is opened, loaded or started here: the store opens at its
 * first use, the parts that talk to Microsoft load at the first sign-in or import.
 */
export function compose(context: vscode.ExtensionContext): {
  api: ExtensionApi;
  disposable: vscode.Disposable;
} {
  const disposables = new DisposableStore();
  const log = disposables.add(new LogChannel());
  const file = (...path: string[]): string =>
    vscode.Uri.joinPath(context.extensionUri, 'dist', ...path).fsPath;
  const vault = createSecretStorageVault(context.secrets);
  const folder = context.globalStorageUri.fsPath;

  const store = disposables.add(
    createStore({
      folder,
      workerPath: file('storeWorker.js'),
      wasmPath: file('sql-wasm.wasm'),
      logger: withPrefix(log, 'store'),
    }),
  );

  let loaded: Promise<CloudServices> | undefined;
  const cloudServices = (): Promise<CloudServices> => {
    loaded ??= import('../core/cloudServices').then(({ createCloudServices }) =>
      createCloudServices({
        store,
        vault,
        logger: log,
        now: () => new Date(),
        httpWorkerPath: file('httpWorker.js'),
      }),
    );
    return loaded;
  };
  disposables.add({ dispose: () => loaded?.then((services) => services.dispose()) });

  const jobs = disposables.add(
    new ImportJobs({
      store,
      cloudServices,
      evaluationSettings,
      maxConcurrency: importConcurrency,
      logger: log,
    }),
  );
  const names = disposables.add(new PseudonymMode(vault));
  // Every page with people on it reads through this one.
  const shownStore = createShownStore(store, () => names.key());
  const tree = disposables.add(new TenantTree(store, jobs, log));
  const rosterViews = disposables.add(new RosterViews(context.globalState));
  const panels = disposables.add(
    createPanels({
      extensionUri: context.extensionUri,
      store: shownStore,
      names,
      rosterViews,
      logger: withPrefix(log, 'panel'),
      describeError,
    }),
  );
  const sample = disposables.add(
    new SampleTenantSession({
      store,
      logger: log,
      folder,
      workerPath: file('sampleWorker.js'),
    }),
  );

  const runner = disposables.add(new CommandRunner(log));
  const services = { store, jobs, vault, log, cloudServices };
  registerSampleCommands(runner, sample);
  const signIns = new ConnectionSignIns(services);
  const connectionForms = disposables.add(
    new ConnectionPanels({
      extensionUri: context.extensionUri,
      store,
      vault,
      logger: withPrefix(log, 'panel'),
      describeError,
      presetClientId,
      signIn: async (connectionId, signal) =>
        signIns.run(await findConnection(store, connectionId), { interactive: true, signal }),
      convert: (connectionId) => convertConnection(services, connectionId),
    }),
  );
  registerConnectionCommands(runner, services, connectionForms);
  registerConnectionTransferCommands(runner, services);
  registerSignInCommands(runner, services, signIns);
  registerImportCommands(runner, services, signIns);
  disposables.add(registerImportReport(runner, store));
  const activityPanels = disposables.add(
    new ActivityPanels({
      extensionUri: context.extensionUri,
      store: shownStore,
      names,
      logger: withPrefix(log, 'panel'),
      describeError,
    }),
  );
  registerReportCommands(runner, panels, activityPanels, shownStore);
  registerHtmlReportCommand(runner, shownStore, names);
  registerCatalogueCommand(runner, services);
  registerPrivacyCommands(runner, names);
  const userPanels = disposables.add(
    new UserPanels({
      extensionUri: context.extensionUri,
      store: shownStore,
      names,
      logger: withPrefix(log, 'panel'),
      describeError,
    }),
  );
  registerUserCommands(runner, shownStore, userPanels);
  registerMarkCommands(runner, { store, marks: store, shownStore, names });
  const licensePanels = disposables.add(
    new LicensePanels({
      extensionUri: context.extensionUri,
      store: shownStore,
      records: createShownRecords(store, () => names.key()),
      names,
      logger: withPrefix(log, 'panel'),
      describeError,
    }),
  );
  const licenseServices = { store, records: store };
  registerLicenseCommands(runner, licenseServices, licensePanels);
  disposables.add(registerPriceBookCommands(runner, licenseServices));
  registerExchangeRateCommand(runner, licenseServices);
  const doctorPanels = disposables.add(
    new DoctorPanels({
      extensionUri: context.extensionUri,
      store,
      logger: withPrefix(log, 'panel'),
      describeError,
      test: (connectionId, signal) => runConnectionTest(services, connectionId, signal),
    }),
  );
  registerHealthCommands(runner, services, doctorPanels);
  const registrationPanel = disposables.add(
    new RegistrationPanel({
      extensionUri: context.extensionUri,
      logger: withPrefix(log, 'panel'),
      describeError,
    }),
  );
  const previews = disposables.add(new RegistrationPreviews());
  registerRegistrationCommands(runner, services, registrationPanel, previews);
  registerFileCommands(runner, services, tree);
  registerTreeCommands(runner, tree);

  const evaluateToday = (): void => {
    const today = new Date().toISOString().slice(0, 10);
    store
      .evaluate(evaluationSettings(), today)
      .catch((error: unknown) => log.error('Evaluation failed.', error));
  };
  disposables.add(onDidChangeEvaluationSettings(evaluateToday));
  disposables.add(tree.onDidBecomeVisible(evaluateToday));

  const expiryWarnings = disposables.add(new ExpiryWarnings(store, context.globalState, log));
  disposables.add(tree.onDidBecomeVisible(() => void expiryWarnings.check()));
  disposables.add(store.onDidChange(() => void expiryWarnings.check()));

  return {
    api: createExtensionApi(store, String((context.extension.packageJSON as { version: unknown }).version)),
    disposable: disposables,
  };
}
