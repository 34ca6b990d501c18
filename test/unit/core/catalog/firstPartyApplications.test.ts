import assert from 'node:assert/strict';
import { applicationOfSignIn } from '../../../../src/core/catalog/firstPartyApplications';
import data from '../../../../src/core/catalog/firstPartyApplications.json';

const eleven = [
  'dynamics365',
  'exchange',
  'teams',
  'oneDrive',
  'outlook',
  'powerBi',
  'project',
  'sharePoint',
  'skypeForBusiness',
  'visio',
  'yammer',
];

describe('first-party applications', () => {
  it('are listed once, by GUIDs in lower case, and every one of the eleven can be recognized', () => {
    const ids = data.applications.map((entry) => entry.appId);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const found = new Set([...data.applications, ...data.names].map((entry) => entry.application));
    assert.deepEqual([...found].sort(), [...eleven].sort());
  });

  it('are recognized by id whatever the name, in any case', () => {
    assert.equal(applicationOfSignIn('1FEC8E78-BCE4-4AAF-AB1B-5451CC387264', 'Something else'), 'teams');
    assert.equal(applicationOfSignIn('871c010f-5e61-4fb1-83ac-98610a7e9110', null), 'powerBi');
    assert.equal(applicationOfSignIn('00000005-0000-0ff1-ce00-000000000000', null), 'yammer');
  });

  it('are recognized by name when the id is not on the list', () => {
    const unknown = '11111111-2222-3333-4444-555555555555';
    for (const [name, application] of [
      ['Microsoft Visio', 'visio'],
      ['Visio Web App', 'visio'],
      ['Microsoft Project', 'project'],
      ['Project for the web', 'project'],
      ['Project', 'project'],
      ['Dynamics 365 Sales', 'dynamics365'],
      ['Microsoft Power BI Desktop', 'powerBi'],
      ['PowerBI Gateway', 'powerBi'],
      ['Outlook Web', 'outlook'],
    ] as const) {
      assert.equal(applicationOfSignIn(unknown, name), application, name);
    }
  });

  it('are not confused with a company’s own applications', () => {
    const unknown = '11111111-2222-3333-4444-555555555555';
    for (const name of [
      null,
      '',
      'Fenwick Intranet',
      'Project Phoenix',
      'My Visio Converter',
      'Exchange rates',
    ]) {
      assert.equal(applicationOfSignIn(unknown, name), null, String(name));
    }
  });
});
