import assert from 'node:assert/strict';
import { servicesOfSku, skuServices, subjectsOfPlan } from '../../../../src/core/catalog/skuServices';
import planApplications from '../../../../src/core/catalog/planApplications.json';
import { productCatalog } from '../../../../src/core/catalog/productNames';
import { subjectBit } from '../../../../src/core/model/evidenceBits';
import plansOfProducts from './plansOfProducts.json';

/** Part number → names of its plans, copied from Microsoft's list. */
const plans: Readonly<Record<string, readonly string[]>> = plansOfProducts;

function services(partNumber: string) {
  const names = plans[partNumber];
  assert.ok(names, partNumber);
  return servicesOfSku(partNumber, names);
}

const officeWork = [
  'exchange',
  'oneDrive',
  'outlook',
  'sharePoint',
  'skypeForBusiness',
  'teams',
  'yammer',
] as const;

describe('servicesOfSku', () => {
  it('knows what suites grant', () => {
    for (const partNumber of ['SPE_E3', 'ENTERPRISEPACK', 'SPB', 'O365_BUSINESS_ESSENTIALS', 'SPE_F1']) {
      assert.deepEqual(
        services(partNumber),
        { applications: officeWork, judgedBy: null, officeApps: true, observable: true },
        partNumber,
      );
    }
  });

  it('counts Power BI to E5 without judging E5 by it', () => {
    const e5 = services('SPE_E5');
    assert.equal(e5.judgedBy, null);
    assert.deepEqual(e5.applications, [...officeWork, 'powerBi'].sort());
    // The government edition has no Yammer.
    assert.deepEqual(
      services('M365_G5_GCC').applications,
      [...officeWork, 'powerBi'].filter((name) => name !== 'yammer').sort(),
    );
  });

  it('knows licenses of one service', () => {
    assert.deepEqual(services('EXCHANGESTANDARD').applications, ['exchange', 'outlook']);
    const apps = services('OFFICESUBSCRIPTION');
    assert.deepEqual(apps, {
      applications: ['oneDrive'],
      judgedBy: null,
      officeApps: true,
      observable: true,
    });
  });

  it('judges Visio, Project, Power BI and Dynamics 365 by themselves', () => {
    const expected = {
      VISIOCLIENT: 'visio',
      PROJECTPROFESSIONAL: 'project',
      POWER_BI_PRO: 'powerBi',
      POWER_BI_STANDARD: 'powerBi',
      DYN365_ENTERPRISE_SALES: 'dynamics365',
      DYN365_TEAM_MEMBERS: 'dynamics365',
    };
    for (const [partNumber, application] of Object.entries(expected)) {
      assert.deepEqual(
        services(partNumber),
        { applications: [application], judgedBy: application, officeApps: false, observable: true },
        partNumber,
      );
    }
  });

  it('says of what nothing shows that it is not observable', () => {
    for (const partNumber of [
      'Microsoft_365_Copilot',
      'AAD_PREMIUM',
      'EMS',
      'FLOW_FREE',
      'MCOEV',
      'EXCHANGEARCHIVE',
    ]) {
      assert.equal(services(partNumber).observable, false, partNumber);
      assert.deepEqual(services(partNumber).applications, [], partNumber);
    }
  });

  it('falls back to the part number only where plans are unknown', () => {
    assert.equal(servicesOfSku('VISIO_PLAN2_DEPT', []).judgedBy, 'visio');
    assert.equal(servicesOfSku('FABRIKAM_UNKNOWN', []).observable, false);
    assert.equal(servicesOfSku('VISIO_LOOKALIKE', ['EXCHANGE_S_STANDARD']).judgedBy, null);
  });

  it('does not take a plan for a mailbox or Teams because its name begins alike', () => {
    for (const name of [
      'EXCHANGE_S_FOUNDATION',
      'EXCHANGE_S_ARCHIVE_ADDON',
      'TEAMSPRO_MGMT',
      'Teams_Room_Basic',
      'SHAREPOINTSTORAGE',
      'PROJECTWORKMANAGEMENT',
      'PROJECT_O365_P2',
      'DYN365_CDS_O365_P2',
      'M365_COPILOT_TEAMS',
      'OFFICESUBSCRIPTION_unattended',
    ]) {
      assert.deepEqual(subjectsOfPlan(name), [], name);
    }
    assert.deepEqual(subjectsOfPlan('exchange_s_enterprise '), ['exchange', 'outlook']);
  });

  it('gives the rules plan ids in lower case with what each serves', () => {
    assert.deepEqual(
      skuServices({
        skuId: 'sku',
        skuPartNumber: 'X',
        servicePlans: [
          { servicePlanId: 'AA11', servicePlanName: 'TEAMS1' },
          { servicePlanId: 'bb22', servicePlanName: 'SWAY' },
        ],
      }),
      {
        skuId: 'sku',
        skuPartNumber: 'X',
        applications: ['teams'],
        judgedBy: null,
        officeApps: false,
        plans: [{ servicePlanId: 'aa11', serves: ['teams'] }],
      },
    );
  });
});

describe('planApplications.json', () => {
  it('uses no other words than the applications', () => {
    const known = new Set(Object.keys(subjectBit).filter((word) => word !== 'account'));
    const { order, suiteSubjects, partNumbers } = planApplications.judgedAlone;
    const used = [
      ...planApplications.plans.flatMap((rule) => rule.serves),
      ...order,
      ...suiteSubjects,
      ...partNumbers.map((rule) => rule.application),
    ];
    assert.deepEqual(
      used.filter((word) => !known.has(word)),
      [],
    );
  });

  it('has no pattern that fits nothing in Microsoft’s list', () => {
    const names = [...productCatalog().plans.values()].map((plan) => plan.name);
    for (const rule of planApplications.plans) {
      for (const pattern of [...rule.names, ...('except' in rule ? (rule.except ?? []) : [])]) {
        const regex = new RegExp(`^${pattern.replace(/[.()+]/g, '\\$&').replace(/\*/g, '.*')}$`, 'i');
        assert.ok(
          names.some((name) => regex.test(name)),
          pattern,
        );
      }
    }
  });
});
