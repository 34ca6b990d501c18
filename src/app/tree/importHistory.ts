import * as v from 'valibot';
import type { Store } from '../../core/store/store';
import { formatCount } from '../host/formats';
import { statusWord, triggerWord } from './words';

/** Imports of a tenant that the tree lists. */
const listed = 10;

const summary = v.object({
  importId: v.string(),
  connectionName: v.string(),
  trigger: v.string(),
  status: v.string(),
  startedAt: v.string(),
  differences: v.fallback(v.number(), 0),
});

/** An import in a line. */
export type ImportSummary = v.InferOutput<typeof summary>;

/** The newest imports of a tenant, newest first. */
export async function readImportHistory(
  store: Pick<Store, 'query'>,
  tenantId: string,
): Promise<readonly ImportSummary[]> {
  const rows = await store.query(
    `SELECT importId, connectionName, trigger, status, startedAt,
       (SELECT sum(added + changed + removed) FROM v_import_tasks t WHERE t.importId = i.importId) AS differences
     FROM v_imports i WHERE tenantId = ? ORDER BY startedAt DESC, importId LIMIT ${listed}`,
    [tenantId],
  );
  return v.parse(v.array(summary), rows);
}

/** What to know of an import at a glance. */
export function importDescription({ status, trigger, differences }: ImportSummary): string {
  const kept = status === 'succeeded' || status === 'partial';
  const rows = differences === 1 ? '1 row' : `${formatCount(differences)} rows`;
  const what = differences === 0 ? 'nothing new' : `${rows} differ`;
  return [statusWord(status), ...(kept ? [what] : []), triggerWord(trigger)].join(' · ');
}
