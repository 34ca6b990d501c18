import type { Store } from '../../core/store/store';
import { readImportHistory } from './importHistory';
import { byTrouble } from './licenseText';
import { countShort, groupLicenses } from './licenseGroups';
import {
  ConnectionNode,
  FamilyNode,
  HiddenLicensesNode,
  ImportNode,
  LastImportNode,
  LicenseNode,
  LicensesNode,
  TenantNode,
} from './nodes';
import type { TreeNode } from './nodes';
import { readTenantSnapshot } from './tenantSnapshot';
import type { TenantSnapshot } from './tenantSnapshot';
import { filterMessage, filterSnapshot, filterWords, type FilteredSnapshot } from './treeFilter';

/** What the tree has to show, without the view that shows it: read once, and again after {@link TreeContent.forget}. */
export class TreeContent {
  private snapshot: Promise<TenantSnapshot> | undefined;
  private text = '';

  constructor(private readonly store: Pick<Store, 'query' | 'connections'>) {}

  /** What is filtered by; empty for nothing. */
  get filter(): string {
    return this.text;
  }

  set filter(text: string) {
    this.text = filterWords(text).length === 0 ? '' : text;
  }

  /** Reads everything again at the next question. */
  forget(): void {
    this.snapshot = undefined;
  }

  /** Licenses that are short, whatever the filter. */
  async short(): Promise<number> {
    return countShort((await this.read()).tenants.flatMap(({ licenses }) => licenses));
  }

  /** Whether any tenant was ever imported. */
  async hasData(): Promise<boolean> {
    return (await this.read()).tenants.some(({ lastImportAt }) => lastImportAt !== null);
  }

  /**
   * The filter and what it leaves, in a sentence. Undefined without a filter, and when it leaves nothing: then the
   * view has its own words, with ways out.
   */
  async message(): Promise<string | undefined> {
    const filtered = await this.filtered();
    if (filtered === null || filtered.tenants.length + filtered.unattached.length === 0) return undefined;
    return filterMessage(this.text, filtered);
  }

  /** Licenses that the filter leaves, and all. */
  async count(): Promise<{ readonly matched: number; readonly total: number }> {
    const { matched, total } = filterSnapshot(await this.read(), filterWords(this.text));
    return { matched, total };
  }

  /** What is at the top. Rejects with what the store rejects with. */
  async roots(): Promise<TreeNode[]> {
    const filtered = await this.filtered();
    const { tenants, unattached } = filtered ?? (await this.read());
    return [
      ...tenants.map((tenant) => new TenantNode(tenant, filtered !== null)),
      ...unattached.map((connection) => new ConnectionNode(connection, undefined)),
    ];
  }

  /** What is under a node. */
  async children(node: TreeNode): Promise<TreeNode[]> {
    switch (node.kind) {
      case 'tenant':
        return [
          ...node.tenant.connections.map((connection) => new ConnectionNode(connection, node)),
          new LicensesNode(node),
          ...(node.isFiltered ? [] : [new LastImportNode(node.tenant.lastImport, node)]),
        ];
      case 'licenses':
        return this.licenses(node);
      case 'family':
      case 'hiddenLicenses':
        return byTrouble(node.licenses).map((license) => new LicenseNode(license, node));
      case 'lastImport':
        return (await readImportHistory(this.store, node.parent.tenant.tenantId)).map(
          (entry) => new ImportNode(entry, node),
        );
      case 'connection':
      case 'license':
      case 'import':
      case 'problem':
        return [];
    }
  }

  private licenses(node: LicensesNode): TreeNode[] {
    const { tenant, isFiltered } = node.parent;
    // Whoever looks for a name wants it without opening groups, hidden or not.
    if (isFiltered) return byTrouble(tenant.licenses).map((license) => new LicenseNode(license, node));
    const { single, families, alone, hidden } = groupLicenses(tenant.licenses);
    return [
      ...single.map((license) => new LicenseNode(license, node)),
      ...families.map(({ family, licenses }) => new FamilyNode(family, licenses, node)),
      ...alone.map((license) => new LicenseNode(license, node)),
      ...(hidden.length === 0 ? [] : [new HiddenLicensesNode(hidden, node)]),
    ];
  }

  private async filtered(): Promise<FilteredSnapshot | null> {
    const words = filterWords(this.text);
    return words.length === 0 ? null : filterSnapshot(await this.read(), words);
  }

  private read(): Promise<TenantSnapshot> {
    if (this.snapshot === undefined) {
      const reading = readTenantSnapshot(this.store);
      this.snapshot = reading;
      // The next question tries again.
      reading.catch(() => {
        if (this.snapshot === reading) this.snapshot = undefined;
      });
    }
    return this.snapshot;
  }
}
