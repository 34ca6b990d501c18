import type { SampleDirectory } from './data/directory';
import type { SampleSubscriptions } from './data/subscriptions';
import type { RegisteredApplications } from './entra/registeredApplications';
import { defaultPermissions } from './entra/registrations';
import type { TokenSigner } from './entra/tokens';
import type { SampleAddress, SampleOptions, SampleSwitches } from './sampleOptions';

/** What the parts of a running sample tenant share. */
export interface TenantState {
  readonly options: SampleOptions;
  readonly address: SampleAddress;
  /** Origin of the report files, `https://localhost:port`. */
  readonly downloadUrl: string;
  readonly directory: SampleDirectory;
  readonly subscriptions: SampleSubscriptions;
  readonly signer: TokenSigner;
  /** Applications registered since the start. */
  readonly applications: RegisteredApplications;
  /** Newest last; bounded. */
  readonly issuedTokens: string[];
  /** Changed by `configure`. */
  switches: SampleSwitches;
}

/** The permissions that the applications have been granted. */
export function grantedPermissions(state: TenantState): readonly string[] {
  return state.switches.grantedPermissions ?? defaultPermissions;
}
