import type { SampleGroup } from './groups';
import { planId, product, productById } from './products';

/** One way by which a user gets a product; the same object is shared by all users of one profile. */
export interface SamplePath {
  readonly skuId: string;
  readonly groupId: string | null;
  readonly state: 'Active' | 'ActiveWithError' | 'Disabled' | 'Error';
  readonly error: string;
  readonly disabledPlans: readonly string[];
}

/** What a user's licenses let them use, from the plans that are switched on. */
export interface SampleServices {
  readonly exchange: boolean;
  readonly teams: boolean;
  readonly sharePoint: boolean;
  readonly yammer: boolean;
  readonly skype: boolean;
  readonly apps: boolean;
  readonly visio: boolean;
  readonly project: boolean;
  readonly powerBi: boolean;
  readonly dynamics: boolean;
  readonly copilot: boolean;
}

/** The license side of a user, with the JSON that Graph needs already made. */
export interface LicenseProfile {
  readonly paths: readonly SamplePath[];
  /** SKU ids of the seats: distinct, only of paths in state Active or ActiveWithError. */
  readonly seats: readonly string[];
  readonly services: SampleServices;
  /** `assignedLicenses` as JSON: direct and inherited merged, as Graph has it. */
  readonly assignedLicensesJson: string;
  /** JSON of each path up to the value of `lastUpdatedDateTime`. */
  readonly pathHeads: readonly string[];
  /** `Assigned Products` of the usage reports. */
  readonly reportProducts: readonly string[];
}

const holds = (path: SamplePath): boolean => path.state === 'Active' || path.state === 'ActiveWithError';

/** Builds the profile of a list of paths. */
export function profileOf(paths: readonly SamplePath[]): LicenseProfile {
  const holding = paths.filter(holds);
  const seats = [...new Set(holding.map((path) => path.skuId))];
  const merged = seats.map((skuId) => {
    const own = holding.filter((path) => path.skuId === skuId);
    // A plan is off only when every path that gives the product has it off.
    const disabledPlans = (own[0]?.disabledPlans ?? []).filter((plan) =>
      own.every((path) => path.disabledPlans.includes(plan)),
    );
    return { disabledPlans, skuId };
  });
  const plans = new Set(
    merged.flatMap((license) =>
      (productById(license.skuId)?.plans ?? [])
        .filter((plan) => !license.disabledPlans.includes(plan.id))
        .map((plan) => plan.name),
    ),
  );
  const any = (...names: readonly string[]): boolean => names.some((name) => plans.has(name));
  return {
    paths,
    seats,
    services: {
      exchange: any('EXCHANGE_S_ENTERPRISE', 'EXCHANGE_S_STANDARD', 'EXCHANGE_S_DESKLESS'),
      teams: any('TEAMS1'),
      sharePoint: any('SHAREPOINTENTERPRISE', 'SHAREPOINTSTANDARD', 'SHAREPOINTDESKLESS'),
      yammer: any('YAMMER_ENTERPRISE'),
      skype: any('MCOSTANDARD'),
      apps: any('OFFICESUBSCRIPTION', 'OFFICE_BUSINESS'),
      visio: any('VISIO_CLIENT_SUBSCRIPTION'),
      project: any('PROJECT_CLIENT_SUBSCRIPTION', 'PROJECT_PROFESSIONAL'),
      powerBi: any('BI_AZURE_P2'),
      dynamics: any('DYN365_ENTERPRISE_SALES'),
      copilot: any('M365_COPILOT_APPS'),
    },
    assignedLicensesJson: JSON.stringify(merged),
    pathHeads: paths.map(
      (path) =>
        `{"skuId":"${path.skuId}","disabledPlans":${JSON.stringify(path.disabledPlans)},"assignedByGroup":` +
        `${JSON.stringify(path.groupId)},"state":"${path.state}","error":"${path.error}","lastUpdatedDateTime":"`,
    ),
    reportProducts: seats.map((skuId) => productById(skuId)?.reportName ?? skuId.toUpperCase()),
  };
}

/** What kind of account a user is; the kind follows from the license slot. */
export type AccountKind = 'person' | 'guest' | 'shared' | 'room' | 'equipment' | 'service' | 'leaver';

/** License slots are dealt so that each hundred of users has every one of them once. */
export function kindOfSlot(slot: number): AccountKind {
  if (slot < 84) return 'person';
  if (slot < 91) return 'guest';
  if (slot < 93) return 'shared';
  if (slot < 95) return 'room';
  if (slot < 96) return 'equipment';
  if (slot < 98) return 'service';
  return 'leaver';
}

/**
 * The license situations of the tenant. Two slots (0 to 99 each) decide what a user has: the license slot the
 * main license and the kind of account, the add-on slot everything on top. README.md of this folder lists what
 * is planted and why; the numbers here are shares in percent.
 */
export class LicenseProfiles {
  private readonly cache = new Map<number, LicenseProfile>();
  private readonly groupIds: ReadonlyMap<string, string>;

  constructor(groups: readonly SampleGroup[]) {
    this.groupIds = new Map(groups.map((group) => [group.key, group.id]));
  }

  /** The profile of a pair of slots; computed once. */
  get(licenseSlot: number, addOnSlot: number): LicenseProfile {
    const key = licenseSlot * 100 + addOnSlot;
    let profile = this.cache.get(key);
    if (!profile) {
      profile = profileOf([
        ...this.mainPaths(licenseSlot, addOnSlot),
        ...this.addOns(licenseSlot, addOnSlot),
      ]);
      this.cache.set(key, profile);
    }
    return profile;
  }

  private direct(sku: string, more: Partial<SamplePath> = {}): SamplePath {
    return {
      skuId: product(sku).skuId,
      groupId: null,
      state: 'Active',
      error: 'None',
      disabledPlans: [],
      ...more,
    };
  }

  private via(group: string, sku: string, more: Partial<SamplePath> = {}): SamplePath {
    return this.direct(sku, { groupId: this.groupIds.get(group) ?? null, ...more });
  }

  private mainPaths(slot: number, addOnSlot: number): readonly SamplePath[] {
    const reduced = [planId('SPE_E3', 'YAMMER_ENTERPRISE'), planId('SPE_E3', 'SWAY')];
    if (slot < 28) return [this.via('e3', 'SPE_E3')];
    if (slot < 32) return [this.direct('SPE_E3')];
    if (slot < 34) return [this.direct('SPE_E3'), this.via('e3', 'SPE_E3')];
    if (slot < 35) return [this.via('e3', 'SPE_E3'), this.via('headOffice', 'SPE_E3')];
    if (slot < 37) return [this.via('salesDynamic', 'SPE_E3')];
    if (slot < 39) return [this.via('syncedOffice', 'SPE_E3')];
    if (slot < 42) return [this.via('e3Reduced', 'SPE_E3', { disabledPlans: reduced })];
    if (slot < 43) return [this.via('e3', 'SPE_E3', { state: 'ActiveWithError', error: 'Other' })];
    if (slot < 44) return [this.direct('SPE_E3'), this.direct('EXCHANGESTANDARD')];
    if (slot < 45) {
      return [
        this.via('e3', 'SPE_E3'),
        this.via('e5', 'SPE_E5', { state: 'Error', error: 'CountViolation' }),
      ];
    }
    if (slot < 46) {
      const error = { state: 'Error', error: 'MutuallyExclusiveViolation' } as const;
      return [this.direct('SPB'), this.via('e3', 'SPE_E3', error)];
    }
    if (slot < 56) return [this.via('e5', 'SPE_E5')];
    if (slot < 58) return [this.direct('SPE_E5')];
    if (slot < 59) return [this.via('e5', 'SPE_E5'), this.direct('SPE_E3')];
    if (slot < 60) return [this.direct('SPE_E5'), this.via('e5', 'SPE_E5')];
    if (slot < 61) return [this.via('e5', 'SPE_E5', { state: 'Error', error: 'CountViolation' })];
    if (slot < 69) return [this.via('spb', 'SPB')];
    if (slot < 70) return [this.direct('SPB')];
    if (slot < 77) return [this.via('f3', 'SPE_F1')];
    if (slot < 78) {
      return [this.via('f3', 'SPE_F1', { state: 'Error', error: 'ProhibitedInUsageLocationViolation' })];
    }
    if (slot < 80) return [this.direct('EXCHANGESTANDARD')];
    if (slot < 81) return [this.direct('EXCHANGESTANDARD'), this.direct('SPE_F1', { state: 'Disabled' })];
    return this.otherAccounts(slot, addOnSlot);
  }

  private otherAccounts(slot: number, addOnSlot: number): readonly SamplePath[] {
    switch (kindOfSlot(slot)) {
      case 'guest':
        if (addOnSlot < 15) return [this.direct('POWER_BI_PRO')];
        return addOnSlot < 30 ? [this.direct('FLOW_FREE')] : [];
      case 'shared':
        return addOnSlot < 30 ? [this.direct('SPE_E3')] : [];
      case 'room':
        return addOnSlot < 50 ? [this.direct('Microsoft_Teams_Rooms_Pro')] : [];
      case 'service':
        return addOnSlot < 40 ? [this.direct('EXCHANGESTANDARD')] : [];
      case 'leaver':
        return slot === 98 ? [this.direct('SPE_E3')] : [this.via('e5', 'SPE_E5')];
      case 'person':
      case 'equipment':
        return [];
    }
  }

  private addOns(licenseSlot: number, slot: number): readonly SamplePath[] {
    const kind = kindOfSlot(licenseSlot);
    if (licenseSlot >= 81 && kind !== 'leaver') return [];
    const paths: SamplePath[] = [];
    const has = (from: number, to: number): boolean => slot >= from && slot <= to;
    if (has(0, 2)) paths.push(this.via('visio', 'VISIOCLIENT'));
    if (has(3, 4)) paths.push(this.direct('VISIOCLIENT'));
    if (has(3, 6)) paths.push(this.via('project', 'PROJECTPROFESSIONAL'));
    if (has(7, 8)) paths.push(this.direct('PROJECTPROFESSIONAL'));
    if (has(9, 13)) paths.push(this.via('powerBi', 'POWER_BI_PRO'));
    if (has(14, 18)) paths.push(this.direct('POWER_BI_PRO'));
    if (has(19, 22)) paths.push(this.via('phone', 'MCOEV'));
    if (has(23, 23)) paths.push(this.direct('MCOEV'));
    if (has(24, 24)) paths.push(this.direct('MCOEV', { state: 'Error', error: 'DependencyViolation' }));
    if (has(25, 27)) paths.push(this.via('copilot', 'Microsoft_365_Copilot'));
    if (has(28, 28)) paths.push(this.direct('Microsoft_365_Copilot'));
    if (has(29, 32)) paths.push(this.via('ems', 'EMSPREMIUM'));
    if (has(33, 34)) paths.push(this.direct('AAD_PREMIUM'));
    if (has(35, 36)) paths.push(this.via('dynamics', 'DYN365_ENTERPRISE_SALES'));
    if (has(37, 38)) paths.push(this.direct('Microsoft_Teams_Premium'));
    if (has(39, 40)) paths.push(this.direct('CONTOSO_FIELD_PREVIEW'));
    if (has(41, 42)) paths.push(this.direct('ENTERPRISEPACK'));
    if (has(43, 43)) paths.push(this.direct('PROJECT_P1'));
    if (has(60, 61)) paths.push(this.direct('WINDOWS_STORE'));
    if (has(44, 63) || slot % 5 === 0) paths.push(this.direct('FLOW_FREE'));
    return paths;
  }
}
