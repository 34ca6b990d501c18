import type { SampleDirectory } from './directory';
import type { SampleProduct } from './products';
import { product } from './products';
import { guidOf } from './random';

/** What the tenant bought of a product, worked out from how many users have it planted. */
interface Purchase {
  readonly sku: string;
  /** What the situation is for; see README.md of this folder. */
  readonly enabled: (planted: number, users: number) => number;
  readonly warning?: (planted: number) => number;
  readonly suspended?: (planted: number) => number;
  readonly lockedOut?: number;
  readonly status?: 'Enabled' | 'Warning' | 'Suspended' | 'Deleted';
  readonly appliesTo?: 'User' | 'Company';
  /** Terms: the quantity is split over them, the first gets the rest. */
  readonly terms: readonly ('monthly' | 'annual' | 'threeYear' | 'trial' | 'none')[];
  /** The service counts this many more than there are holders. */
  readonly miscounted?: number;
}

const plus = (share: number, atLeast: number) => (planted: number) =>
  planted + Math.max(atLeast, Math.ceil(planted * share));
const inGrace = (planted: number): number => planted - Math.floor(planted * 0.75) + 1;

const purchases: readonly Purchase[] = [
  { sku: 'SPE_E3', enabled: plus(0.04, 2), terms: ['annual', 'monthly'] },
  { sku: 'SPE_E5', enabled: (planted) => planted - Math.ceil(planted * 0.1), terms: ['annual', 'threeYear'] },
  // Enough today, short when the units in grace lapse.
  { sku: 'SPB', enabled: (planted) => Math.floor(planted * 0.75), warning: inGrace, terms: ['annual'] },
  { sku: 'SPE_F1', enabled: plus(0.4, 3), terms: ['threeYear'] },
  { sku: 'EXCHANGESTANDARD', enabled: plus(0, 1), terms: ['monthly'] },
  { sku: 'VISIOCLIENT', enabled: plus(0.1, 2), terms: ['annual'] },
  {
    sku: 'PROJECTPROFESSIONAL',
    enabled: plus(0, 0),
    suspended: (planted) => Math.ceil(planted * 0.25) + 1,
    terms: ['annual'],
  },
  {
    sku: 'PROJECT_P1',
    enabled: () => 0,
    suspended: (planted) => planted + 2,
    lockedOut: 1,
    status: 'Suspended',
    terms: ['annual'],
  },
  { sku: 'POWER_BI_PRO', enabled: plus(0.15, 2), terms: ['annual', 'annual', 'monthly'] },
  { sku: 'MCOEV', enabled: plus(0.2, 5), terms: ['monthly'], miscounted: 2 },
  {
    sku: 'FLOW_FREE',
    enabled: (_planted, users) => 10_000 * Math.max(1, Math.ceil(users / 10_000)),
    terms: ['none'],
  },
  { sku: 'WINDOWS_STORE', enabled: () => 1_000_000, terms: ['none'] },
  { sku: 'EMSPREMIUM', enabled: plus(0.05, 1), terms: ['annual'] },
  { sku: 'AAD_PREMIUM', enabled: plus(0.05, 1), terms: ['annual'] },
  { sku: 'Microsoft_365_Copilot', enabled: plus(0.5, 2), terms: ['annual'] },
  { sku: 'Microsoft_Teams_Premium', enabled: (planted) => Math.max(25, planted), terms: ['trial'] },
  { sku: 'DYN365_ENTERPRISE_SALES', enabled: plus(0, 1), terms: ['threeYear'] },
  { sku: 'Microsoft_Teams_Rooms_Pro', enabled: plus(0, 0), terms: ['annual'] },
  { sku: 'CONTOSO_FIELD_PREVIEW', enabled: plus(0.2, 1), terms: ['annual'] },
  { sku: 'OFFICE_PROPLUS_DEVICE1', enabled: () => 20, appliesTo: 'Company', terms: ['annual'] },
];

/** Still on users, and as a deleted subscription, but no longer among the subscribed products. */
const goneSku = 'ENTERPRISEPACK';

/** A subscribed product with its counts. */
export interface SampleSubscribedSku {
  readonly product: SampleProduct;
  readonly appliesTo: 'User' | 'Company';
  readonly capabilityStatus: string;
  readonly consumedUnits: number;
  readonly enabled: number;
  readonly warning: number;
  readonly suspended: number;
  readonly lockedOut: number;
  readonly subscriptionIds: readonly string[];
}

/** A commercial subscription. */
export interface SampleSubscription {
  readonly id: string;
  readonly commerceSubscriptionId: string;
  readonly product: SampleProduct;
  readonly appliesTo: 'User' | 'Company';
  readonly status: string;
  readonly totalLicenses: number;
  readonly isTrial: boolean;
  readonly createdDateTime: string;
  readonly nextLifecycleDateTime: string | null;
}

/** Counts the seats of every product and derives what the tenant has bought from the planted counts. */
export class SampleSubscriptions {
  private planted: ReadonlyMap<string, number> | undefined;
  private readonly subscriptionsByKey = new Map<string, readonly SampleSubscription[]>();
  private current: { version: string; seats: ReadonlyMap<string, number> } | undefined;

  constructor(private readonly directory: SampleDirectory) {}

  /** Distinct users per SKU id as the generator made them; one pass over all users, made once. */
  private plantedSeats(): ReadonlyMap<string, number> {
    if (!this.planted) {
      const seats = new Map<string, number>();
      for (let index = 0; index < this.directory.users; index++) {
        for (const skuId of this.directory.plantedProfile(index).seats) {
          seats.set(skuId, (seats.get(skuId) ?? 0) + 1);
        }
      }
      this.planted = seats;
    }
    return this.planted;
  }

  /** Distinct users per SKU id now. */
  seats(): ReadonlyMap<string, number> {
    const planted = this.plantedSeats();
    const { changes, users } = this.directory;
    if (changes.isEmpty) return planted;
    const version = `${changes.version}/${changes.groupVersion}`;
    if (this.current?.version === version) return this.current.seats;
    const seats = new Map(planted);
    const add = (skuIds: readonly string[], by: number): void => {
      for (const skuId of skuIds) seats.set(skuId, (seats.get(skuId) ?? 0) + by);
    };
    const recount = (index: number): void => {
      add(this.directory.plantedProfile(index).seats, -1);
      add(this.directory.profile(index).seats, 1);
    };
    if (changes.groupVersion > 0) for (let index = 0; index < users; index++) recount(index);
    else for (const index of changes.changedSince(0)) recount(index);
    this.current = { version, seats };
    return seats;
  }

  /** What `/subscribedSkus` answers. */
  subscribedSkus(): readonly SampleSubscribedSku[] {
    const seats = this.seats();
    return purchases.map((purchase) => {
      const units = this.unitsOf(purchase);
      const { skuId } = product(purchase.sku);
      return {
        product: product(purchase.sku),
        appliesTo: purchase.appliesTo ?? 'User',
        capabilityStatus: purchase.status ?? 'Enabled',
        consumedUnits: (seats.get(skuId) ?? 0) + (purchase.miscounted ?? 0),
        ...units,
        subscriptionIds: this.subscriptionsOf(purchase).map((row) => row.commerceSubscriptionId),
      };
    });
  }

  private unitsOf(purchase: Purchase): Record<'enabled' | 'warning' | 'suspended' | 'lockedOut', number> {
    const planted = this.plantedSeats().get(product(purchase.sku).skuId) ?? 0;
    return {
      enabled: purchase.enabled(planted, this.directory.users),
      warning: purchase.warning?.(planted) ?? 0,
      suspended: purchase.suspended?.(planted) ?? 0,
      lockedOut: purchase.lockedOut ?? 0,
    };
  }

  /** What `/directory/subscriptions` answers. */
  subscriptions(): readonly SampleSubscription[] {
    const gone: Purchase = { sku: goneSku, enabled: () => 5, status: 'Deleted', terms: ['annual'] };
    return [...purchases, gone].flatMap((purchase) => this.subscriptionsOf(purchase));
  }

  private subscriptionsOf(purchase: Purchase): readonly SampleSubscription[] {
    let rows = this.subscriptionsByKey.get(purchase.sku);
    if (!rows) {
      rows = this.makeSubscriptions(purchase);
      this.subscriptionsByKey.set(purchase.sku, rows);
    }
    return rows;
  }

  private makeSubscriptions(purchase: Purchase): readonly SampleSubscription[] {
    const units = this.unitsOf(purchase);
    const rows: SampleSubscription[] = [];
    const add = (term: Purchase['terms'][number], status: string, totalLicenses: number): void => {
      const number = purchases.indexOf(purchase) * 16 + rows.length;
      rows.push({
        id: guidOf(this.directory.seed, number, 6001),
        commerceSubscriptionId: guidOf(this.directory.seed, number, 6002),
        product: product(purchase.sku),
        appliesTo: purchase.appliesTo ?? 'User',
        status,
        totalLicenses,
        isTrial: term === 'trial',
        ...this.datesOf(term, status, number),
      });
    };
    const share = Math.floor(units.enabled / (purchase.terms.length + 1));
    const status = purchase.status ?? 'Enabled';
    purchase.terms.forEach((term, n) => {
      const quantity = n === 0 ? units.enabled - share * (purchase.terms.length - 1) : share;
      if (quantity > 0) add(term, status, quantity);
    });
    const term = purchase.terms[0] ?? 'annual';
    if (units.warning > 0) add(term, 'Warning', units.warning);
    if (units.suspended > 0) add(term, 'Suspended', units.suspended);
    if (units.lockedOut > 0) add(term, 'LockedOut', units.lockedOut);
    return rows;
  }

  private datesOf(
    term: Purchase['terms'][number],
    status: string,
    number: number,
  ): Pick<SampleSubscription, 'createdDateTime' | 'nextLifecycleDateTime'> {
    const { calendar } = this.directory;
    const days = { monthly: 30, annual: 365, threeYear: 1095, trial: 30, none: 0 }[term];
    if (days === 0) return { createdDateTime: calendar.time(1400, 0), nextLifecycleDateTime: null };
    // Grace, suspension and deletion come after the end of the term.
    const end = { Enabled: 0, Warning: 30, Suspended: 60, Deleted: 40, LockedOut: 90 }[status] ?? 0;
    const left = end > 0 ? 12 + (number % 15) : term === 'trial' ? 11 : 9 + ((number * 47) % (days - 10));
    const created = end > 0 ? days + end - left : days - left;
    return { createdDateTime: calendar.time(created, 0), nextLifecycleDateTime: calendar.time(-left, 0) };
  }
}
