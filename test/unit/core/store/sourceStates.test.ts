import assert from 'node:assert/strict';
import { sourceStates, type DatasetState } from '../../../../src/core/store/sourceStates';

const state = (changes: Partial<DatasetState>): DatasetState => ({
  asOfDate: '2026-03-08',
  completedAt: '2026-03-08T08:00:00Z',
  concealed: false,
  reason: null,
  signInActivity: null,
  signInActivityAsOf: null,
  ...changes,
});

describe('sourceStates', () => {
  for (const [name, given, today, expected] of [
    ['seven days old', state({}), '2026-03-15', 'fresh'],
    ['eight days old', state({}), '2026-03-16', 'stale'],
    ['over the end of February', state({ asOfDate: '2026-02-26' }), '2026-03-05', 'fresh'],
    ['concealed', state({ concealed: true }), '2026-03-08', 'concealed'],
    ['never read', state({ asOfDate: null, reason: 'permissionMissing' }), '2026-03-08', 'missing'],
    ['not licensed', state({ asOfDate: null, reason: 'premiumRequired' }), '2026-03-08', 'notLicensed'],
    ['refused today but read lately', state({ reason: 'serviceError' }), '2026-03-09', 'fresh'],
  ] as const) {
    it(`a report that is ${name} is ${expected}`, () => {
      const states = sourceStates(new Map([['mailboxUsage', given]]), today);
      assert.equal(states.get('mailboxReport')?.status, expected);
      assert.equal(states.get('mailboxReport')?.asOfDate, given.asOfDate);
    });
  }

  it('a source without a state is missing', () => {
    const states = sourceStates(new Map(), '2026-03-08');
    assert.deepEqual([...states].map(([source, { status }]) => `${source} ${status}`).sort(), [
      'activeUserReport missing',
      'appUsageReport missing',
      'emailReport missing',
      'mailboxReport missing',
      'oneDriveReport missing',
      'signInActivity missing',
      'signIns missing',
    ]);
  });

  for (const [name, given, today, expected] of [
    ['read', { signInActivity: 'read', signInActivityAsOf: '2026-03-08' }, '2026-03-09', 'fresh'],
    ['read long ago', { signInActivity: 'read', signInActivityAsOf: '2026-02-08' }, '2026-03-09', 'stale'],
    ['never licensed', { signInActivity: 'premiumRequired' }, '2026-03-09', 'notLicensed'],
    [
      'no longer licensed, but fresh',
      { signInActivity: 'premiumRequired', signInActivityAsOf: '2026-03-08' },
      '2026-03-09',
      'fresh',
    ],
    [
      'no longer licensed',
      { signInActivity: 'premiumRequired', signInActivityAsOf: '2026-01-08' },
      '2026-03-09',
      'notLicensed',
    ],
    ['never granted', { signInActivity: 'permissionMissing' }, '2026-03-09', 'missing'],
  ] as const) {
    it(`sign-in activity ${name} is ${expected}`, () => {
      const states = sourceStates(new Map([['users', state(given)]]), today);
      assert.equal(states.get('signInActivity')?.status, expected);
    });
  }
});
