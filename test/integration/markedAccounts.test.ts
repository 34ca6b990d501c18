import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { ExtensionApi } from '../../src/app/extensionApi';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

describe('Accounts that are no persons, and answers about cheaper licenses', () => {
  const suite = withTenant({ users: 60, seed: 5 });

  const imported = (test: (api: ExtensionApi, tenantId: string) => Promise<void>): Promise<void> =>
    withConnection(suite.connectionArgument('Marks'), async (connectionId) => {
      await run('signIn', { connectionId });
      await run('import', { connectionId });
      await test(await extensionApi(), suite.tenant.address.tenantId);
    });

  it('are marked and unmarked by id, by pattern and by list, from code', () =>
    imported(async (api, tenantId) => {
      const users = await api.query(
        `SELECT userId, userPrincipalName FROM v_users WHERE tenantId = ? AND deactivatedAt IS NULL
          ORDER BY userPrincipalName LIMIT 3`,
        [tenantId],
      );
      const [first, second, third] = users.map((row) => ({
        userId: String(row['userId']),
        name: String(row['userPrincipalName']),
      }));
      assert.ok(first !== undefined && second !== undefined && third !== undefined);
      const marked = async (): Promise<unknown[]> =>
        (
          await api.query(
            `SELECT userId, markedAs, markReason, markPattern, verdict FROM v_users
              WHERE tenantId = ? AND markedAs IS NOT NULL ORDER BY userPrincipalName`,
            [tenantId],
          )
        ).map((row) => Object.values(row).join(' '));

      assert.deepEqual(
        await run('markAccounts', {
          tenantId,
          userIds: [first.userId],
          userPrincipalNames: ['nobody@contoso.example'],
          kind: 'serviceAccount',
          reason: 'Nightly job',
        }),
        { changed: 2, unknown: 1 },
      );
      assert.deepEqual(await marked(), [`${first.userId} serviceAccount Nightly job  notPerson`]);

      const [local = ''] = second.name.split('@');
      const pattern = `${local.slice(0, -1)}*`;
      const { users: fitting } = await run<{ users: number }>('saveAccountPattern', {
        tenantId,
        pattern,
        preview: true,
      });
      assert.ok(fitting >= 1);
      assert.equal((await marked()).length, 1, 'a preview changes nothing');
      await run('saveAccountPattern', { tenantId, pattern, kind: 'room' });
      assert.ok((await marked()).includes(`${second.userId} room  ${pattern.toLowerCase()} notPerson`));
      await run('removeAccountPattern', { tenantId, pattern });
      assert.equal((await marked()).length, 1);

      const file = path.join(suite.folder, 'accounts.csv');
      await fs.writeFile(file, `userPrincipalName;kind;reason\n${third.name};Equipment;Scanner\n`);
      assert.deepEqual(await run('importAccountMarks', { tenantId, file }), { changed: 1, unknown: 0 });
      assert.ok((await marked()).includes(`${third.userId} equipment Scanner  notPerson`));
      await fs.writeFile(file, `userPrincipalName;kind\n${third.name};Robot\n`);
      const refused = await failureOf('importAccountMarks', { tenantId, file });
      assert.equal(refused.reason, 'invalidArgument');
      assert.match(refused.message, /line 2: “Robot”/);

      await run('unmarkAccounts', { tenantId, userIds: [first.userId, third.userId] });
      assert.deepEqual(await marked(), []);
      assert.equal(
        (await failureOf('markAccounts', { tenantId, userIds: ['no-such-user'], kind: 'room' })).reason,
        'notFound',
      );
    }));

  it('are answered for a license, whose notice period can be its own', () =>
    imported(async (api, tenantId) => {
      const [license] = await api.query(
        'SELECT licenseId FROM v_licenses WHERE tenantId = ? ORDER BY skuPartNumber LIMIT 1',
        [tenantId],
      );
      const licenseId = String(license?.['licenseId']);
      await run('answerDowngrades', { licenseId, notNeeded: ['entra'], frontline: true });
      await run('answerDowngrades', { licenseId, noHolds: true });
      assert.deepEqual(
        await api.query('SELECT notNeeded, frontline, noHolds FROM v_downgrade_answers WHERE licenseId = ?', [
          licenseId,
        ]),
        [{ notNeeded: 'entra', frontline: 1, noHolds: 1 }],
      );
      await run('editLicense', { licenseId, noticeDays: 90 });
      assert.deepEqual(
        await api.query('SELECT noticeDays FROM v_licenses WHERE licenseId = ?', [licenseId]),
        [{ noticeDays: 90 }],
      );
    }));
});
