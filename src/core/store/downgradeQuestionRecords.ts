import { PlanLadder } from '../catalog/planLadder';
import { noAnswers, type DowngradeAnswers } from '../model/downgrade';
import { downgradeQuestions, type DowngradeQuestions } from '../model/downgradeQuestions';
import { pricedProduct } from '../model/downgradeSearch';
import { isPerUser } from '../model/licenseFindings';
import type { LicenseKey } from './licenseKey';
import type { SqlDatabase } from './sqlDatabase';
import { readTenantConnections } from './supersession';
import { licenseFacts, readLicenses } from './tenantLicenses';
import { readProducts } from './tenantProducts';

/** What can be asked about cheaper licenses for the users of a license, and what has been answered. */
export interface LicenseDowngrades extends DowngradeQuestions {
  /** Why nothing can be asked; null when there is a price to compare. */
  readonly problem: 'noPrice' | 'notPerUser' | 'notCounted' | null;
  readonly answers: {
    readonly notNeeded: readonly string[];
    readonly frontline: boolean;
    readonly noHolds: boolean;
  };
}

const nothing: DowngradeQuestions = { prospects: [], questions: [], asksFrontline: false, asksHolds: false };

/** Reads what is asked of a license on a day. @param today `YYYY-MM-DD` */
export function readDowngrades(
  db: SqlDatabase,
  { tenantKey, productKey }: LicenseKey,
  today: string,
): LicenseDowngrades {
  const tenantId = String(db.value('SELECT tenantId FROM tenants WHERE tenantKey = ?', [tenantKey]));
  const connections = readTenantConnections(db, tenantId);
  const licenses = readLicenses(db, tenantKey, today, connections, readProducts(db, tenantKey));
  const license = licenses.find((each) => each.productKey === productKey);
  const answers: DowngradeAnswers = license?.answers ?? noAnswers;
  const said = { ...answers, notNeeded: [...answers.notNeeded] };
  if (license?.counted !== true) return { ...nothing, problem: 'notCounted', answers: said };
  if (!isPerUser(license)) return { ...nothing, problem: 'notPerUser', answers: said };
  const current = pricedProduct(licenseFacts(license, today));
  if (current === null) return { ...nothing, problem: 'noPrice', answers: said };
  const candidates = licenses
    .filter((each) => each.counted && isPerUser(each))
    .flatMap((each) => pricedProduct(licenseFacts(each, today)) ?? []);
  return {
    ...downgradeQuestions(current, candidates, new PlanLadder(), answers),
    problem: null,
    answers: said,
  };
}
