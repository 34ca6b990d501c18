import type { EvaluationDay } from './licenseRecords';
import { PeopleTally } from './peopleTally';
import type { SqlDatabase } from './sqlDatabase';
import { readPeople } from './storedPeople';
import { rulesVersion } from './evaluationInputs';
import { evaluateTenant } from './tenantEvaluation';
import { readTenantFindings, writeTenantFindings } from './tenantFindings';
import { nameProducts, readProducts } from './tenantProducts';
import { tenantSettings } from './thresholds';

/**
 * Works out anew what depends on something that a person changed. While the stored verdicts still hold on that day
 * only money, findings and positions are; else everything is. A tenant that was never evaluated stays so. Runs
 * inside a commit's transaction.
 * @param verdictsChanged the change makes other verdicts
 */
export function reworkTenant(
  db: SqlDatabase,
  tenantKey: number,
  day: EvaluationDay,
  verdictsChanged = false,
): void {
  const [tenant] = db.rows('SELECT * FROM tenants WHERE tenantKey = ?', [tenantKey]);
  if (tenant === undefined || tenant.evaluatedOn === null) return;
  const applying = tenantSettings(db, tenantKey, day.settings);
  const verdictsHold =
    !verdictsChanged &&
    tenant.evaluatedOn === day.today &&
    tenant.rulesVersion === rulesVersion &&
    tenant.ownInactivityDays === applying.inactivityDays &&
    tenant.ownGraceDays === applying.graceDays;
  if (!verdictsHold) {
    evaluateTenant(db, tenantKey, day.settings, day.today);
    return;
  }
  nameProducts(db);
  const products = readProducts(db, tenantKey);
  const findings = readTenantFindings(db, tenantKey, day.today, products, day.settings.noticeDays);
  const tally = new PeopleTally(findings.task);
  readPeople(db, tenantKey, products.judged, (person) => tally.add(person));
  writeTenantFindings(db, tenantKey, findings, tally.finish(), products);
  // These results are of other inputs than the last evaluation.
  db.run('UPDATE tenants SET inputsDigest = NULL WHERE tenantKey = ?', [tenantKey]);
}

/** The day and settings by which a tenant was evaluated last; null: never. */
export function lastDay(db: SqlDatabase, tenantKey: number): EvaluationDay | null {
  const [row] = db.rows('SELECT * FROM tenants WHERE tenantKey = ?', [tenantKey]);
  if (row === undefined || typeof row.evaluatedOn !== 'string') return null;
  return {
    today: row.evaluatedOn,
    settings: {
      inactivityDays: Number(row.inactivityDays),
      graceDays: Number(row.graceDays),
      ...(typeof row.noticeDays === 'number' && { noticeDays: row.noticeDays }),
    },
  };
}
