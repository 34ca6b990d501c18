import { findingKinds, findingSeverity } from '../../src/shared/findingWords';
import type {
  FindingFilter,
  PositionRow,
  ReconciliationContract,
} from '../../src/shared/reconciliationContract';
import type {
  FindingGroup,
  FindingQuery,
  FindingRow,
  MonthlyAmount,
} from '../../src/shared/reconciliationFindings';
import type { RpcClient } from '../common/rpcClient';
import type { TreeNode, WindowOfRows } from '../grid/treeRows';
import { FindingWindow } from './findingWindow';

/** Findings of one kind of all licenses. */
export interface KindGroup {
  readonly kind: string;
  readonly findings: number;
  readonly seats: number;
  readonly licenses: number;
  readonly amounts: readonly MonthlyAmount[];
  readonly unpricedSeats: number;
}

/** What a row of a tree is. */
export type FindingNodeValue =
  | { readonly type: 'license'; readonly row: PositionRow; readonly findings: number }
  | { readonly type: 'group'; readonly group: FindingGroup }
  | { readonly type: 'kind'; readonly group: KindGroup }
  | { readonly type: 'finding'; readonly finding: FindingRow };

/** Key of a single finding. */
export function findingKey(value: FindingNodeValue): string {
  return value.type === 'finding' ? `finding ${value.finding.findingId}` : '';
}

/** Makes the trees of the page, and keeps the windows of findings that they opened. */
export class FindingNodes {
  private readonly windows = new Map<string, FindingWindow>();

  constructor(private readonly rpc: RpcClient<ReconciliationContract>) {}

  /** The data changed: what was fetched is old. */
  forget(): void {
    for (const window of this.windows.values()) window.close();
    this.windows.clear();
  }

  /** Every license with its findings by kind below it, and single findings below those. */
  ofLicenses(rows: readonly PositionRow[], groups: readonly FindingGroup[]): TreeNode<FindingNodeValue>[] {
    const byLicense = new Map<string, FindingGroup[]>();
    for (const group of groups) {
      if (group.licenseId === null) continue;
      const own = byLicense.get(group.licenseId);
      if (own === undefined) byLicense.set(group.licenseId, [group]);
      else own.push(group);
    }
    return rows.map((row) => {
      const own = (byLicense.get(row.licenseId) ?? []).sort(
        (left, right) => kindPlace(left.kind) - kindPlace(right.kind),
      );
      const findings = own.reduce((sum, group) => sum + group.findings, 0);
      return {
        key: row.licenseId,
        value: { type: 'license', row, findings },
        children: own.length === 0 ? null : own.map((group) => this.ofGroup(group)),
      };
    });
  }

  /** The findings by kind, the most money first, with single findings below. */
  ofKinds(groups: readonly FindingGroup[], filter: FindingFilter): TreeNode<FindingNodeValue>[] {
    return kindGroups(groups)
      .filter(
        ({ kind }) =>
          (filter.kind === null || kind === filter.kind) &&
          (filter.severity === null || findingSeverity(kind) === filter.severity),
      )
      .map((group) => ({
        key: `kind ${group.kind}`,
        value: { type: 'kind', group },
        children: this.window({ tenantId: null, kinds: [group.kind], licenseId: null }, group.findings),
      }));
  }

  private ofGroup(group: FindingGroup): TreeNode<FindingNodeValue> {
    const { tenantId, kind, licenseId, findings } = group;
    return {
      key: `${licenseId ?? tenantId} ${kind}`,
      value: { type: 'group', group },
      children: this.window({ tenantId, kinds: [kind], licenseId }, findings),
    };
  }

  private window(query: FindingQuery, count: number): WindowOfRows<FindingNodeValue> {
    const key = [query.tenantId, query.kinds.join(' '), query.licenseId, count].join('|');
    let window = this.windows.get(key);
    if (window === undefined) {
      window = new FindingWindow(this.rpc, query, count);
      this.windows.set(key, window);
    }
    const found = window;
    return {
      count,
      fetch: async (offset, rows, signal) =>
        (await found.fetch(offset, rows, signal)).map((finding): FindingNodeValue => ({
          type: 'finding',
          finding,
        })),
    };
  }
}

/**
 * The groups added up by kind, the most money first. Currencies are not compared: the one in which most kinds have
 * money decides, then the next; kinds without money follow in the order of their urgency.
 */
export function kindGroups(groups: readonly FindingGroup[]): KindGroup[] {
  const kinds = new Map<string, FindingGroup[]>();
  for (const group of groups) {
    const own = kinds.get(group.kind);
    if (own === undefined) kinds.set(group.kind, [group]);
    else own.push(group);
  }
  const sums = [...kinds].map(([kind, own]): KindGroup => ({
    kind,
    findings: own.reduce((sum, group) => sum + group.findings, 0),
    seats: own.reduce((sum, group) => sum + group.seats, 0),
    licenses: new Set(own.flatMap((group) => group.licenseId ?? [])).size,
    amounts: addAmounts(own.flatMap((group) => group.amounts)),
    unpricedSeats: own.reduce((sum, group) => sum + group.unpricedSeats, 0),
  }));
  const uses = new Map<string, number>();
  for (const { currency } of sums.flatMap((sum) => sum.amounts))
    uses.set(currency, (uses.get(currency) ?? 0) + 1);
  const currencies = [...uses.keys()].sort(
    (left, right) => (uses.get(right) ?? 0) - (uses.get(left) ?? 0) || (left < right ? -1 : 1),
  );
  const amount = (sum: KindGroup, currency: string): number =>
    sum.amounts.find((own) => own.currency === currency)?.monthlyMinor ?? 0;
  return sums.sort((left, right) => {
    for (const currency of currencies) {
      const difference = amount(right, currency) - amount(left, currency);
      if (difference !== 0) return difference;
    }
    return kindPlace(left.kind) - kindPlace(right.kind);
  });
}

/** Adds up amounts of the same currency, in the order of the codes. */
export function addAmounts(amounts: readonly MonthlyAmount[]): MonthlyAmount[] {
  const sums = new Map<string, number>();
  for (const { currency, monthlyMinor } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + monthlyMinor);
  }
  return [...sums]
    .map(([currency, monthlyMinor]) => ({ currency, monthlyMinor }))
    .sort((left, right) => (left.currency < right.currency ? -1 : 1));
}

/** Urgent kinds first, unknown ones last. */
function kindPlace(kind: string): number {
  const place = findingKinds.indexOf(kind);
  return place < 0 ? findingKinds.length : place;
}
