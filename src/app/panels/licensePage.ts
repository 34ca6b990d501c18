import * as v from 'valibot';
import type { EvaluationDay, LicenseRecords } from '../../core/store/licenseRecords';
import type { ViewFilter } from '../../core/store/store';
import {
  seatVerdicts,
  type LicenseContract,
  type LicenseData,
  type PurchaseDraft,
  type RosterJump,
  type TermsDraft,
} from '../../shared/licenseContract';
import { moneyText } from '../host/formats';
import { downgradeAnswersSchema } from './licenseDowngrades';
import { checkPurchase, purchaseDraftSchema, purchaseOf } from './purchaseDraft';
import type { RpcMethods } from './rpcServer';
import { exportTablesMethod, type TableExportDeps } from './tableExport';
import { checkTerms, settingsOf, termsDraftSchema } from './termsDraft';

/** What the page of a license needs of the world; none of it knows VS Code. */
export interface LicensePageDeps {
  readonly licenseId: string;
  readonly read: () => Promise<LicenseData>;
  readonly records: Pick<
    LicenseRecords,
    | 'savePurchases'
    | 'removePurchase'
    | 'saveLicenseSettings'
    | 'saveRecurringBilling'
    | 'saveDowngradeAnswers'
  >;
  readonly day: () => EvaluationDay;
  /** Asks whether a purchase is to be removed. */
  readonly confirmRemoval: (purchase: string) => Promise<boolean>;
  readonly openRoster: (filter: ViewFilter) => Promise<void>;
  readonly openLicense: (licenseId: string) => Promise<void>;
  readonly importPriceBook: () => Promise<void>;
  readonly tables: TableExportDeps;
}

const id = v.pipe(v.string(), v.maxLength(200));
const word = v.nullable(v.pipe(v.string(), v.maxLength(50)));
const jumpSchema: v.GenericSchema<unknown, RosterJump> = v.object({
  verdict: v.nullable(v.picklist(seatVerdicts)),
  path: v.nullable(v.picklist(['direct', 'group', 'both', 'error'])),
  findingKind: word,
});

/** Host side of the page about one license. It alone judges what a person types. */
export class LicensePage {
  /** What the page shows. */
  private shown: LicenseData | undefined;

  constructor(private readonly deps: LicensePageDeps) {}

  readonly methods: RpcMethods<LicenseContract> = {
    start: { params: v.null(), handle: async () => ({ licenseId: this.deps.licenseId }) },
    load: {
      params: v.null(),
      handle: async () => {
        this.shown = await this.deps.read();
        return this.shown;
      },
    },
    checkPurchase: { params: purchaseDraftSchema, handle: async (draft) => checkPurchase(draft) },
    savePurchase: { params: purchaseDraftSchema, handle: (draft) => this.savePurchase(draft) },
    removePurchase: {
      params: v.object({ purchaseId: id }),
      handle: ({ purchaseId }) => this.removePurchase(purchaseId),
    },
    checkTerms: {
      params: termsDraftSchema,
      handle: async (draft) => checkTerms(draft, this.deps.day().today),
    },
    saveTerms: { params: termsDraftSchema, handle: (draft) => this.saveTerms(draft) },
    saveRecurringBilling: {
      params: v.object({ subscriptionId: id, recurringBilling: v.nullable(v.boolean()) }),
      handle: async ({ subscriptionId, recurringBilling }) => {
        // A license id is `{tenantId}_{skuId}`.
        const [tenantId = ''] = this.deps.licenseId.split('_', 1);
        await this.deps.records.saveRecurringBilling(
          tenantId,
          subscriptionId,
          recurringBilling,
          this.deps.day(),
        );
        return null;
      },
    },
    saveDowngradeAnswers: {
      params: downgradeAnswersSchema,
      handle: async (answers) => {
        await this.deps.records.saveDowngradeAnswers(this.deps.licenseId, answers, this.deps.day());
        return null;
      },
    },
    openRoster: {
      params: jumpSchema,
      handle: async (jump) => {
        await this.deps.openRoster(this.filterOf(jump));
        return null;
      },
    },
    openLicense: {
      params: v.object({ licenseId: id }),
      handle: async ({ licenseId }) => {
        await this.deps.openLicense(licenseId);
        return null;
      },
    },
    exportTables: exportTablesMethod(() => this.deps.tables),
    importPriceBook: {
      params: v.null(),
      handle: async () => {
        await this.deps.importPriceBook();
        return null;
      },
    },
  };

  private async savePurchase(
    draft: PurchaseDraft,
  ): Promise<LicenseContract['requests']['savePurchase']['result']> {
    const check = checkPurchase(draft);
    if (check.problems.length > 0) return { saved: false, purchaseId: null, check };
    const { deps } = this;
    const purchase = purchaseOf(draft, draft.purchaseId ?? crypto.randomUUID());
    await deps.records.savePurchases([{ ...purchase, licenseId: deps.licenseId }], deps.day());
    return { saved: true, purchaseId: purchase.purchaseId, check };
  }

  private async removePurchase(purchaseId: string): Promise<{ removed: boolean }> {
    const { purchases } = this.shown ?? (await this.deps.read());
    const found = purchases.find(({ draft }) => draft.purchaseId === purchaseId);
    if (found !== undefined) {
      const { quantity, amountMinor, draft } = found;
      const amount = moneyText(amountMinor, draft.currency);
      const text = `${quantity} ${draft.amountPer === 'unit' ? `× ${amount}` : `for ${amount} in total`} from ${draft.effectiveDate}`;
      if (!(await this.deps.confirmRemoval(text))) return { removed: false };
    }
    await this.deps.records.removePurchase(purchaseId, this.deps.day());
    return { removed: true };
  }

  private async saveTerms(draft: TermsDraft): Promise<LicenseContract['requests']['saveTerms']['result']> {
    const { deps } = this;
    const check = checkTerms(draft, deps.day().today);
    if (check.problems.length > 0) return { saved: false, check };
    await deps.records.saveLicenseSettings(deps.licenseId, settingsOf(draft), deps.day());
    return { saved: true, check };
  }

  private filterOf({ verdict, path, findingKind }: RosterJump): ViewFilter {
    const { licenseId } = this.deps;
    if (findingKind !== null) return { finding: { kind: findingKind, licenseId } };
    return {
      licenseIds: [licenseId],
      ...(path !== null && { paths: [path] }),
      ...(verdict !== null && { seatVerdicts: [verdict] }),
    };
  }
}
