import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../../src/core/foundation/errors';
import { readActivations } from '../../../../../src/core/graph/reports/activations';
import { readActiveUsers } from '../../../../../src/core/graph/reports/activeUsers';
import { readAppUsage } from '../../../../../src/core/graph/reports/appUsage';
import { readEmailActivity } from '../../../../../src/core/graph/reports/emailActivity';
import { readMailboxUsage } from '../../../../../src/core/graph/reports/mailboxUsage';
import { readOneDriveUsage } from '../../../../../src/core/graph/reports/oneDriveUsage';
import { reportPath } from '../../../../../src/core/graph/reports/usageReport';
import { withSampleTenant } from '../../../../support/sampleTenantFixture';
import { collect, rawReport, sampleClient, sampleContext, SampleTokens } from '../sampleGraph';

type Cells = Record<string, string>;

const text = (cell: string | undefined): string | null => cell || null;
const count = (cell: string | undefined): number | null => (cell ? Number(cell) : null);
const bool = (cell: string | undefined): boolean | null => {
  if (cell === 'True' || cell === 'Yes') return true;
  if (cell === 'False' || cell === 'No') return false;
  assert.equal(cell, '');
  return null;
};

describe('readers of the usage reports', () => {
  const sample = withSampleTenant({ users: 400, seed: 3, today: '2026-11-20' });

  afterEach(() =>
    sample.tenant.configure({ faults: {}, switches: { concealedNames: false, missingReportsRole: false } }),
  );

  it('give the activations of each user and product', async () => {
    const context = sampleContext(sample);
    const raw = await rawReport(sample, 'getOffice365ActivationsUserDetail');
    assert.ok(raw.length > 100);
    assert.deepEqual(
      await collect(readActivations(context)),
      raw.map((cells: Cells) => ({
        userPrincipalName: cells['User Principal Name'],
        productType: cells['Product Type'],
        lastActivatedDate: text(cells['Last Activated Date']),
        windows: count(cells.Windows),
        mac: count(cells.Mac),
        windows10Mobile: count(cells['Windows 10 Mobile']),
        ios: count(cells.iOS),
        android: count(cells.Android),
        sharedComputer: bool(cells['Activated On Shared Computer']),
      })),
    );
    assert.equal(context.notes.asOfDate, raw[0]?.['Report Refresh Date']);
    assert.match(String(context.notes.asOfDate), /^2026-11-1\d$/);
  });

  it('give the platforms and apps that were used', async () => {
    const raw = await rawReport(sample, "getM365AppUserDetail(period='D30')");
    const apps = {
      outlook: 'Outlook',
      word: 'Word',
      excel: 'Excel',
      powerPoint: 'PowerPoint',
      oneNote: 'OneNote',
      teams: 'Teams',
    };
    const rows = await collect(readAppUsage(sampleContext(sample)));
    assert.deepEqual(
      rows,
      raw.map((cells) => ({
        userPrincipalName: cells['User Principal Name'],
        lastActivationDate: text(cells['Last Activation Date']),
        lastActivityDate: text(cells['Last Activity Date']),
        windows: bool(cells.Windows),
        mac: bool(cells.Mac),
        mobile: bool(cells.Mobile),
        web: bool(cells.Web),
        apps: Object.entries(apps).flatMap(([app, column]) => (cells[column] === 'Yes' ? [app] : [])),
      })),
    );
    assert.ok(rows.some((row) => row.windows === true) && rows.some((row) => row.windows === false));
  });

  it('give the OneDrive sites that have an owner', async () => {
    const raw = await rawReport(sample, "getOneDriveUsageAccountDetail(period='D30')");
    const owned = raw.filter((cells) => cells['Owner Principal Name'] !== '');
    assert.ok(owned.length < raw.length, 'the sample has a site without owner');
    const context = sampleContext(sample);
    assert.deepEqual(
      await collect(readOneDriveUsage(context)),
      owned.map((cells) => ({
        ownerPrincipalName: cells['Owner Principal Name'],
        siteId: text(cells['Site Id']),
        isDeleted: bool(cells['Is Deleted']),
        lastActivityDate: text(cells['Last Activity Date']),
        fileCount: count(cells['File Count']),
        activeFileCount: count(cells['Active File Count']),
        storageUsedBytes: count(cells['Storage Used (Byte)']),
        storageAllocatedBytes: count(cells['Storage Allocated (Byte)']),
      })),
    );
    assert.equal(context.notes.skippedRows, 0);
  });

  it('give the mailboxes, shared ones and rooms by their kind', async () => {
    const raw = await rawReport(sample, "getMailboxUsageDetail(period='D30')");
    const rows = await collect(readMailboxUsage(sampleContext(sample)));
    assert.deepEqual(
      rows,
      raw.map((cells) => ({
        userPrincipalName: cells['User Principal Name'],
        displayName: text(cells['Display Name']),
        isDeleted: bool(cells['Is Deleted']),
        createdDate: text(cells['Created Date']),
        lastActivityDate: text(cells['Last Activity Date']),
        itemCount: count(cells['Item Count']),
        storageUsedBytes: count(cells['Storage Used (Byte)']),
        hasArchive: bool(cells['Has Archive']),
        recipientType: text(cells['Recipient Type']),
      })),
    );
    assert.ok(rows.some((row) => row.displayName === 'Okoro, Ines "Nes"'));
    assert.ok(rows.some((row) => row.recipientType === 'Shared'));
  });

  it('give the last activity in each service', async () => {
    const raw = await rawReport(sample, "getOffice365ActiveUserDetail(period='D30')");
    assert.deepEqual(
      await collect(readActiveUsers(sampleContext(sample))),
      raw.map((cells) => ({
        userPrincipalName: cells['User Principal Name'],
        isDeleted: bool(cells['Is Deleted']),
        exchangeLastActivityDate: text(cells['Exchange Last Activity Date']),
        oneDriveLastActivityDate: text(cells['OneDrive Last Activity Date']),
        sharePointLastActivityDate: text(cells['SharePoint Last Activity Date']),
        skypeForBusinessLastActivityDate: text(cells['Skype For Business Last Activity Date']),
        yammerLastActivityDate: text(cells['Yammer Last Activity Date']),
        teamsLastActivityDate: text(cells['Teams Last Activity Date']),
        hasExchangeLicense: bool(cells['Has Exchange License']),
        hasOneDriveLicense: bool(cells['Has OneDrive License']),
        hasSharePointLicense: bool(cells['Has SharePoint License']),
        hasSkypeForBusinessLicense: bool(cells['Has Skype For Business License']),
        hasYammerLicense: bool(cells['Has Yammer License']),
        hasTeamsLicense: bool(cells['Has Teams License']),
      })),
    );
  });

  it('give the email activity', async () => {
    const raw = await rawReport(sample, "getEmailActivityUserDetail(period='D30')");
    assert.deepEqual(
      await collect(readEmailActivity(sampleContext(sample))),
      raw.map((cells) => ({
        userPrincipalName: cells['User Principal Name'],
        isDeleted: bool(cells['Is Deleted']),
        lastActivityDate: text(cells['Last Activity Date']),
        sendCount: count(cells['Send Count']),
        receiveCount: count(cells['Receive Count']),
        readCount: count(cells['Read Count']),
      })),
    );
  });

  it('never send the token to the download', async () => {
    await collect(readEmailActivity(sampleContext(sample)));
    const downloads = (await sample.tenant.journal()).filter((entry) => entry.origin === 'download');
    assert.ok(downloads.length > 0);
    assert.ok(downloads.every((entry) => !entry.authorized && entry.status === 200));
  });

  it('count the names that the tenant conceals', async () => {
    await sample.tenant.configure({ switches: { concealedNames: true } });
    const context = sampleContext(sample);
    const rows = await collect(readMailboxUsage(context));
    assert.ok(rows.length > 100);
    assert.equal(context.notes.concealedRows, rows.length);
    assert.equal(context.notes.namedRows, rows.length);
  });

  it('tell the missing role of a person from a missing permission', async () => {
    await sample.tenant.configure({ switches: { missingReportsRole: true } });
    const person = sampleContext(sample, sampleClient(sample, new SampleTokens(sample, 'account')));
    await assert.rejects(collect(readMailboxUsage(person)), (error) => isLicenseError(error, 'roleMissing'));
    await sample.tenant.configure({ switches: { grantedPermissions: ['User.Read.All'] } });
    await assert.rejects(collect(readMailboxUsage(sampleContext(sample))), (error) =>
      isLicenseError(error, 'permissionMissing'),
    );
    await sample.tenant.configure({ switches: { grantedPermissions: undefined } });
  });
});

it('national clouds read the reports in beta, by format', () => {
  assert.equal(reportPath('global', 'getX', 'D30'), "/v1.0/reports/getX(period='D30')");
  assert.equal(reportPath('custom', 'getX', null), '/v1.0/reports/getX');
  assert.equal(reportPath('usGovL5', 'getX', 'D30'), "/beta/reports/getX(period='D30')?$format=text/csv");
  assert.equal(reportPath('china', 'getX', null), '/beta/reports/getX?$format=text/csv');
});
