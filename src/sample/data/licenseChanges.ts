import type { LicenseProfile, SamplePath } from './licenseProfiles';
import { profileOf } from './licenseProfiles';

/** A product that a group gives. */
export interface GroupLicense {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

/** What was changed since the start of the tenant. Small: it holds only what somebody touched. */
export class LicenseChanges {
  /** Paths of users that replace the planted ones. */
  private readonly paths = new Map<number, readonly SamplePath[]>();
  /** Groups that users were taken out of. */
  private readonly leftGroups = new Map<number, Set<string>>();
  /** Licenses of groups that replace the planted ones. */
  private readonly groupLicenses = new Map<string, readonly GroupLicense[]>();
  private readonly log: number[] = [];
  /** Grows with each change of a group's licenses. */
  groupVersion = 0;

  get isEmpty(): boolean {
    return this.log.length === 0 && this.groupVersion === 0;
  }

  /** How many changes of users have been made. */
  get version(): number {
    return this.log.length;
  }

  /** Users changed since a version, each once. */
  changedSince(version: number): readonly number[] {
    return [...new Set(this.log.slice(version))];
  }

  /** Notes that a user changed by what was done to something else, a group. */
  touch(index: number): void {
    this.log.push(index);
  }

  setPaths(index: number, paths: readonly SamplePath[]): void {
    this.paths.set(index, paths);
    this.log.push(index);
  }

  leaveGroup(index: number, groupId: string): void {
    const left = this.leftGroups.get(index) ?? new Set<string>();
    this.leftGroups.set(index, left.add(groupId));
    this.log.push(index);
  }

  hasLeft(index: number, groupId: string): boolean {
    return this.leftGroups.get(index)?.has(groupId) ?? false;
  }

  /** The licenses of a group: changed ones, or the planted ones. */
  licensesOf(groupId: string, planted: readonly GroupLicense[]): readonly GroupLicense[] {
    return this.groupLicenses.get(groupId) ?? planted;
  }

  setGroupLicenses(groupId: string, licenses: readonly GroupLicense[]): void {
    this.groupLicenses.set(groupId, licenses);
    this.groupVersion++;
  }

  /** The profile of a user with all changes applied; the planted one when none concerns the user. */
  profile(index: number, planted: LicenseProfile): LicenseProfile {
    const own = this.paths.get(index);
    const left = this.leftGroups.get(index);
    let paths = this.withGroupChanges(own ?? planted.paths);
    if (left) paths = paths.filter((path) => path.groupId === null || !left.has(path.groupId));
    return paths === planted.paths ? planted : profileOf(paths);
  }

  /** Members of a licensed group are those with a path through it, so its licenses change those paths. */
  private withGroupChanges(paths: readonly SamplePath[]): readonly SamplePath[] {
    if (this.groupLicenses.size === 0) return paths;
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
