import { guidOf } from './random';
import { planId, product } from './products';

/** What a group of the sample tenant is, before it gets its id. */
interface GroupPlan {
  readonly key: string;
  readonly displayName: string;
  /** Product it assigns, with the service plans switched off. */
  readonly sku?: string;
  readonly disabledPlans?: readonly string[];
  readonly kind?: 'security' | 'microsoft365' | 'dynamic' | 'synced' | 'distribution';
}

const plan = {
  yammer: () => planId('SPE_E3', 'YAMMER_ENTERPRISE'),
  sway: () => planId('SPE_E3', 'SWAY'),
};

const groupPlans: readonly GroupPlan[] = [
  { key: 'e3', displayName: 'License - Microsoft 365 E3', sku: 'SPE_E3' },
  { key: 'e5', displayName: 'License - Microsoft 365 E5', sku: 'SPE_E5' },
  { key: 'spb', displayName: 'License - Business Premium', sku: 'SPB' },
  { key: 'f3', displayName: 'License - Frontline F3', sku: 'SPE_F1' },
  { key: 'headOffice', displayName: 'Head Office', sku: 'SPE_E3', kind: 'microsoft365' },
  { key: 'salesDynamic', displayName: 'All Sales', sku: 'SPE_E3', kind: 'dynamic' },
  { key: 'syncedOffice', displayName: 'AD Office Users', sku: 'SPE_E3', kind: 'synced' },
  {
    key: 'e3Reduced',
    displayName: 'License - Microsoft 365 E3 without Yammer and Sway',
    sku: 'SPE_E3',
    disabledPlans: [plan.yammer(), plan.sway()],
  },
  { key: 'visio', displayName: 'Visio Users', sku: 'VISIOCLIENT' },
  { key: 'project', displayName: 'Project Managers', sku: 'PROJECTPROFESSIONAL' },
  { key: 'powerBi', displayName: 'Power BI Authors', sku: 'POWER_BI_PRO' },
  { key: 'phone', displayName: 'Teams Phone Users', sku: 'MCOEV' },
  { key: 'copilot', displayName: 'Copilot Pilot', sku: 'Microsoft_365_Copilot' },
  { key: 'ems', displayName: 'Security Add-on', sku: 'EMSPREMIUM' },
  { key: 'dynamics', displayName: 'Dynamics Sales Team', sku: 'DYN365_ENTERPRISE_SALES' },
  { key: 'everyone', displayName: 'Everyone at Contoso', kind: 'distribution' },
  { key: 'marketing', displayName: 'Marketing', kind: 'microsoft365' },
  { key: 'travel', displayName: 'Travel & Events', kind: 'security' },
];

/** A group of the sample tenant. */
export interface SampleGroup {
  readonly key: string;
  readonly id: string;
  readonly displayName: string;
  readonly groupTypes: readonly string[];
  readonly securityEnabled: boolean;
  readonly mailEnabled: boolean;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly membershipRule: string | null;
  readonly assignedLicenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
}

/** The groups of a tenant; ids depend on the seed. */
export function groupsOf(seed: number): readonly SampleGroup[] {
  return groupPlans.map((entry, index) => {
    const kind = entry.kind ?? 'security';
    return {
      key: entry.key,
      id: guidOf(seed, index, 4001),
      displayName: entry.displayName,
      groupTypes: kind === 'microsoft365' ? ['Unified'] : kind === 'dynamic' ? ['DynamicMembership'] : [],
      securityEnabled: kind !== 'distribution',
      mailEnabled: kind === 'distribution' || kind === 'microsoft365',
      onPremisesSyncEnabled: kind === 'synced' ? true : null,
      membershipRule: kind === 'dynamic' ? '(user.department -eq "Sales")' : null,
      assignedLicenses: entry.sku
        ? [{ skuId: product(entry.sku).skuId, disabledPlans: entry.disabledPlans ?? [] }]
        : [],
    };
  });
}
