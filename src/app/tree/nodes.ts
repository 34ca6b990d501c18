import type { Connection } from '../../core/model/connection';
import { InteractiveArgument } from '../host/commandRunner';
import type { ImportSummary } from './importHistory';
import type { LastImport, LicenseEntry, TenantEntry } from './tenantSnapshot';

/** A tenant at the top of the tree. */
export class TenantNode extends InteractiveArgument {
  readonly kind = 'tenant';
  readonly id: string;
  /** @param isFiltered only what a filter matches is below; another id, so that it shows opened */
  constructor(
    readonly tenant: TenantEntry,
    readonly isFiltered = false,
  ) {
    super({ tenantId: tenant.tenantId });
    this.id = `${isFiltered ? 'filtered/' : ''}tenant/${tenant.tenantId}`;
  }
}

/** A connection, under its tenant or, before its first sign-in, at the top. */
export class ConnectionNode extends InteractiveArgument {
  readonly kind = 'connection';
  readonly id: string;
  constructor(
    readonly connection: Connection,
    readonly parent: TenantNode | undefined,
  ) {
    super({ connectionId: connection.connectionId, ...(parent === undefined ? {} : parent.fields) });
    this.id = `connection/${connection.connectionId}`;
  }
}

/** The heading above a tenant's licenses. */
export class LicensesNode extends InteractiveArgument {
  readonly kind = 'licenses';
  readonly id: string;
  constructor(readonly parent: TenantNode) {
    super(parent.fields);
    this.id = `${parent.id}/licenses`;
  }
}

/** Licenses of one family, where a tenant has many. */
export class FamilyNode extends InteractiveArgument {
  readonly kind = 'family';
  readonly id: string;
  constructor(
    readonly family: string,
    readonly licenses: readonly LicenseEntry[],
    readonly parent: LicensesNode,
  ) {
    super(parent.fields);
    this.id = `${parent.id}/family/${family}`;
  }
}

/** Licenses of a tenant that count in no number. */
export class HiddenLicensesNode extends InteractiveArgument {
  readonly kind = 'hiddenLicenses';
  readonly id: string;
  constructor(
    readonly licenses: readonly LicenseEntry[],
    readonly parent: LicensesNode,
  ) {
    super(parent.fields);
    this.id = `${parent.id}/hidden`;
  }
}

/** One license of a tenant. */
export class LicenseNode extends InteractiveArgument {
  readonly kind = 'license';
  readonly id: string;
  constructor(
    readonly license: LicenseEntry,
    readonly parent: LicensesNode | FamilyNode | HiddenLicensesNode,
  ) {
    super({ ...parent.fields, licenseId: license.licenseId });
    this.id = `license/${license.licenseId}`;
  }
}

/** The newest import of a tenant. */
export class LastImportNode extends InteractiveArgument {
  readonly kind = 'lastImport';
  readonly id: string;
  constructor(
    readonly lastImport: LastImport | null,
    readonly parent: TenantNode,
  ) {
    super(parent.fields);
    this.id = `${parent.id}/lastImport`;
  }
}

/** One import of a tenant, in its history. */
export class ImportNode extends InteractiveArgument {
  readonly kind = 'import';
  readonly id: string;
  constructor(
    readonly entry: ImportSummary,
    readonly parent: LastImportNode,
  ) {
    super({ importId: entry.importId });
    this.id = `import/${entry.importId}`;
  }
}

/** Stands in the tree's place when the file can't be read. */
export class ProblemNode extends InteractiveArgument {
  readonly kind = 'problem';
  readonly id = 'problem';
  /** @param isDamaged the file can be recovered */
  constructor(
    readonly sentence: string,
    readonly isDamaged: boolean,
  ) {
    super({});
  }
}

/** Anything in the tree. The id stays the same over refreshes, so that expansion and selection survive. */
export type TreeNode =
  | TenantNode
  | ConnectionNode
  | LicensesNode
  | FamilyNode
  | HiddenLicensesNode
  | LicenseNode
  | LastImportNode
  | ImportNode
  | ProblemNode;
