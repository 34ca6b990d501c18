import * as v from 'valibot';
import { maxCopyLength } from '../../shared/rosterContract';
import type { UserContract, UserDetails } from '../../shared/userContract';
import type { RpcMethods } from './rpcServer';
import { exportTablesMethod, type TableExportDeps } from './tableExport';

/** What the page about a user needs of the world; none of it knows VS Code. */
export interface UserPageDeps {
  readonly tenantId: string;
  readonly userId: string;
  /** Null when the user is no longer in the data. */
  readonly read: () => Promise<UserDetails | null>;
  readonly openLicense: (licenseId: string) => Promise<void>;
  readonly openRoster: () => Promise<void>;
  /** Asks what the user is and marks it, or takes its mark away. */
  readonly mark: (marked: boolean) => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
  readonly tables: TableExportDeps;
}

/** Host side of the page about one user. */
export class UserPage {
  constructor(private readonly deps: UserPageDeps) {}

  readonly methods: RpcMethods<UserContract> = {
    start: {
      params: v.null(),
      handle: async () => ({ tenantId: this.deps.tenantId, userId: this.deps.userId }),
    },
    load: { params: v.null(), handle: () => this.deps.read() },
    openLicense: {
      params: v.object({ licenseId: v.pipe(v.string(), v.maxLength(200)) }),
      handle: async ({ licenseId }) => {
        await this.deps.openLicense(licenseId);
        return null;
      },
    },
    mark: {
      params: v.object({ marked: v.boolean() }),
      handle: async ({ marked }) => {
        await this.deps.mark(marked);
        return null;
      },
    },
    openRoster: {
      params: v.null(),
      handle: async () => {
        await this.deps.openRoster();
        return null;
      },
    },
    exportTables: exportTablesMethod(() => this.deps.tables),
    copy: {
      params: v.object({ text: v.pipe(v.string(), v.maxLength(maxCopyLength)) }),
      handle: async ({ text }) => {
        await this.deps.copy(text);
        return null;
      },
    },
  };
}
