import type { RequestRates } from '../graph/requestRates';
import type { LicenseError } from '../foundation/errors';
import type { GraphLimits } from '../graph/retryPolicy';
import type { HttpClient } from '../graph/httpClient';
import type { Logger } from '../foundation/logger';
import type { TokenSource } from '../identity/identity';
import type { Connection, ImportTask } from '../model/connection';
import type { EvaluationSettings } from '../model/evaluation';
import type { ImportProgress, ImportTrigger } from '../model/importRecords';
import type { Store } from '../store/store';

/** What one import needs. */
export interface ImportRequest {
  /** Signed in: its `tenantId` is the tenant that the token must open. */
  readonly connection: Connection;
  /** What to import; order and repetition do not matter. */
  readonly tasks: readonly ImportTask[];
  readonly trigger: ImportTrigger;
  readonly evaluation: EvaluationSettings;
  readonly http: HttpClient;
  readonly tokens: TokenSource;
  /** Scheme, host and port of the connection's Graph. */
  readonly graphOrigin: string;
  readonly store: Pick<Store, 'beginImport' | 'query'>;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Ends the import within a second; nothing stored changes. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /**
   * A dataset could not be read because a person must sign in; `details.claims` holds the challenge to answer, if
   * there is one. Called once for each such dataset; the import goes on with the others.
   */
  readonly onSignInRequired?: (error: LicenseError) => void;
  /**
   * The import was read and the file can't be written; everything is still in memory. Resolves with true to try
   * again. Absent: what was read is dropped.
   */
  readonly onNotWritable?: (error: LicenseError) => Promise<boolean>;
  /** A GUID; made when not given. */
  readonly importId?: string;
  /** Datasets read side by side; 4 unless told (`m365Licenses.import.maxConcurrency`). */
  readonly maxConcurrency?: number;
  readonly limits?: Partial<GraphLimits>;
  /** Microsoft's limits, shared by the imports of the tenant. */
  readonly rates?: RequestRates;
  /** Reads everything, though the service could tell what changed. */
  readonly full?: boolean;
  readonly random?: () => number;
}
