import { LicenseError } from '../../core/foundation/errors';
import type { TimedDecision } from '../../core/model/lifecycle';
import { purchaseProblems, type Purchase } from '../../core/model/purchases';
import type { EvaluationDay, LicenseRecords, LicenseSettings } from '../../core/store/licenseRecords';
import type { Store } from '../../core/store/store';
import { argumentFields, invalidArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { evaluationSettings } from '../host/settings';
import type { LicenseSection } from '../../shared/licenseContract';
import { parseArgument } from './arguments';
import { licenseArguments } from './licenseArguments';
import { askDecision, choosePurchase } from './licensePrompts';
import { chooseLicense, findLicense } from './licensePick';
import { purchaseProblemSentence } from './purchaseProblemText';

/** What the commands about licenses work with. */
export interface LicenseServices {
  readonly store: Pick<Store, 'query'>;
  readonly records: LicenseRecords;
}

/** Shows the page of a license. */
export interface LicenseOpener {
  open(licenseId: string, section?: LicenseSection): Promise<void>;
}

/** The day and the settings for which everything is worked out anew after a change. */
export function evaluationDay(): EvaluationDay {
  return { settings: evaluationSettings(), today: new Date().toISOString().slice(0, 10) };
}

/** One license on a page, and the facts about it that people keep by hand. */
export function registerLicenseCommands(
  runner: CommandRunner,
  services: LicenseServices,
  opener: LicenseOpener,
): void {
  const { store, records } = services;

  runner.register('openLicense', async (argument) => {
    const { licenseId } = await chooseLicense(store, argument, 'Open which license?');
    const section = argumentFields(argument)['section'];
    await opener.open(licenseId, isSection(section) ? section : undefined);
    return {};
  });

  runner.register('editPurchase', async (argument) => {
    if (!isArgumentObject(argument)) {
      const { licenseId } = await chooseLicense(store, argument, 'Enter a purchase of which license?');
      await opener.open(licenseId, 'newPurchase');
      return {};
    }
    return { purchaseId: await editPurchase(services, argument) };
  });

  runner.register('removePurchase', async (argument) => {
    const purchaseId = isArgumentObject(argument)
      ? parseArgument(licenseArguments.removePurchase, argument).purchaseId
      : await choosePurchase(
          store,
          await chooseLicense(store, argument, 'Remove a purchase of which license?'),
        );
    await requirePurchase(store, purchaseId, null);
    await records.removePurchase(purchaseId, evaluationDay());
    return {};
  });

  runner.register('setManaged', async (argument) => {
    const decision = isArgumentObject(argument)
      ? parseArgument(licenseArguments.setManaged, argument)
      : await askDecision(store, records, argument, 'unmanaged');
    const { licenseId } = await findLicense(store, decision.licenseId);
    const unmanaged = decision.managed ? null : timed(decision);
    await decide(records, licenseId, { unmanaged });
    return {};
  });

  runner.register('setAlertsExcluded', async (argument) => {
    const decision = isArgumentObject(argument)
      ? parseArgument(licenseArguments.setAlertsExcluded, argument)
      : await askDecision(store, records, argument, 'excludedFromAlerts');
    const { licenseId } = await findLicense(store, decision.licenseId);
    await decide(records, licenseId, { excludedFromAlerts: decision.excluded ? timed(decision) : null });
    return {};
  });

  runner.register('editLicense', async (argument) => {
    if (!isArgumentObject(argument)) {
      const { licenseId } = await chooseLicense(store, argument, 'Edit which license?');
      await opener.open(licenseId, 'terms');
      return {};
    }
    const { licenseId, ...changes } = parseArgument(licenseArguments.editLicense, argument);
    await findLicense(store, licenseId);
    await records.saveLicenseSettings(
      licenseId,
      settingsChanges(await records.licenseSettings(licenseId), changes),
      evaluationDay(),
    );
    return {};
  });

  runner.register('answerDowngrades', async (argument) => {
    if (!isArgumentObject(argument)) {
      const { licenseId } = await chooseLicense(store, argument, 'Answer the questions of which license?');
      await opener.open(licenseId, 'downgrades');
      return {};
    }
    const { licenseId, ...given } = parseArgument(licenseArguments.answerDowngrades, argument);
    await findLicense(store, licenseId);
    const { today } = evaluationDay();
    const { answers: before } = await records.downgrades(licenseId, today);
    const answers = {
      notNeeded: given.notNeeded ?? before.notNeeded,
      frontline: given.frontline ?? before.frontline,
      noHolds: given.noHolds ?? before.noHolds,
    };
    await records.saveDowngradeAnswers(licenseId, answers, evaluationDay());
    const { prospects, questions } = await records.downgrades(licenseId, today);
    return { prospects, questions };
  });
}

async function editPurchase(
  { store, records }: LicenseServices,
  argument: Record<string, unknown>,
): Promise<string> {
  const { purchaseId, ...fields } = parseArgument(licenseArguments.editPurchase, argument);
  const { licenseId } = await findLicense(store, fields.licenseId);
  if (purchaseId !== undefined) await requirePurchase(store, purchaseId, licenseId);
  const purchase = {
    ...fields,
    licenseId,
    purchaseId: purchaseId ?? crypto.randomUUID(),
    endingDate: fields.endingDate ?? null,
    note: fields.note ?? null,
  };
  requireSound(purchase);
  await records.savePurchases([purchase], evaluationDay());
  return purchase.purchaseId;
}

/** Rejects with `invalidArgument` and a sentence that names every field at fault. */
function requireSound(purchase: Purchase): void {
  const problems = purchaseProblems(purchase);
  if (problems.length === 0) return;
  throw invalidArgument(
    problems.map((problem) => `“${problem.field}”: ${purchaseProblemSentence(problem, purchase)}`).join(' '),
  );
}

/** Rejects with `notFound` unless there is a purchase with this id, of this license where one is given. */
async function requirePurchase(
  store: Pick<Store, 'query'>,
  purchaseId: string,
  licenseId: string | null,
): Promise<void> {
  const rows = await store.query(
    'SELECT 1 AS found FROM v_purchases WHERE purchaseId = ?1 AND (?2 IS NULL OR licenseId = ?2)',
    [purchaseId, licenseId],
  );
  if (rows.length > 0) return;
  const of = licenseId === null ? '' : ' of this license';
  throw new LicenseError('notFound', `There is no purchase${of} with the id “${purchaseId}”.`, {
    purchaseId,
  });
}

async function decide(
  records: LicenseRecords,
  licenseId: string,
  decisions: Partial<LicenseSettings['decisions']>,
): Promise<void> {
  const before = await records.licenseSettings(licenseId);
  await records.saveLicenseSettings(
    licenseId,
    { decisions: { ...before.decisions, ...decisions } },
    evaluationDay(),
  );
}

function timed({
  reason,
  until,
}: {
  readonly reason?: string | null | undefined;
  readonly until?: string | null | undefined;
}): TimedDecision {
  return { reason: reason ?? null, until: until ?? null };
}

type Changes = Partial<Record<'administrator' | 'note' | 'name', string | null | undefined>> &
  Partial<Record<'inactivityDays' | 'graceDays' | 'noticeDays', number | null | undefined>> & {
    readonly limit?: LicenseSettings['terms']['limit'] | undefined;
    readonly buffer?: number | undefined;
    readonly lifecycleStatus?: LicenseSettings['lifecycleStatus'] | undefined;
  };

/** What is given, in the shape of the records; the terms are one of their fields. */
function settingsChanges(before: LicenseSettings, given: Changes): Partial<LicenseSettings> {
  const { limit, buffer, administrator, note, lifecycleStatus, name } = given;
  const { inactivityDays, graceDays, noticeDays } = given;
  return {
    terms: {
      limit: limit ?? before.terms.limit,
      buffer: buffer ?? before.terms.buffer,
      administrator: administrator === undefined ? before.terms.administrator : administrator,
      note: note === undefined ? before.terms.note : note,
    },
    ...(lifecycleStatus !== undefined && { lifecycleStatus }),
    ...(name !== undefined && { name }),
    ...(inactivityDays !== undefined && { inactivityDays }),
    ...(graceDays !== undefined && { graceDays }),
    ...(noticeDays !== undefined && { noticeDays }),
  };
}

function isSection(value: unknown): value is LicenseSection {
  return (
    value === 'newPurchase' ||
    value === 'purchases' ||
    value === 'terms' ||
    value === 'findings' ||
    value === 'downgrades'
  );
}
