import type { Migration } from './migration';

const counts = [
  'licenses',
  'entitled',
  'consumed',
  'seats',
  'shortfallNow',
  'shortfallSoon',
  'unassigned',
  'active',
  'inactive',
  'never',
  'new',
  'unknown',
] as const;

const ofSeats: readonly string[] = ['seats', 'active', 'inactive', 'never', 'new', 'unknown'];

/** A count of seats is known once users have been read. */
const known = (count: string): string =>
  `CASE WHEN d.completedAt IS NOT NULL THEN o.${count} END AS ${count}`;

/** Units without a single seat: the users that hold them had not been read then. */
const kept = (count: string): string =>
  ofSeats.includes(count) ? `CASE WHEN seats > 0 OR consumed = 0 THEN ${count} END` : count;

const changes = `
CREATE TABLE newTenantHistory (
  tenantKey INTEGER NOT NULL,
  at TEXT NOT NULL,
  ${counts.map((count) => `${count} INTEGER,`).join('\n  ')}
  findings INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, at)
) WITHOUT ROWID;
INSERT INTO newTenantHistory (tenantKey, at, ${counts.join(', ')}, findings)
SELECT tenantKey, at, ${counts.map(kept).join(', ')}, findings FROM tenantHistory;

DROP VIEW v_tenant_history;
DROP TABLE tenantHistory;
ALTER TABLE newTenantHistory RENAME TO tenantHistory;
CREATE VIEW v_tenant_history AS
SELECT t.tenantId AS tenantId, h.at AS at, ${counts.map((count) => `h.${count} AS ${count}`).join(', ')},
  h.findings AS findings
FROM tenantHistory h JOIN tenants t ON t.tenantKey = h.tenantKey;

DROP VIEW rows_position;
CREATE VIEW rows_position AS
SELECT l.licenseKey AS rowKey, l.tenantKey AS tenantKey, l.productKey AS productKey,
  t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, coalesce(m.givenName, p.productName) AS productName, l.enabled AS enabled,
  l.warning AS inGrace, l.suspended AS suspended, l.lockedOut AS lockedOut, o.entitled AS entitled,
  l.consumed AS consumed, o.availableNow AS availableNow,
  o.availableAfterGrace AS availableAfterGrace, o.shortfallNow AS shortfallNow, o.shortfallSoon AS shortfallSoon,
  o.unassigned AS unassigned, ${ofSeats.map(known).join(',\n  ')}
FROM licenses l
JOIN tenants t ON t.tenantKey = l.tenantKey
JOIN products p ON p.productKey = l.productKey
JOIN positions o ON o.tenantKey = l.tenantKey AND o.productKey = l.productKey
LEFT JOIN datasetStates d ON d.tenantKey = l.tenantKey AND d.dataset = 'users'
LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey;
`;

/** What was never read is unknown in positions and in the history of a tenant, where it was zero. */
export const version5: Migration = {
  version: 5,
  apply(db) {
    db.execute(changes);
  },
};
