import { createHash } from 'node:crypto';
import type { Statement } from 'sql.js';
import { productCatalog, productName } from '../catalog/productNames';
import { skuServices } from '../catalog/skuServices';
import type {
  EvaluationContext,
  EvaluationSettings,
  SkuServices,
  UserEvaluation,
  Verdict,
} from '../model/evaluation';
import { signedPosition } from '../model/signedPosition';
import { evaluateUser } from '../model/userEvaluation';
import { readDatasetStates, sourceStates, type DatasetState } from './sourceStates';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';
import { readEvidence, type EvaluationInput } from './userEvidenceQuery';

const bytesPerMegabyte = 1_048_576;
const chunkSize = 2000;

/** Products of a tenant: what use of them can be observed, and which keys they have in the file. */
interface TenantProducts {
  /** Products whose seats are judged, by key: those for users. */
  readonly judged: ReadonlyMap<number, string>;
  readonly keyOf: ReadonlyMap<string, number>;
  readonly partNumbers: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, SkuServices>;
}

/** Which cells of the roster can be trusted on the day of the evaluation. */
interface KnownCells {
  readonly activations: boolean;
  readonly platforms: boolean;
  readonly mailbox: boolean;
  readonly oneDrive: boolean;
}

/**
 * Judges all users and seats of a tenant by the rules of `core/model` and stores the results, dated. Only what
 * came out differently is written. Runs inside a commit's transaction.
 * @param today `YYYY-MM-DD`, UTC
 */
export function evaluateTenant(
  db: SqlDatabase,
  tenantKey: number,
  settings: EvaluationSettings,
  today: string,
): void {
  nameProducts(db);
  const states = readDatasetStates(db, tenantKey);
  const sources = sourceStates(states, today);
  const products = readProducts(db, tenantKey);
  const context: EvaluationContext = { today, settings, sources, skus: products.services };
  const known: KnownCells = {
    activations: isKnown(states.get('activations')),
    platforms: sources.get('appUsageReport')?.status === 'fresh',
    mailbox: isKnown(states.get('mailboxUsage')),
    oneDrive: isKnown(states.get('oneDriveUsage')),
  };
  const writer = new EvaluationWriter(db, tenantKey, products);
  try {
    let chunk: { input: EvaluationInput; evaluation: UserEvaluation }[] = [];
    for (const input of readEvidence(db, tenantKey, products.judged)) {
      chunk.push({ input, evaluation: evaluateUser(input.evidence, context) });
      if (chunk.length < chunkSize) continue;
      writer.write(chunk, known);
      chunk = [];
    }
    writer.write(chunk, known);
  } finally {
    writer.free();
  }
  writePositions(db, tenantKey, products);
  db.run('UPDATE tenants SET evaluatedOn = ?, inactivityDays = ?, graceDays = ? WHERE tenantKey = ?', [
    today,
    settings.inactivityDays,
    settings.graceDays,
    tenantKey,
  ]);
}

/** Writes results of users that differ from what is stored. */
class EvaluationWriter {
  private readonly planSets = new Map<string, number>();
  private readonly updateUser: Statement;
  private readonly deleteSeats: Statement;
  private readonly insertSeat: Statement;

  constructor(
    private readonly db: SqlDatabase,
    private readonly tenantKey: number,
    private readonly products: TenantProducts,
  ) {
    this.updateUser = db.prepare(`
      UPDATE users SET evaluationDigest = ?, lastActivityDate = ?, verdict = ?, verdictReason = ?, confidence = ?,
        licenses = ?, activations = ?, windows = ?, mac = ?, mobile = ?, web = ?, mailMegabytes = ?,
        oneDriveMegabytes = ?, searchText = ?
      WHERE userKey = ?`);
    this.deleteSeats = db.prepare('DELETE FROM seats WHERE userKey = ?');
    this.insertSeat = db.prepare(`
      INSERT INTO seats (tenantKey, userKey, productKey, paths, direct, groupCount, planSetKey, verdict, verdictReason,
        lastActivityDate, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  }

  write(chunk: readonly { input: EvaluationInput; evaluation: UserEvaluation }[], known: KnownCells): void {
    for (const { input, evaluation } of chunk) {
      const cells = this.userCells(input, evaluation, known);
      const seats = evaluation.seats.map((seat): SqlValue[] => [
        this.products.keyOf.get(seat.skuId) ?? 0,
        seat.paths,
        Number(seat.direct),
        seat.groupCount,
        this.planSet(seat.disabledPlans),
        seat.verdict,
        seat.reason,
        seat.lastActivityDate,
        seat.confidence,
      ]);
      const digest = createHash('sha1')
        .update(JSON.stringify([cells, seats]))
        .digest('base64')
        .slice(0, 16);
      if (digest === input.evaluationDigest) continue;
      this.updateUser.run([digest, ...cells, input.userKey]);
      if (input.evaluationDigest !== null) this.deleteSeats.run([input.userKey]);
      for (const seat of seats) this.insertSeat.run([this.tenantKey, input.userKey, ...seat]);
    }
  }

  free(): void {
    this.updateUser.free();
    this.deleteSeats.free();
    this.insertSeat.free();
  }

  private userCells(input: EvaluationInput, evaluation: UserEvaluation, known: KnownCells): SqlValue[] {
    const licenses = evaluation.seats
      .map(({ skuId }) => this.products.partNumbers.get(skuId) ?? skuId)
      .sort()
      .join('; ');
    const [windows = null, mac = null, mobile = null, web = null] = known.platforms ? input.platforms : [];
    return [
      evaluation.lastActivityDate,
      evaluation.verdict,
      evaluation.reason,
      evaluation.confidence,
      licenses,
      known.activations ? (input.activations ?? '') : null,
      windows,
      mac,
      mobile,
      web,
      known.mailbox ? megabytes(input.mailboxBytes) : null,
      known.oneDrive ? megabytes(input.oneDriveBytes) : null,
      searchText([...input.searchWords, licenses]),
    ];
  }

  private planSet(plans: readonly string[]): number {
    const joined = plans.join('; ');
    let key = this.planSets.get(joined);
    if (key === undefined) {
      this.db.run('INSERT OR IGNORE INTO planSets (plans) VALUES (?)', [joined]);
      key = this.db.number('SELECT planSetKey FROM planSets WHERE plans = ?', [joined]);
      this.planSets.set(joined, key);
    }
    return key;
  }
}

/** Bytes in MiB with one decimal, as the roster shows them; null stays unknown. */
export function megabytes(bytes: number | null): number | null {
  return bytes === null ? null : Math.round((bytes * 10) / bytesPerMegabyte) / 10;
}

/** What the text filter of the roster searches: lower case of every letter, not only of ASCII. */
function searchText(words: readonly (string | null)[]): string {
  return words
    .filter((word) => word !== null && word !== '')
    .join('\n')
    .toLowerCase();
}

/** The rows kept are of users and not of hashes, whatever their age. */
function isKnown(state: DatasetState | undefined): boolean {
  return state !== undefined && state.asOfDate !== null && !state.concealed;
}

/** Names follow the catalog of the running version, so that a new one needs no import to show. */
function nameProducts(db: SqlDatabase): void {
  const { products } = productCatalog();
  for (const row of db.rows('SELECT productKey, skuId, skuPartNumber, productName FROM products')) {
    const skuId = String(row.skuId);
    const partNumber =
      typeof row.skuPartNumber === 'string'
        ? row.skuPartNumber
        : (products.get(skuId)?.skuPartNumber ?? null);
    const name = partNumber === null ? null : productName(skuId, partNumber);
    if (partNumber === row.skuPartNumber && name === row.productName) continue;
    db.run('UPDATE products SET skuPartNumber = ?, productName = ? WHERE productKey = ?', [
      partNumber,
      name,
      Number(row.productKey),
    ]);
  }
}

function readProducts(db: SqlDatabase, tenantKey: number): TenantProducts {
  const plansOf = new Map<number, { servicePlanId: string; servicePlanName: string }[]>();
  db.each(
    'SELECT productKey, servicePlanId, servicePlanName FROM servicePlans WHERE tenantKey = ?',
    [tenantKey],
    ([key, servicePlanId, servicePlanName]) => {
      const plans = plansOf.get(Number(key)) ?? [];
      plans.push({ servicePlanId: String(servicePlanId), servicePlanName: String(servicePlanName) });
      plansOf.set(Number(key), plans);
    },
  );
  const judged = new Map<number, string>();
  const keyOf = new Map<string, number>();
  const partNumbers = new Map<string, string>();
  const services = new Map<string, SkuServices>();
  // Products that the tenant no longer has can still be held; Microsoft's list tells what they grant.
  db.each(
    `SELECT p.productKey, p.skuId, p.skuPartNumber, l.appliesTo FROM products p
     LEFT JOIN licenses l ON l.productKey = p.productKey AND l.tenantKey = ?1
     WHERE l.productKey IS NOT NULL OR p.productKey IN (SELECT productKey FROM assignments WHERE tenantKey = ?1)`,
    [tenantKey],
    ([productKey, id, partNumber, appliesTo]) => {
      const key = Number(productKey);
      const skuId = String(id);
      keyOf.set(skuId, key);
      if (partNumber !== null) partNumbers.set(skuId, String(partNumber));
      if (appliesTo !== null && String(appliesTo).toLowerCase() !== 'user') return;
      judged.set(key, skuId);
      services.set(
        skuId,
        skuServices({
          skuId,
          skuPartNumber: partNumber === null ? '' : String(partNumber),
          servicePlans: plansOf.get(key) ?? catalogPlans(skuId),
        }),
      );
    },
  );
  return { judged, keyOf, partNumbers, services };
}

function catalogPlans(skuId: string): { servicePlanId: string; servicePlanName: string }[] {
  const { products, plans } = productCatalog();
  return (products.get(skuId)?.servicePlanIds ?? []).flatMap((servicePlanId) => {
    const plan = plans.get(servicePlanId);
    return plan === undefined ? [] : [{ servicePlanId, servicePlanName: plan.name }];
  });
}

function writePositions(db: SqlDatabase, tenantKey: number, products: TenantProducts): void {
  const counts = new Map<number, Map<string, number>>();
  db.each(
    'SELECT productKey, verdict, count(*) FROM seats WHERE tenantKey = ? GROUP BY productKey, verdict',
    [tenantKey],
    ([productKey, verdict, count]) => {
      const ofProduct = counts.get(Number(productKey)) ?? new Map<string, number>();
      ofProduct.set(String(verdict), Number(count));
      counts.set(Number(productKey), ofProduct);
    },
  );
  db.run('DELETE FROM positions WHERE tenantKey = ?', [tenantKey]);
  const licenses = db.rows('SELECT * FROM licenses WHERE tenantKey = ?', [tenantKey]);
  for (const row of licenses) {
    const productKey = Number(row.productKey);
    const position = signedPosition({
      enabled: Number(row.enabled),
      warning: Number(row.warning),
      suspended: Number(row.suspended),
      lockedOut: Number(row.lockedOut),
      consumed: Number(row.consumed),
    });
    const ofProduct = products.judged.has(productKey) ? counts.get(productKey) : undefined;
    const seatsOf = (verdict: Verdict): number => ofProduct?.get(verdict) ?? 0;
    const verdicts = (['active', 'inactive', 'never', 'new', 'unknown', 'notPerson'] as const).map(seatsOf);
    db.run(`INSERT INTO positions VALUES (${Array.from({ length: 15 }, () => '?').join(', ')})`, [
      tenantKey,
      productKey,
      position.entitled,
      position.availableNow,
      position.availableAfterGrace,
      position.shortfallNow,
      position.shortfallSoon,
      position.unassigned,
      verdicts.reduce((sum, count) => sum + count, 0),
      ...verdicts,
    ]);
  }
}
