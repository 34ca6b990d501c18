import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import type { GraphPage } from '../../../support/sampleGraph';
import { graphErrorOf, sampleGraph } from '../../../support/sampleGraph';
import type { FixtureResponse } from '../../../support/sampleTenantFixture';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

/** Headers as they come over the wire, copied from the reference of the formats. */
const wire: Readonly<Record<string, string>> = {
  "getOneDriveUsageAccountDetail(period='D30')":
    'Report Refresh Date,Site Id,Site URL,Owner Display Name,Is Deleted,Last Activity Date,File Count,Active File Count,Storage Used (Byte),Storage Allocated (Byte),Owner Principal Name,Report Period',
  getOffice365ActivationsUserDetail:
    'Report Refresh Date,User Principal Name,Display Name,Product Type,Last Activated Date,Windows,Mac,Windows 10 Mobile,iOS,Android,Activated On Shared Computer',
  "getM365AppUserDetail(period='D30')":
    'Report Refresh Date,User Principal Name,Last Activation Date,Last Activity Date,Report Period,Windows,Mac,Mobile,Web,Outlook,Word,Excel,PowerPoint,OneNote,Teams,Outlook (Windows),Word (Windows),Excel (Windows),PowerPoint (Windows),OneNote (Windows),Teams (Windows),Outlook (Mac),Word (Mac),Excel (Mac),PowerPoint (Mac),OneNote (Mac),Teams (Mac),Outlook (Mobile),Word (Mobile),Excel (Mobile),PowerPoint (Mobile),OneNote (Mobile),Teams (Mobile),Outlook (Web),Word (Web),Excel (Web),PowerPoint (Web),OneNote (Web),Teams (Web)',
  "getEmailActivityUserDetail(period='D30')":
    'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Send Count,Receive Count,Read Count,Meeting Created Count,Meeting Interacted Count,Assigned Products,Report Period',
  "getTeamsUserActivityUserDetail(period='D30')":
    'Report Refresh Date,User Id,User Principal Name,Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Meetings Organized Count,Meetings Attended Count,Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,Scheduled One-time Meetings Organized Count,Scheduled One-time Meetings Attended Count,Scheduled Recurring Meetings Organized Count,Scheduled Recurring Meetings Attended Count,Audio Duration,Video Duration,Screen Share Duration,Audio Duration In Seconds,Video Duration In Seconds,Screen Share Duration In Seconds,Has Other Action,Urgent Messages,Post Messages,Tenant Display Name,Shared Channel Tenant Display Names,Reply Messages,Is Licensed,Report Period',
  "getSharePointActivityUserDetail(period='D30')":
    'Report Refresh Date,User Principal Name,Is Deleted,Deleted Date,Last Activity Date,Viewed Or Edited File Count,Synced File Count,Shared Internally File Count,Shared Externally File Count,Visited Page Count,Assigned Products,Report Period',
  "getYammerActivityUserDetail(period='D30')":
    'Report Refresh Date,User Principal Name,Display Name,User State,State Change Date,Last Activity Date,Posted Count,Read Count,Liked Count,Assigned Products,Report Period',
  "getMailboxUsageDetail(period='D30')":
    'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Created Date,Last Activity Date,Item Count,Storage Used (Byte),Issue Warning Quota (Byte),Prohibit Send Quota (Byte),Prohibit Send/Receive Quota (Byte),Deleted Item Count,Deleted Item Size (Byte),Deleted Item Quota (Byte),Has Archive,Recipient Type,Report Period',
  "getOffice365ActiveUserDetail(period='D30')":
    'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Has Exchange License,Has OneDrive License,Has SharePoint License,Has Skype For Business License,Has Yammer License,Has Teams License,Exchange Last Activity Date,OneDrive Last Activity Date,SharePoint Last Activity Date,Skype For Business Last Activity Date,Yammer Last Activity Date,Teams Last Activity Date,Exchange License Assign Date,OneDrive License Assign Date,SharePoint License Assign Date,Skype For Business License Assign Date,Yammer License Assign Date,Teams License Assign Date,Assigned Products',
};

type Row = Record<string, string>;

describe('sample tenant: usage reports', () => {
  const sample = withSampleTenant({ users: 400, today: '2026-11-21' });
  const graph = sampleGraph(sample);

  const download = async (report: string): Promise<FixtureResponse> => {
    const link = await graph.get(`/v1.0/reports/${report}`);
    assert.equal(link.status, 302, link.text);
    return sample.send({ url: link.headers.location ?? '' });
  };
  const rowsOf = async (report: string): Promise<Row[]> =>
    parse((await download(report)).bytes, { bom: true, columns: true });

  afterEach(() => sample.tenant.configure({ switches: { concealedNames: false } }));

  for (const [report, header] of Object.entries(wire)) {
    it(`come as the service sends them: ${report}`, async () => {
      const file = await download(report);
      assert.equal(file.headers['content-type'], 'application/octet-stream');
      assert.deepEqual([...file.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
      const lines = file.text.slice(1).split('\r\n');
      assert.equal(lines.pop(), '');
      assert.ok(lines.every((line) => !line.includes('\n')));
      assert.ok(lines[0]?.startsWith(`${header},`), 'the documented columns, then one nobody knows');
      assert.equal(lines[0]?.split(',').length, header.split(',').length + 1);
      const rows: string[][] = parse(file.bytes, { bom: true });
      assert.ok(rows.length > 100);
      assert.ok(rows.every((row) => row.length === header.split(',').length + 1));
    });
  }

  it('show nobody more active than their sign-ins, and users who are in no report', async () => {
    interface User {
      userPrincipalName: string;
      userType: string;
      signInActivity?: { lastSuccessfulSignInDateTime: string };
    }
    const { rows: users } = await graph.all<User>(
      '/v1.0/users?$select=userPrincipalName,userType,signInActivity',
    );
    const byName = new Map(users.map((user) => [user.userPrincipalName, user]));
    const rows = await rowsOf("getOffice365ActiveUserDetail(period='D180')");
    const workloads = ['Exchange', 'OneDrive', 'SharePoint', 'Teams', 'Yammer'];
    let active = 0;
    for (const row of rows) {
      if (row['Is Deleted'] === 'True') continue;
      const user = byName.get(row['User Principal Name'] ?? '');
      assert.ok(user, row['User Principal Name']);
      assert.equal(row['Report Refresh Date'], '2026-11-19');
      const signIn = user.signInActivity?.lastSuccessfulSignInDateTime.slice(0, 10);
      for (const workload of workloads) {
        const date = row[`${workload} Last Activity Date`] ?? '';
        if (date !== '') active++;
        assert.ok(date <= '2026-11-19');
        if (signIn !== undefined && date !== '')
          assert.ok(date <= signIn, `${user.userPrincipalName} ${date}`);
      }
    }
    assert.ok(active > 400);
    const listed = new Set(rows.map((row) => row['User Principal Name']));
    const missing = users.filter((user) => !listed.has(user.userPrincipalName));
    assert.ok(missing.some((user) => user.userType === 'Member' && user.signInActivity));
    assert.ok(rows.some((row) => row['Is Deleted'] === 'True' && row['Deleted Date'] !== ''));
    assert.ok(
      rows.some(
        (row) =>
          row['Is Deleted'] === 'False' && workloads.every((w) => row[`${w} Last Activity Date`] === ''),
      ),
    );
    assert.ok(
      rows.some((row) => row['Assigned Products'] === 'MICROSOFT 365 E3+ENTERPRISE MOBILITY + SECURITY E5'),
    );
  });

  it('tell mailboxes of rooms and teams from those of people', async () => {
    const rows = await rowsOf("getMailboxUsageDetail(period='D7')");
    const types = new Set(rows.map((row) => row['Recipient Type']));
    assert.deepEqual([...types].sort(), ['Equipment', 'Room', 'Shared', 'User']);
    assert.ok(rows.every((row) => row['Report Period'] === '7'));
  });

  it('quote names with commas and quotes', async () => {
    const rows = await rowsOf("getMailboxUsageDetail(period='D7')");
    const row = rows.find((candidate) => candidate['User Principal Name'] === 'okoro@contoso.example');
    assert.equal(row?.['Display Name'], 'Okoro, Ines "Nes"');
  });

  it('conceal names when the tenant says so, the same way in every report', async () => {
    const settings = '/v1.0/admin/reportSettings';
    assert.equal(
      (await graph.json<{ displayConcealedNames: boolean }>(settings)).displayConcealedNames,
      false,
    );
    assert.equal((await graph.send('PATCH', settings, { displayConcealedNames: true })).status, 204);
    assert.equal(
      (await graph.json<{ displayConcealedNames: boolean }>(settings)).displayConcealedNames,
      true,
    );
    const active = await rowsOf("getOffice365ActiveUserDetail(period='D30')");
    const mailboxes = await rowsOf("getMailboxUsageDetail(period='D30')");
    const sites = await rowsOf("getOneDriveUsageAccountDetail(period='D30')");
    for (const row of [...active, ...mailboxes]) {
      assert.match(row['User Principal Name'] ?? '', /^[0-9A-F]{32}$/);
      assert.match(row['Display Name'] ?? '', /^[0-9A-F]{32}$/);
    }
    const names = new Set(mailboxes.map((row) => row['User Principal Name']));
    assert.ok(active.some((row) => names.has(row['User Principal Name'])));
    assert.ok(
      sites.every(
        (row) => row['Site URL'] === '' && row['Site Id'] === '00000000-0000-0000-0000-000000000000',
      ),
    );
  });

  it('come as JSON pages in beta, with the same rows as the file', async () => {
    interface Detail {
      userPrincipalName: string;
      isDeleted: boolean;
      storageUsedInBytes: number;
      lastActivityDate: string | null;
      reportPeriod: string;
    }
    const { rows, pages } = await graph.all<Detail>(
      "/beta/reports/getMailboxUsageDetail(period='D30')?$format=application/json",
    );
    assert.equal(pages[0], 200);
    const csv = await rowsOf("getMailboxUsageDetail(period='D30')");
    assert.deepEqual(
      rows.map((row) => [row.userPrincipalName, String(row.storageUsedInBytes), row.lastActivityDate ?? '']),
      csv.map((row) => [row['User Principal Name'], row['Storage Used (Byte)'], row['Last Activity Date']]),
    );
    assert.equal(rows[0]?.isDeleted, false);
    assert.equal(rows[0]?.reportPeriod, '30');
    interface Activation {
      userPrincipalName: string;
      userActivationCounts: { productType: string; ios: number; windows10Mobile: number }[];
    }
    const activations = await graph.all<Activation>(
      '/beta/reports/getOffice365ActivationsUserDetail?$format=application/json&$top=999',
    );
    const flat = activations.rows.flatMap((row) =>
      row.userActivationCounts.map((count) => `${row.userPrincipalName} ${count.productType} ${count.ios}`),
    );
    const file = await rowsOf('getOffice365ActivationsUserDetail');
    assert.deepEqual(
      flat,
      file.map((row) => `${row['User Principal Name']} ${row['Product Type']} ${row['iOS']}`),
    );
    const products = new Set(file.map((row) => row['Product Type']));
    assert.deepEqual([...products].sort(), [
      'MICROSOFT 365 APPS FOR ENTERPRISE',
      'Project Client',
      'Visio Client',
    ]);
  });

  it('take a period or a day, never both, never something else', async () => {
    const status = async (report: string): Promise<number> =>
      (await graph.get(`/v1.0/reports/${report}`)).status;
    assert.equal(await status("getEmailActivityUserDetail(period='D90')"), 302);
    assert.equal(await status('getEmailActivityUserDetail(date=2026-11-10)'), 302);
    assert.equal(await status('getEmailActivityUserDetail(date=2026-09-01)'), 400);
    assert.equal(await status("getEmailActivityUserDetail(period='D5')"), 400);
    assert.equal(await status('getEmailActivityUserDetail'), 400);
    assert.equal(await status('getMailboxUsageDetail(date=2026-11-10)'), 400);
    assert.equal(await status("getOffice365ActivationsUserDetail(period='D7')"), 400);
    const day = await rowsOf('getEmailActivityUserDetail(date=2026-11-10)');
    assert.ok(day.length > 0 && day.every((row) => row['Last Activity Date'] === '2026-11-10'));
  });

  it('never take a token where the file is, and notice one', async () => {
    const link = await graph.get("/v1.0/reports/getMailboxUsageDetail(period='D7')");
    const url = link.headers.location ?? '';
    assert.notEqual(new URL(url).origin, sample.tenant.address.graphUrl);
    const leaked = await sample.send({ url, headers: { authorization: `Bearer ${await sample.token()}` } });
    assert.equal(leaked.status, 400);
    const last = (await sample.tenant.journal()).at(-1);
    assert.deepEqual([last?.origin, last?.authorized, last?.leak], ['download', true, true]);
    const forged = await sample.send({ url: url.replace(/token=.*/, 'token=x') });
    assert.equal(forged.status, 403);
  });

  it('answer 304 for a file that has not changed', async () => {
    const report = "getYammerActivityUserDetail(period='D7')";
    const { etag } = (await download(report)).headers;
    assert.ok(etag);
    assert.equal((await graph.get(`/v1.0/reports/${report}`, { 'if-none-match': etag })).status, 304);
    const other = await graph.get("/v1.0/reports/getYammerActivityUserDetail(period='D30')", {
      'if-none-match': etag,
    });
    assert.equal(other.status, 302);
  });

  it('have JSON on v1.0 for one report only', async () => {
    const app = await graph.get(
      "/v1.0/reports/getM365AppUserDetail(period='D7')?$format=application/json&$top=5",
    );
    assert.equal((JSON.parse(app.text) as GraphPage<unknown>).value.length, 5);
    const other = await graph.get(
      "/v1.0/reports/getMailboxUsageDetail(period='D7')?$format=application/json",
    );
    assert.equal(graphErrorOf(other).status, 400);
  });
});
