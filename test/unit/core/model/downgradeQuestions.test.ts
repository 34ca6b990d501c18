import assert from 'node:assert/strict';
import { catalogLadderProduct, PlanLadder } from '../../../../src/core/catalog/planLadder';
import { cheapestDowngrade, noAnswers, type PricedProduct } from '../../../../src/core/model/downgrade';
import { downgradeQuestions } from '../../../../src/core/model/downgradeQuestions';
import { subjectBit } from '../../../../src/core/model/evidenceBits';
import { fraction } from '../../../../src/core/model/fraction';
import { skuId } from './reconciliationTenant';

const ladder = new PlanLadder();

function product(partNumber: string, monthly: number, currency = 'EUR'): PricedProduct {
  const id = skuId(partNumber);
  const { plans } = catalogLadderProduct(id);
  return { skuId: id, skuPartNumber: partNumber, plans, currency, monthly: fraction(monthly) };
}

const e5 = product('SPE_E5', 5700);
const e3 = product('SPE_E3', 3600);
const f3 = product('SPE_F1', 800);

describe('questions about cheaper licenses', () => {
  it('name what no data shows, by family, and what a cheaper license saves', () => {
    const asked = downgradeQuestions(e5, [e3], ladder, noAnswers);
    const [prospect] = asked.prospects;
    assert.deepEqual([prospect?.skuPartNumber, prospect?.savesMinor], ['SPE_E3', 2100]);
    for (const key of ['endpoint', 'entra', 'mailSecurity', 'MCOEV', 'INSIDER_RISK']) {
      assert.ok(prospect?.open.includes(key), key);
      assert.ok(
        asked.questions.some((question) => question.key === key),
        key,
      );
    }
    const endpoint = asked.questions.find(({ key }) => key === 'endpoint');
    assert.deepEqual([endpoint?.familyName, endpoint?.plans], ['Defender for Endpoint', ['WINDEFATP']]);
    // Usage data shows whether Power BI is used, so nobody is asked; it goes.
    assert.ok(!asked.questions.some(({ key }) => key === 'powerBi'));
    assert.ok(prospect?.wouldLose.includes('BI_AZURE_P2'));
    assert.deepEqual([asked.asksFrontline, asked.asksHolds], [false, false]);
  });

  it('are all there are: with every one answered, somebody who uses nothing but mail and Teams is advised', () => {
    const { questions } = downgradeQuestions(e5, [e3], ladder, noAnswers);
    const notNeeded = new Set(questions.map(({ key }) => key));
    const used = subjectBit.exchange | subjectBit.outlook | subjectBit.teams;
    const need = {
      disabledPlans: [],
      used,
      unused: ~used,
      mailboxBytes: 1_000,
      hasArchive: false,
      mailboxOnly: false,
    };
    const answers = { ...noAnswers, notNeeded };
    assert.deepEqual(cheapestDowngrade(e5, [e3], need, ladder, answers)?.advice.toPartNumbers, ['SPE_E3']);
    assert.deepEqual(downgradeQuestions(e5, [e3], ladder, answers).prospects[0]?.open, []);
    for (const key of notNeeded) {
      const others = new Set([...notNeeded].filter((each) => each !== key));
      assert.deepEqual(
        downgradeQuestions(e5, [e3], ladder, { ...noAnswers, notNeeded: others }).prospects[0]?.open,
        [key],
      );
    }
  });

  it('ask about frontline workers and holds where a license is for them, until it is answered', () => {
    const asked = downgradeQuestions(e3, [f3], ladder, noAnswers);
    assert.deepEqual([asked.asksFrontline, asked.asksHolds], [true, true]);
    assert.deepEqual([asked.prospects[0]?.asksFrontline, asked.prospects[0]?.asksHolds], [true, true]);
    const said = downgradeQuestions(e3, [f3], ladder, { ...noAnswers, frontline: true, noHolds: true });
    assert.deepEqual([said.asksFrontline, said.asksHolds], [true, true]);
    assert.deepEqual([said.prospects[0]?.asksFrontline, said.prospects[0]?.asksHolds], [false, false]);
  });

  it('are not asked of what costs as much, is sold in other money, or keeps no mailbox', () => {
    const dear = product('SPE_E3', 5700);
    const dollars = product('SPE_E3', 1000, 'USD');
    const powerBi = product('POWER_BI_PRO', 1000);
    assert.deepEqual(downgradeQuestions(e5, [dear, dollars, powerBi, e5], ladder, noAnswers).prospects, []);
  });
});
