import { TableShelf } from './tableShelf';
import { UserPage } from '../../../src/app/panels/userPage';
import type { LicenseError } from '../../../src/core/foundation/errors';
import type { UserDetails } from '../../../src/shared/userContract';
import { tenantId } from './memoryUsers';

/** The host's side of the page about a user, with what it was asked to do. */
export class UserHost {
  readonly opened: string[] = [];
  readonly copied: string[] = [];
  rosters = 0;
  /** What the page asked to mark: true, or to unmark: false. */
  readonly marks: boolean[] = [];
  /** Set to make the next calls fail. */
  failure: LicenseError | undefined;
  readonly tables = new TableShelf();
  readonly page: UserPage;

  constructor(public details: UserDetails | null) {
    this.page = new UserPage({
      tenantId,
      userId: 'id-3',
      read: async () => {
        if (this.failure !== undefined) throw this.failure;
        return this.details;
      },
      openLicense: async (licenseId) => void this.opened.push(licenseId),
      openRoster: async () => {
        this.rosters += 1;
      },
      mark: async (marked) => void this.marks.push(marked),
      copy: async (text) => void this.copied.push(text),
      tables: this.tables,
    });
  }
}
