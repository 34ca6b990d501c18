import type { CloudServices } from '../../core/cloudServices';
import type { SecretVault } from '../../core/identity/identity';
import type { Store } from '../../core/store/store';
import type { LogChannel } from '../host/log';
import type { ImportJobs } from '../jobs/importJobs';

/** What the commands work with. Everything is built by `compose.ts`. */
export interface CommandServices {
  readonly store: Store;
  readonly jobs: ImportJobs;
  readonly vault: SecretVault;
  readonly log: LogChannel;
  /** Loads MSAL, axios and what is built on them at first use. */
  readonly cloudServices: () => Promise<CloudServices>;
}
