import assert from 'node:assert/strict';
import { readLicense } from '../../../../src/app/panels/licenseFacts';
import { ReconciliationPage } from '../../../../src/app/panels/reconciliationPage';
import { RosterPage } from '../../../../src/app/panels/rosterPage';
import { createShownRecords } from '../../../../src/app/panels/shownRecords';
import { createShownStore } from '../../../../src/app/panels/shownStore';
import { readTenantFacts } from '../../../../src/app/panels/tenantFacts';
import { readUserDetails } from '../../../../src/app/panels/userDetails';
import type { Store } from '../../../../src/core/store/store';
import { rosterColumns } from '../../../../src/shared/rosterContract';
import { rosterFacets } from '../../../../src/shared/rosterFilter';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { tenantId } from '../../../support/storeRows';
import { day, idOf, importWorkedExample, license } from '../../../support/workedExample';
import { e3, e5, powerBi } from '../../core/model/reconciliationTenant';

/*
 * What the pages get of the worked example while names are hidden: everything that crosses to them is searched for
 * the real names.
 */

const key = 'key of the test';
const signal = new AbortController().signal;
const nowhere = async (): Promise<never> => assert.fail('not asked for');

describe('pages while names are hidden', () => {
  let test: TestStore;
  let shown: Store;
  let isOn = true;
  let real: Set<string>;
  before(async function () {
    this.timeout(60_000);
    test = await createTestStore();
    await importWorkedExample(test.store);
    const terms = {
      limit: 'asPurchased',
      buffer: 1,
      administrator: 'boss@fenwick.example',
      note: null,
    } as const;
    await test.store.saveLicenseSettings(license(powerBi), { terms }, day);
    shown = createShownStore(test.store, async () => (isOn ? key : null));
    const people = test.sqlite3('SELECT userPrincipalName, displayName FROM v_users');
    real = new Set(people.flatMap((row) => [String(row['userPrincipalName']), String(row['displayName'])]));
    assert.equal(real.size, 24);
  });
  after(() => test.dispose());
  beforeEach(() => {
    isOn = true;
  });

  /** Real names among all texts of a value. */
  function namesIn(value: unknown): string[] {
    const found: string[] = [];
    JSON.parse(JSON.stringify(value), (_, text: unknown) => {
      if (typeof text !== 'string') return text;
      // Evidence is JSON within JSON.
      if (real.has(text) || text.includes('@fenwick.example')) found.push(text);
      return text;
    });
    return found;
  }

  /** Runs it with names hidden, and again with names shown to prove that the search finds them. */
  async function check(read: () => Promise<unknown>): Promise<void> {
    assert.deepEqual(namesIn(await read()), []);
    isOn = false;
    assert.notDeepEqual(namesIn(await read()), []);
  }

  const tenants = () => readTenantFacts(shown, tenantId);

  it('the Users Roster', async () => {
    const page = new RosterPage({
      tenantId,
      store: shown,
      tenants,
      licenses: async () => [],
      views: { list: () => [], save: nowhere, remove: nowhere },
      askViewName: nowhere,
      exportCsv: nowhere,
      openUser: nowhere,
      mark: nowhere,
      runImport: nowhere,
      copy: nowhere,
    });
    const sort = { column: 'displayName', descending: false } as const;
    await check(async () => {
      const view = await page.methods.open.handle({ filter: {}, sort }, signal);
      assert.equal(view.rowCount, 12);
      const facets = await page.methods.facets.handle({ filter: {}, facets: [...rosterFacets] }, signal);
      const window = { viewId: view.viewId, offset: 0, count: 100, columns: [...rosterColumns] };
      return [view, facets, await page.methods.rows.handle(window, signal)];
    });
    isOn = true;
    const found = async (text: string): Promise<number> =>
      (await page.methods.open.handle({ filter: { text }, sort }, signal)).rowCount;
    assert.deepEqual([await found('cleo'), await found('fenwick')], [0, 0], 'a real name finds nobody');
    await page.close();
  });

  it('the Reconciliation and its findings', async () => {
    const page = new ReconciliationPage({
      tenantId,
      store: shown,
      tenants,
      exportCsv: nowhere,
      saveCsv: nowhere,
      exportHtml: nowhere,
      runImport: nowhere,
      openRoster: nowhere,
      openLicense: nowhere,
      openUser: nowhere,
      openTenant: nowhere,
      copy: nowhere,
    });
    const sort = { column: 'skuPartNumber', descending: false } as const;
    await check(async () => {
      const query = { tenantId: null, kinds: [], licenseId: null };
      const data = await page.methods.load.handle({ sort, showHidden: true }, signal);
      const view = await page.methods.openFindings.handle(query, signal);
      const rows = await page.methods.findings.handle({ viewId: view.viewId, offset: 0, count: 100 }, signal);
      return [data, view, rows];
    });
  });

  it('the page of a user', async () => {
    await check(async () => {
      const details = [];
      for (const name of ['ada', 'ben', 'eli', 'fay', 'kit'] as const) {
        const read = await readUserDetails(shown, tenantId, idOf(name));
        assert(read !== null);
        details.push(read);
      }
      return details;
    });
  });

  it('the page of a license, and its administrator', async () => {
    const records = createShownRecords(test.store, async () => (isOn ? key : null));
    const read = (skuId: string) =>
      readLicense(license(skuId), {
        store: shown,
        settings: (id) => records.licenseSettings(id),
        downgrades: (id, today) => records.downgrades(id, today),
        today: day.today,
        thresholds: day.settings,
      });
    assert.deepEqual(namesIn([await read(e3), await read(e5)]), []);
    await check(() => read(powerBi));

    isOn = true;
    const settings = await records.licenseSettings(license(powerBi));
    assert.match(settings.terms.administrator ?? '', /^[0-9a-z]{5}-[0-9a-z]{5}@hidden\.invalid$/);
    await records.saveLicenseSettings(license(powerBi), { terms: { ...settings.terms, buffer: 2 } }, day);
    const kept = (await test.store.licenseSettings(license(powerBi))).terms;
    assert.deepEqual(
      [kept.buffer, kept.administrator],
      [2, 'boss@fenwick.example'],
      'what was not touched stays',
    );
    const another = { ...settings.terms, administrator: 'new@fenwick.example' };
    await records.saveLicenseSettings(license(powerBi), { terms: another }, day);
    const changed = (await test.store.licenseSettings(license(powerBi))).terms.administrator;
    assert.equal(changed, 'new@fenwick.example');
  });
});
