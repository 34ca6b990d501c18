import type { SqlRow } from '../../../src/core/store/store';
import { tenantId } from './memoryUsers';

/** One made-up license: what the service says and what was seen of its use. */
interface License {
  readonly part: string;
  readonly name: string | null;
  readonly enabled: number;
  readonly grace?: number;
  readonly suspended?: number;
  readonly consumed: number;
  /** active, inactive, never, new, unknown; absent while the use is unknown. */
  readonly use?: readonly [number, number, number, number, number];
  readonly appliesTo?: string;
  readonly trial?: boolean;
}

const licenses: readonly License[] = [
  { part: 'SPE_E5', name: 'Microsoft 365 E5', enabled: 120, consumed: 132, use: [101, 14, 9, 3, 5] },
  {
    part: 'SPE_E3',
    name: 'Microsoft 365 E3',
    enabled: 150,
    grace: 30,
    consumed: 171,
    use: [120, 28, 16, 4, 3],
  },
  {
    part: 'EXCHANGESTANDARD',
    name: 'Exchange Online (Plan 1)',
    enabled: 60,
    consumed: 41,
    use: [30, 4, 6, 1, 0],
  },
  { part: 'VISIOCLIENT', name: 'Visio Plan 2', enabled: 25, consumed: 25, use: [6, 11, 8, 0, 0] },
  {
    part: 'PROJECTPROFESSIONAL',
    name: 'Project Plan 3',
    enabled: 0,
    suspended: 15,
    consumed: 0,
    use: [0, 0, 0, 0, 0],
  },
  { part: 'Microsoft_365_Copilot', name: 'Microsoft Copilot for Microsoft 365', enabled: 20, consumed: 8 },
  { part: 'CONTOSO_UNNAMED_X9', name: null, enabled: 10, consumed: 3, use: [2, 0, 1, 0, 0], trial: true },
  {
    part: 'WINDOWS_STORE',
    name: 'Windows Store for Business',
    enabled: 1_000_000,
    consumed: 0,
    use: [0, 0, 0, 0, 0],
  },
  {
    part: 'FLOW_FREE',
    name: 'Microsoft Power Automate Free',
    enabled: 10_000,
    consumed: 88,
    use: [60, 20, 8, 0, 0],
  },
  {
    part: 'SHAREPOINTSTORAGE',
    name: 'Office 365 Extra File Storage',
    enabled: 40,
    consumed: 0,
    appliesTo: 'Company',
  },
];

/** Rows of `v_position`, their numbers worked out as the contract defines them. */
export function positionRows(): SqlRow[] {
  return licenses.map((license) => {
    const grace = license.grace ?? 0;
    const entitled = license.enabled + grace;
    const now = entitled - license.consumed;
    const after = license.enabled - license.consumed;
    const use = license.use;
    return {
      tenantId,
      licenseId: `${tenantId}_${license.part}`,
      skuId: license.part,
      skuPartNumber: license.part,
      enabled: license.enabled,
      inGrace: grace,
      suspended: license.suspended ?? 0,
      lockedOut: 0,
      entitled,
      consumed: license.consumed,
      seats: use === undefined ? null : license.consumed,
      availableNow: now,
      availableAfterGrace: after,
      shortfallNow: Math.max(0, -now),
      shortfallSoon: Math.max(0, -after) - Math.max(0, -now),
      unassigned: Math.max(0, after),
      active: use?.[0] ?? null,
      inactive: use?.[1] ?? null,
      never: use?.[2] ?? null,
      new: use?.[3] ?? null,
      unknown: use?.[4] ?? null,
    };
  });
}

/** Rows of `v_licenses` for the same licenses, as far as the page asks for them. */
export function licenseRows(): SqlRow[] {
  return licenses.map((license) => ({
    licenseId: `${tenantId}_${license.part}`,
    productName: license.name,
    appliesTo: license.appliesTo ?? 'User',
    isTrial: license.trial === true ? 1 : 0,
  }));
}
