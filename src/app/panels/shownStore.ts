import { Pseudonyms } from '../../core/model/pseudonym';
import type { Store, ViewSpec } from '../../core/store/store';

/** Gives the key of the pseudonyms while names are hidden, else null. */
export type PseudonymKeySource = () => Promise<string | null>;

/**
 * The store as screens see it: while names of people are hidden, every row that passes has pseudonyms in their place,
 * whatever was asked, and filters and orders work on the pseudonyms. Only columns by the names of the views are
 * recognized, so a query must neither rename them nor leave out `userId`.
 */
export function createShownStore(store: Store, pseudonymKey: PseudonymKeySource): Store {
  const hidden = async <S extends ViewSpec>(spec: S): Promise<S> => {
    const key = await pseudonymKey();
    return key === null ? spec : { ...spec, pseudonymKey: key };
  };
  return {
    ...store,
    query: async (sql, params) => shownRows(await store.query(sql, params), await pseudonymKey()),
    openView: async (spec, signal) => store.openView(await hidden(spec), signal),
    viewRows: async (viewId, offset, count, signal) =>
      shownRows(await store.viewRows(viewId, offset, count, signal), await pseudonymKey()),
    facets: async (spec, columns, signal) => store.facets(await hidden(spec), columns, signal),
    exportCsv: async (request, options) => store.exportCsv(await hidden(request), options),
  };
}

function shownRows<R extends Awaited<ReturnType<Store['query']>>>(rows: R, key: string | null): R {
  if (key === null) return rows;
  const pseudonyms = new Pseudonyms(key);
  return rows.map((row) => pseudonyms.row(row)) as R;
}
