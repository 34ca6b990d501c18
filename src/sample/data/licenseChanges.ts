import type { LicenseProfile, SamplePath } from './licenseProfiles';
import { profileOf } from './licenseProfiles';

/** A product that a group gives. */
export interface GroupLicense {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

/** What was changed since the start of the tenant. Small: it holds only the users somebody touched. */
export class LicenseChanges {
  private readonly paths = new Map<number, readonly SamplePath[]>();
  private readonly cache = new Map<number, LicenseProfile>();
  /** Licenses of groups that were changed; replaces what was planted. */
  private readonly groupLicenses = new Map<string, readonly GroupLicense[]>();
  private readonly log: number[] = [];

  get isEmpty(): boolean {
    return this.paths.size === 0 && this.groupLicenses.size === 0;
  }

  /** How many changes have been made; grows with each. */
  get version(): number {
    return this.log.length;
  }

  /** Grows with each change of a group's licenses. */
  groupVersion = 0;

  /** Users changed since a version, each once. */
  changedSince(version: number): readonly number[] {
    return [...new Set(this.log.slice(version))];
  }

  /** The users that have paths of their own. */
  get changedUsers(): Iterable<number> {
    return this.paths.keys();
  }

  /** True when a change of a group's licenses affects users beyond {@link changedUsers}. */
  get changedGroups(): boolean {
    return this.groupLicenses.size > 0;
  }

  setPaths(index: number, paths: readonly SamplePath[]): void {
    this.paths.set(index, paths);
    this.cache.delete(index);
    this.log.push(index);
  }

  /** The licenses of a group: changed ones, or the planted ones. */
  licensesOf(groupId: string, planted: readonly GroupLicense[]): readonly GroupLicense[] {
    return this.groupLicenses.get(groupId) ?? planted;
  }

  setGroupLicenses(groupId: string, licenses: readonly GroupLicense[]): void {
    this.groupLicenses.set(groupId, licenses);
    this.groupVersion++;
    this.cache.clear();
  }

  /** The profile of a user with all changes applied. */
  profile(index: number, planted: LicenseProfile): LicenseProfile {
    const own = this.paths.get(index);
    if (own === undefined && this.groupLicenses.size === 0) return planted;
    let paths = own ?? planted.paths;
    if (this.groupLicenses.size > 0) {
      const adjusted = this.withGroupChanges(paths);
      if (adjusted === paths && own === undefined) return planted;
      paths = adjusted;
    }
    let profile = this.cache.get(index);
    if (!profile || profile.paths !== paths) {
      profile = profileOf(paths);
      if (this.groupLicenses.size === 0) this.cache.set(index, profile);
    }
    return profile;
  }

  /** Members of a group are those with a path through it, so a change of the group changes those paths. */
  private withGroupChanges(paths: readonly SamplePath[]): readonly SamplePath[] {
    const touched = new Set(
      paths.flatMap((path) => (path.groupId && this.groupLicenses.has(path.groupId) ? [path.groupId] : [])),
    );
    if (touched.size === 0) return paths;
    const kept = paths.filter((path) => path.groupId === null || !touched.has(path.groupId));
    for (const groupId of touched) {
      for (const license of this.groupLicenses.get(groupId) ?? []) {
        kept.push({ ...license, groupId, state: 'Active', error: 'None' });
      }
    }
    return kept;
  }
}
