import * as v from 'valibot';
import type { LicenseRecords } from '../../core/store/licenseRecords';
import type { Store } from '../../core/store/store';
import type {
  DowngradeAnswersDraft,
  LicenseDowngradesData,
  LicenseFinding,
  LicensePlan,
} from '../../shared/licenseContract';

/** Answers as a page may send them. */
export const downgradeAnswersSchema: v.GenericSchema<unknown, DowngradeAnswersDraft> = v.object({
  notNeeded: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500)),
  frontline: v.boolean(),
  noHolds: v.boolean(),
});

/** What the page says of cheaper licenses, with names for people. @param today `YYYY-MM-DD` */
export async function readDowngrades(
  store: Pick<Store, 'query'>,
  downgrades: LicenseRecords['downgrades'],
  license: { readonly tenantId: string; readonly licenseId: string; readonly currency: string | null },
  today: string,
  plans: readonly LicensePlan[],
  findings: readonly LicenseFinding[],
): Promise<LicenseDowngradesData> {
  const { tenantId, licenseId, currency } = license;
  const [{ prospects, questions, ...found }, products] = await Promise.all([
    downgrades(licenseId, today),
    store.query('SELECT skuId, productName, skuPartNumber FROM v_licenses WHERE tenantId = ?', [tenantId]),
  ]);
  const friendly = new Map(plans.map((plan) => [plan.servicePlanName, plan.friendlyName]));
  const planName = (name: string): string => friendly.get(name) ?? name;
  const titles = new Map(questions.map(({ key, familyName }) => [key, familyName ?? planName(key)]));
  const title = (key: string): string => titles.get(key) ?? planName(key);
  const product = (skuId: string): string | null => {
    const row = products.find((each) => each['skuId'] === skuId);
    const name = row?.['productName'] ?? row?.['skuPartNumber'];
    return typeof name === 'string' ? name : null;
  };
  return {
    ...found,
    currency,
    prospects: prospects.map(({ skuId, skuPartNumber, open, wouldLose, ...rest }) => ({
      licenseId: `${tenantId}_${skuId}`,
      name: product(skuId) ?? skuPartNumber,
      savesMinor: rest.savesMinor,
      asksFrontline: rest.asksFrontline,
      asksHolds: rest.asksHolds,
      open: open.map(title).sort((left, right) => left.localeCompare(right)),
      wouldLose: wouldLose.map(planName).sort((left, right) => left.localeCompare(right)),
    })),
    questions: questions
      .map(({ key, plans: meant }) => ({ key, title: title(key), plans: meant.map(planName) }))
      .sort((left, right) => left.title.localeCompare(right.title)),
    advised: findings.filter(({ kind }) => kind === 'downgrade').reduce((sum, { seats }) => sum + seats, 0),
  };
}
