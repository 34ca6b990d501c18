import { addDays } from './calendarDate';
import type {
  ActivitySource,
  EvaluationContext,
  EvaluationSettings,
  SkuServices,
  SourceState,
  VerdictReason,
} from './evaluation';
import { allSources, signInSources, sourceBit, subjectBit } from './evidenceBits';

/** Days that Entra ID keeps sign-in logs with a premium license. */
const signInLogDays = 30;

/** An evaluation context in the form in which the verdicts use it, made once per context. */
export interface EvaluationFrame {
  readonly today: string;
  /** Oldest date that is still recent use. */
  readonly recentSince: string;
  /** Accounts created on or before this date are past the grace period. */
  readonly grownSince: string;
  readonly fresh: number;
  readonly missing: number;
  readonly concealed: number;
  readonly stale: number;
  readonly notLicensed: number;
  /** From this date on the sign-in log would have shown use. */
  readonly signInsSince: string;
  /** The sign-in log reaches back as far as the inactivity threshold. */
  readonly signInsLongEnough: boolean;
  readonly skus: ReadonlyMap<string, SkuFrame>;
}

/** What counts for a seat of one SKU. */
export interface SkuFrame {
  readonly subjects: number;
  readonly judgedAlone: boolean;
  readonly services: SkuServices;
  /** The frame by which seats of a license with days of its own are judged; absent: the evaluation's. */
  readonly ownFrame?: EvaluationFrame;
}

const frames = new WeakMap<EvaluationContext, EvaluationFrame>();

/** The frame of a context; a context must not change once it was used. */
export function frameOf(context: EvaluationContext): EvaluationFrame {
  let frame = frames.get(context);
  if (frame === undefined) {
    frame = makeFrame(context);
    frames.set(context, frame);
  }
  return frame;
}

/** Why needed sources do not allow to say "no use"; null when they do. */
export function whyNotHeard(frame: EvaluationFrame, needed: number, rows: number): VerdictReason | null {
  if (needed & (frame.missing | frame.notLicensed)) return 'sourceMissing';
  if (needed & frame.concealed) return 'namesConcealed';
  if (needed & frame.stale) return 'sourceStale';
  // Sign-in data has no rows: no entry means no sign-in.
  if (needed & ~signInSources & ~rows) return 'noRowInReport';
  return null;
}

function makeFrame(context: EvaluationContext): EvaluationFrame {
  const states = (status: SourceState['status']): number =>
    allSources
      .filter((source) => (context.sources.get(source)?.status ?? 'missing') === status)
      .reduce((bits, source) => bits | sourceBit[source], 0);
  const frame = {
    ...daysOf(context, context.settings),
    today: context.today,
    fresh: states('fresh'),
    missing: states('missing'),
    concealed: states('concealed'),
    stale: states('stale'),
    notLicensed: states('notLicensed'),
  };
  const noSkus: ReadonlyMap<string, SkuFrame> = new Map();
  const skus = [...context.skus].map(([skuId, services]): [string, SkuFrame] => {
    const own = context.ownSettings?.get(skuId);
    if (own === undefined) return [skuId, skuFrame(services)];
    return [skuId, { ...skuFrame(services), ownFrame: { ...frame, ...daysOf(context, own), skus: noSkus } }];
  });
  return { ...frame, skus: new Map(skus) };
}

/** The parts of a frame that depend on thresholds. */
function daysOf(
  context: EvaluationContext,
  { inactivityDays, graceDays }: EvaluationSettings,
): Pick<EvaluationFrame, 'recentSince' | 'grownSince' | 'signInsSince' | 'signInsLongEnough'> {
  const signInsSince = sinceOf(context, 'signIns');
  const asOf = context.sources.get('signIns')?.asOfDate ?? context.today;
  return {
    recentSince: addDays(context.today, -inactivityDays),
    grownSince: addDays(context.today, -graceDays),
    signInsSince,
    signInsLongEnough: signInsSince <= addDays(asOf, -inactivityDays),
  };
}

function sinceOf(context: EvaluationContext, source: ActivitySource): string {
  const state = context.sources.get(source);
  return state?.observedSince ?? addDays(state?.asOfDate ?? context.today, -signInLogDays);
}

function skuFrame(services: SkuServices): SkuFrame {
  if (services.judgedBy !== null) {
    return { subjects: subjectBit[services.judgedBy], judgedAlone: true, services };
  }
  let subjects = services.officeApps === true ? subjectBit.officeApps : 0;
  for (const application of services.applications) subjects |= subjectBit[application];
  return { subjects, judgedAlone: false, services };
}

/** The subjects of a seat whose plans are partly off: a service counts while one of its plans is on. */
export function subjectsWithout(sku: SkuFrame, disabledPlans: readonly string[]): number {
  const { plans } = sku.services;
  if (disabledPlans.length === 0 || plans === undefined) return sku.subjects;
  let served = 0;
  let on = 0;
  for (const plan of plans) {
    let bits = 0;
    for (const subject of plan.serves) bits |= subjectBit[subject];
    served |= bits;
    if (!disabledPlans.includes(plan.servicePlanId)) on |= bits;
  }
  return sku.subjects & (on | ~served);
}
