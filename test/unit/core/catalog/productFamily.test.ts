import assert from 'node:assert/strict';
import { productFamilies, productFamily } from '../../../../src/core/catalog/productFamily';
import { productCatalog } from '../../../../src/core/catalog/productNames';

describe('product families', () => {
  const examples: readonly (readonly [skuPartNumber: string, name: string, family: string])[] = [
    ['SPE_E3', 'Microsoft 365 E3', 'Microsoft 365 and Office 365 suites'],
    ['ENTERPRISEPACK', 'Office 365 E3', 'Microsoft 365 and Office 365 suites'],
    ['SPB', 'Microsoft 365 Business Premium', 'Microsoft 365 and Office 365 suites'],
    ['Microsoft_365_E5_(no_Teams)', 'Microsoft 365 E5 (no Teams)', 'Microsoft 365 and Office 365 suites'],
    [
      'Microsoft_365_E5_without_Audio_Conferencing',
      'Microsoft 365 E5 without Audio Conferencing (500 seats min)_HUB',
      'Microsoft 365 and Office 365 suites',
    ],
    ['Microsoft_365_Copilot', 'Microsoft Copilot for Microsoft 365', 'Copilot and agents'],
    [
      'OFFICE_PROPLUS_DEVICE1',
      'Microsoft 365 Apps for enterprise (device)',
      'Microsoft 365 and Office 365 apps',
    ],
    ['MCOMEETADV', 'Microsoft 365 Audio Conferencing', 'Teams, phone and meetings'],
    ['Microsoft_Teams_Rooms_Pro', 'Microsoft Teams Rooms Pro', 'Teams, phone and meetings'],
    ['MCOEV', 'Microsoft Teams Phone Standard', 'Teams, phone and meetings'],
    ['POWER_BI_PRO', 'Power BI Pro', 'Power BI and Fabric'],
    ['FLOW_FREE', 'Microsoft Power Automate Free', 'Power Platform'],
    ['PROJECTPROFESSIONAL', 'Planner and Project Plan 3', 'Project and Planner'],
    ['DYN365_PROJECT_OPERATIONS', 'Dynamics 365 Project Operations', 'Dynamics 365'],
    ['VISIOCLIENT', 'Visio Plan 2', 'Visio'],
    ['WINDOWS_STORE', 'Windows Store for Business', 'Windows'],
    ['CPC_E_1C_2GB_64GB', 'Windows 365 Enterprise 1 vCPU 2 GB 64 GB', 'Windows'],
    ['EMSPREMIUM', 'Enterprise Mobility + Security E5', 'Identity, security and compliance'],
    ['IDENTITY_THREAT_PROTECTION', 'Microsoft 365 E5 Security', 'Identity, security and compliance'],
    ['EXCHANGESTANDARD', 'Exchange Online (Plan 1)', 'Exchange'],
    ['WACONEDRIVESTANDARD', 'OneDrive for Business (Plan 1)', 'SharePoint and OneDrive'],
  ];
  for (const [skuPartNumber, name, family] of examples) {
    it(`${name} belongs to “${family}”`, () => {
      assert.equal(productFamily(skuPartNumber, name), family);
    });
  }

  it('a product that nobody knows has a family too, and case does not matter', () => {
    assert.equal(productFamily('CONTOSO_FIELD_PREVIEW', 'CONTOSO_FIELD_PREVIEW'), 'Other products');
    assert.equal(productFamily('', ''), 'Other products');
    assert.equal(productFamily('visioclient', ''), 'Visio');
    assert.equal(productFamily('NEW_SKU', 'microsoft entra anything'), 'Identity, security and compliance');
  });

  it('the name that a user gave cannot move a known part number', () => {
    assert.equal(
      productFamily('SPE_E3', 'Our Visio and Teams bundle'),
      'Microsoft 365 and Office 365 suites',
    );
  });

  it('files nearly everything on Microsoft’s list, and every family has products there', () => {
    const families = [...productCatalog().products.values()].map((product) =>
      productFamily(product.skuPartNumber, product.name),
    );
    const other = families.filter((family) => family === 'Other products').length;
    assert.ok(other / families.length < 0.03, `${other} of ${families.length} have no family`);
    assert.deepEqual(
      productFamilies.filter((family) => !families.includes(family)),
      [],
    );
  });
});
