import { LicenseError } from '../foundation/errors';
import type { AccountPattern } from '../model/accountMarks';
import {
  deleteMarks,
  deletePattern,
  previewPattern,
  writeMarks,
  writeNamedMarks,
  writePattern,
} from './accountMarkRecords';
import type { AccountMarks, MarkChanges, NamedMark, PatternPreview } from './accountMarks';
import type { EvaluationDay } from './licenseRecords';
import type { SqlDatabase } from './sqlDatabase';
import type { StoreFile } from './storeFile';
import { keyOfTenant } from './tenantKey';
import { reworkTenant } from './tenantRework';

/** The worker's side of `AccountMarks`: each change is one commit in which the tenant is judged anew. */
export class AccountMarkCalls {
  constructor(private readonly file: StoreFile) {}

  markAccounts(
    ...[tenantId, accounts, mark, day]: Parameters<AccountMarks['markAccounts']>
  ): Promise<MarkChanges> {
    return this.change(tenantId, day, (db, tenantKey, at) => writeMarks(db, tenantKey, accounts, mark, at));
  }

  importMarks(tenantId: string, marks: readonly NamedMark[], day: EvaluationDay): Promise<MarkChanges> {
    return this.change(tenantId, day, (db, tenantKey, at) => writeNamedMarks(db, tenantKey, marks, at));
  }

  unmarkAccounts(
    ...[tenantId, accounts, day]: Parameters<AccountMarks['unmarkAccounts']>
  ): Promise<MarkChanges> {
    return this.change(tenantId, day, (db, tenantKey, at) => deleteMarks(db, tenantKey, accounts, at));
  }

  previewPattern(tenantId: string, pattern: Pick<AccountPattern, 'field' | 'pattern'>): PatternPreview {
    const db = this.file.current();
    return previewPattern(db, requiredTenant(db, tenantId), pattern);
  }

  savePattern(tenantId: string, pattern: AccountPattern, day: EvaluationDay): Promise<void> {
    return this.change(tenantId, day, (db, tenantKey, at) => writePattern(db, tenantKey, pattern, at));
  }

  removePattern(
    tenantId: string,
    pattern: Pick<AccountPattern, 'field' | 'pattern'>,
    day: EvaluationDay,
  ): Promise<void> {
    return this.change(tenantId, day, (db, tenantKey) => deletePattern(db, tenantKey, pattern));
  }

  private async change<T>(
    tenantId: string,
    day: EvaluationDay,
    work: (db: SqlDatabase, tenantKey: number, at: string) => T,
  ): Promise<T> {
    const at = new Date().toISOString();
    return this.file.commit(
      (db) => {
        const tenantKey = requiredTenant(db, tenantId);
        const result = work(db, tenantKey, at);
        reworkTenant(db, tenantKey, day, true);
        return result;
      },
      { tenantIds: [tenantId.toLowerCase()] },
    );
  }
}

function requiredTenant(db: SqlDatabase, tenantId: string): number {
  const tenantKey = keyOfTenant(db, tenantId);
  if (tenantKey !== null) return tenantKey;
  throw new LicenseError('notFound', `There is no data of the tenant “${tenantId}”. Import it first.`, {
    tenantId,
  });
}
