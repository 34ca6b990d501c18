/*
 * A thread with the rules and a made-up tenant in memory: 100,000 users, three licenses each, every source fresh. Told
 * once what to measure, it answers with the milliseconds of each round.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { productCatalog } from '../../src/core/catalog/productNames';
import { skuServices } from '../../src/core/catalog/skuServices';
import { pricedProduct } from '../../src/core/model/downgradeSearch';
import type {
  ActivitySignal,
  ActivitySource,
  Application,
  EvaluationContext,
  SeatEvaluation,
  SourceState,
  UserEvidence,
} from '../../src/core/model/evaluation';
import type { FindingContext, LicenseFacts, UserFacts } from '../../src/core/model/findingFacts';
import { FindingRun } from '../../src/core/model/findings';
import { fraction } from '../../src/core/model/fraction';
import { MoneyByCurrency } from '../../src/core/model/money';
import { observedUse } from '../../src/core/model/observedUse';
import { signedPosition } from '../../src/core/model/signedPosition';
import { SpendTally } from '../../src/core/model/spend';
import { evaluateUser } from '../../src/core/model/userEvaluation';

/** What the thread is to do. */
export interface RulesTask {
  readonly users: number;
  readonly rounds: number;
}

/** Milliseconds of one measurement: on the clock, and of the processor (collecting garbage included). */
export interface Time {
  readonly wall: number;
  readonly cpu: number;
}

/** The times of each round, and proof that something was done. */
export interface RulesResult {
  readonly verdicts: readonly Time[];
  readonly findings: readonly Time[];
  readonly seats: number;
  readonly found: number;
}

const today = '2026-11-20';
const suites = ['SPE_E3', 'SPE_E5', 'SPB', 'SPE_F1'];
const others = [
  'VISIOCLIENT',
  'PROJECTPROFESSIONAL',
  'POWER_BI_PRO',
  'Microsoft_365_Copilot',
  'Microsoft_Teams_Premium',
  'DYN365_ENTERPRISE_SALES',
  'MCOEV',
  'AAD_PREMIUM',
];
const sources: ReadonlyMap<ActivitySource, SourceState> = new Map(
  (
    [
      'signInActivity',
      'activeUserReport',
      'emailReport',
      'appUsageReport',
      'mailboxReport',
      'oneDriveReport',
      'signIns',
    ] as const
  ).map((source) => [source, { status: 'fresh', asOfDate: today }]),
);

// A small generator with a fixed seed: the same tenant each time.
let seed = 7;
function random(limit: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * limit);
}

function makeLicenses(users: number): LicenseFacts[] {
  const { products, plans } = productCatalog();
  return [...suites, ...others].map((skuPartNumber, place): LicenseFacts => {
    const product = [...products.values()].find((candidate) => candidate.skuPartNumber === skuPartNumber);
    if (product === undefined) throw new Error(`No product ${skuPartNumber}`);
    return {
      skuId: product.skuId,
      skuPartNumber,
      appliesTo: 'User',
      units: {
        enabled: Math.round(users / 4),
        warning: place * 10,
        suspended: 0,
        lockedOut: 0,
        consumed: Math.round(users / 4) + place - 6,
      },
      buffer: place,
      limit: 'asPurchased',
      price:
        place % 6 === 5
          ? { price: null, problem: 'noPurchase' }
          : {
              price: {
                currency: place % 3 === 0 ? 'USD' : 'EUR',
                monthly: fraction(10_000 + place * 977, 3),
              },
              problem: null,
            },
      plans: product.servicePlanIds.map((servicePlanId) => ({
        servicePlanId,
        servicePlanName: plans.get(servicePlanId)?.name ?? '',
      })),
      subscriptions: [],
      purchaseEnds: [],
    };
  });
}

/** What the reports and the sign-in log say of one user: four in five are active, the rest idle or without any use. */
function makeEvidence(number: number, licenses: readonly LicenseFacts[]): UserEvidence {
  const idle = random(10);
  const date = idle < 8 ? '2026-11-18' : idle === 8 ? '2026-06-01' : null;
  const signals: ActivitySignal[] = (
    ['exchange', 'oneDrive', 'sharePoint', 'skypeForBusiness', 'teams', 'yammer'] as const
  ).map((application) => ({ source: 'activeUserReport', application, date }));
  const add = (source: ActivitySource, application: Application | null): void => {
    signals.push({ source, application, date });
  };
  add('emailReport', 'outlook');
  add('mailboxReport', 'exchange');
  add('oneDriveReport', 'oneDrive');
  add('appUsageReport', null);
  if (date !== null) add('signInActivity', null);
  if (idle < 8) {
    for (const application of ['powerBi', 'visio', 'project', 'dynamics365'] as const) {
      if (random(5) > 0) add('signIns', application);
    }
  }
  const path = { groupId: null, state: 'Active', disabledPlans: [] };
  const suite = licenses[random(suites.length)];
  const first = random(others.length);
  const second = (first + 1 + random(others.length - 1)) % others.length;
  const held = [suite, licenses[suites.length + first], licenses[suites.length + second]];
  return {
    userPrincipalName: `user${number}@contoso.example`,
    accountEnabled: number % 20 !== 0,
    userType: number % 25 === 0 ? 'Guest' : 'Member',
    createdAt: '2024-02-01T09:00:00Z',
    recipientType: number % 40 === 0 ? 'Shared' : 'User',
    signals,
    paths: new Map(held.flatMap((license) => (license === undefined ? [] : [[license.skuId, [path]]]))),
  };
}

/** Nothing else runs in this process meanwhile, so that its processor time is that of the thread. */
function stopwatch(): () => Time {
  const before = process.cpuUsage();
  const started = performance.now();
  return () => {
    const wall = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    return { wall, cpu: (user + system) / 1000 };
  };
}

/** Users that are looked at together: the product reads them one by one, so nobody's evidence stays in memory. */
const slice = 2000;

function run({ users, rounds }: RulesTask): RulesResult {
  const licenses = makeLicenses(users);
  const skus = licenses.map(({ skuId, skuPartNumber, plans }) =>
    skuServices({ skuId, skuPartNumber, servicePlans: plans }),
  );
  const verdicts: Time[] = [];
  const findings: Time[] = [];
  let seats = 0;
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    seed = 7;
    // A context of its own for every round, as the product makes one for every evaluation.
    const context: EvaluationContext = {
      today,
      settings: { inactivityDays: 30, graceDays: 30 },
      sources,
      skus: new Map(skus.map((services) => [services.skuId, services])),
    };
    const people: Person[] = [];
    let wall = 0;
    let cpu = 0;
    while (people.length < users) {
      const first = people.length;
      const evidence = Array.from({ length: Math.min(slice, users - first) }, (_, place) =>
        makeEvidence(first + place, licenses),
      );
      const stop = stopwatch();
      const judged = evidence.map((one) => evaluateUser(one, context).seats);
      const time = stop();
      wall += time.wall;
      cpu += time.cpu;
      evidence.forEach((one, place) => {
        people.push(personOf(one, first + place, judged[place] ?? [], context));
      });
    }
    verdicts.push({ wall, cpu });
    const result = findAll(licenses, people);
    findings.push(result.time);
    seats = people.reduce((sum, person) => sum + person.seats.length, 0);
    found = result.found;
  }
  return { verdicts, findings, seats, found };
}

interface Person extends UserFacts {
  readonly department: string;
  readonly country: string;
  readonly companyName: string;
}

function personOf(
  evidence: UserEvidence,
  number: number,
  seats: readonly SeatEvaluation[],
  context: EvaluationContext,
): Person {
  const { used, unused } = observedUse(evidence, context);
  return {
    userId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    accountEnabled: evidence.accountEnabled,
    userType: evidence.userType,
    recipientType: evidence.recipientType,
    mailboxBytes: number * 50_000,
    hasArchive: number % 10 === 0,
    signedInLately: used !== 0,
    used,
    unused,
    seats,
    errors: [],
    department: `Department ${number % 40}`,
    country: number % 3 === 0 ? 'Germany' : 'France',
    companyName: 'Contoso',
  };
}

/** Positions, findings and spend of everybody, from seats that are judged. */
function findAll(
  licenses: readonly LicenseFacts[],
  people: readonly Person[],
): { time: Time; found: number } {
  const context: FindingContext = {
    tenantId: '7f000001-0000-4000-8000-000000000001',
    today,
    noticeDays: 30,
    licenses,
    hiddenSkuIds: new Set(),
    sources,
    usersAsOf: today,
    productsAsOf: today,
  };
  const stop = stopwatch();
  const findingRun = new FindingRun(context, {
    candidates: licenses.flatMap((license) => pricedProduct(license) ?? []),
  });
  const cost = { monthly: new MoneyByCurrency(), incomplete: false };
  const tally = new SpendTally(
    licenses.map(({ skuId, skuPartNumber, price }) => ({
      skuId,
      skuPartNumber,
      price: price.price,
      cost,
      free: false,
    })),
  );
  const counts = new Map<string, Record<string, number>>();
  for (const person of people) {
    findingRun.user(person);
    tally.add(person);
    for (const { skuId, verdict } of person.seats) {
      let ofSku = counts.get(skuId);
      if (ofSku === undefined) counts.set(skuId, (ofSku = {}));
      ofSku[verdict] = (ofSku[verdict] ?? 0) + 1;
    }
  }
  for (const { units, buffer } of licenses) signedPosition(units, buffer);
  tally.finish();
  const found = findingRun.finish().length;
  return { time: stop(), found };
}

parentPort?.postMessage(run(workerData as RulesTask));
