// AG Grid Community as its documentation says: client-side row model, columns that sort and filter, all rows at once.
// Its own bundle is loaded before this script and has all of its modules.
performance.mark('ag:open');

/**
 * @typedef {object} Globals
 * @property {{ createGrid: (element: HTMLElement | null, options: object) => object }} agGrid
 * @property {() => { postMessage: (message: string) => void }} acquireVsCodeApi
 */
const { agGrid, acquireVsCodeApi } = /** @type {Globals} */ (/** @type {unknown} */ (globalThis));
const host = acquireVsCodeApi();

addEventListener('message', ({ data }) => {
  const { rows } = data;
  if (!Array.isArray(rows)) return;
  const grid = agGrid.createGrid(document.getElementById('app'), {
    rowData: rows,
    getRowId: (/** @type {{ data: { userId: string } }} */ { data: row }) => row.userId,
    defaultColDef: { sortable: true, filter: true, resizable: true, width: 150 },
    columnDefs: Object.keys(rows[0] ?? {})
      .filter((field) => field !== 'userId')
      .map((field) => ({ field })),
    rowSelection: { mode: 'multiRow', checkboxes: false, headerCheckbox: false },
    onFirstDataRendered: () => performance.mark('ag:rows'),
    onModelUpdated: () => performance.mark('ag:model'),
  });
  Object.assign(globalThis, { benchGrid: grid });
  document.getElementById('app')?.setAttribute('data-rows', String(rows.length));
});

host.postMessage('ready');
