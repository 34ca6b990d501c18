import { hash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { EvaluationSettings } from '../model/evaluation';
import { readMarks } from './accountMarkRecords';
import { readDatasetStates, sourceStates, type DatasetState } from './sourceStates';
import type { SqlDatabase } from './sqlDatabase';
import { readTenantFindings, type TenantFindings } from './tenantFindings';
import type { JudgeTask } from './tenantJudge';
import { nameProducts, readProducts, type TenantProducts } from './tenantProducts';
import { ownSettings, tenantSettings } from './thresholds';

/** Which rules made the stored results; a file with those of other rules is evaluated anew. */
export const rulesVersion = 1;

/** All that an evaluation of a tenant starts from, but the users. */
export interface EvaluationInputs {
  readonly tenantKey: number;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** What applies where nothing else does, and what applies to the tenant. */
  readonly settings: EvaluationSettings;
  readonly applying: EvaluationSettings;
  readonly products: TenantProducts;
  readonly findings: TenantFindings;
  readonly facts: Pick<JudgeTask, 'context' | 'known' | 'marks'>;
  /** Another one where anything of this is another. */
  readonly digest: string;
}

/**
 * Reads what an evaluation starts from, having named the products.
 * @param held see {@link readProducts}
 */
export function readInputs(
  db: SqlDatabase,
  tenantKey: number,
  settings: EvaluationSettings,
  today: string,
  held: readonly number[] = [],
): EvaluationInputs {
  nameProducts(db);
  const states = readDatasetStates(db, tenantKey);
  const sources = sourceStates(states, today);
  const products = readProducts(db, tenantKey, held);
  const applying = tenantSettings(db, tenantKey, settings);
  const inputs = {
    tenantKey,
    today,
    settings,
    applying,
    products,
    findings: readTenantFindings(db, tenantKey, today, products, settings.noticeDays),
    facts: {
      context: {
        today,
        settings: applying,
        sources,
        skus: products.services,
        ownSettings: ownSettings(db, tenantKey, applying),
      },
      known: {
        activations: isKnown(states.get('activations')),
        platforms: sources.get('appUsageReport')?.status === 'fresh',
        mailbox: isKnown(states.get('mailboxUsage')),
        oneDrive: isKnown(states.get('oneDriveUsage')),
      },
      marks: readMarks(db, tenantKey),
    },
  };
  return { ...inputs, digest: hash('sha256', serialize({ ...inputs, rulesVersion }), 'base64') };
}

/** The rows kept are of users and not of hashes, whatever their age. */
function isKnown(state: DatasetState | undefined): boolean {
  return state !== undefined && state.asOfDate !== null && !state.concealed;
}
