import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import {
  idList,
  idListOf,
  optionalBoolean,
  optionalBooleanOf,
  optionalCount,
  optionalId,
  optionalIdOf,
  optionalText,
  optionalTextOf,
  optionalTime,
  optionalTimeOf,
  requiredId,
  requiredIdOf,
  requiredText,
  requiredTextOf,
} from '../../../../src/core/graph/graphValues';
import { newReadingNotes } from '../../../../src/core/graph/listing';
import { readSubscribedSkus } from '../../../../src/core/graph/subscribedSkus';
import { readUsers } from '../../../../src/core/graph/users';
import type { GraphClient } from '../../../../src/core/graph/graphClient';
import { collect } from './sampleGraph';

describe('values of Graph', () => {
  it('are unknown when missing, null, empty or of another type', () => {
    const schema = v.object({
      text: optionalText,
      id: optionalId,
      flag: optionalBoolean,
      count: optionalCount,
      time: optionalTime,
      ids: idList,
    });
    const unknown = { text: null, id: null, flag: null, count: null, time: null, ids: [] };
    for (const value of [
      {},
      { text: null, id: null, flag: null, count: null, time: null, ids: null },
      { text: '', id: ' ', flag: 'true', count: '5', time: '', ids: 'a' },
      { text: 5, id: {}, flag: 1, count: -1, time: 'yesterday', ids: {} },
      { text: [], id: [], flag: {}, count: 1.5, time: '0001-01-01T00:00:00Z', ids: [1, null] },
    ]) {
      assert.deepEqual(v.parse(schema, value), unknown, JSON.stringify(value));
    }
  });

  it('keep UTC times as they are and turn others into UTC', () => {
    assert.equal(v.parse(optionalTime, '2026-11-01T06:12:44Z'), '2026-11-01T06:12:44Z');
    assert.equal(v.parse(optionalTime, '2026-11-01T08:12:44+02:00'), '2026-11-01T06:12:44.000Z');
  });

  it('have ids in lower case', () => {
    assert.equal(
      v.parse(requiredId, ' 05E9A617-0261-4CEE-BB44-138D3EF5D965 '),
      '05e9a617-0261-4cee-bb44-138d3ef5d965',
    );
    assert.deepEqual(v.parse(idList, ['AB', 'cd']), ['ab', 'cd']);
  });

  it('keep times as they are only where they are times', () => {
    for (const [text, read] of [
      ['2026-11-01T23:59:59.1234567Z', '2026-11-01T23:59:59.1234567Z'],
      ['2026-13-01T00:00:00Z', null],
      ['2026-11-01T25:00:00Z', null],
      ['2026-11-01T08:60:00Z', null],
      ['0001-01-01T00:00:00Z', null],
    ] as const) {
      assert.equal(optionalTimeOf(text), read, text);
    }
  });

  it('are read by functions as by schemas', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constantFrom(
        undefined,
        '',
        ' a ',
        'ID',
        ' ID ',
        '2026-11-01T06:12:44Z',
        '2026-02-31T00:00:00Z',
        '2026-11-01',
      ),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.array(fc.oneof(fc.constantFrom('AB', ' c ', 5, null), fc.string())),
    );
    fc.assert(
      fc.property(odd, (value) => {
        const orNull = <T>(schema: v.GenericSchema<unknown, T>): T | null => {
          const parsed = v.safeParse(schema, value);
          return parsed.success ? parsed.output : null;
        };
        assert.equal(requiredTextOf(value), orNull(requiredText));
        assert.equal(requiredIdOf(value), orNull(requiredId));
        assert.equal(optionalTextOf(value), v.parse(optionalText, value));
        assert.equal(optionalIdOf(value), v.parse(optionalId, value));
        assert.equal(optionalBooleanOf(value), v.parse(optionalBoolean, value));
        assert.equal(optionalTimeOf(value), v.parse(optionalTime, value));
        assert.deepEqual(idListOf(value), v.parse(idList, value));
      }),
      { numRuns: 500 },
    );
  });
});

describe('rows of Graph', () => {
  const clientOf = (values: readonly unknown[]): GraphClient => ({
    getJson: () => Promise.reject(new Error('not asked')),
    report: () => Promise.reject(new Error('not asked')),
    totals: () => ({ requests: 0, bytes: 0, throttledMs: 0 }),
    pages: async function* (path) {
      yield { values: path.includes('deletedItems') ? [] : values, count: null, deltaLink: null };
    },
  });

  it('without a key are counted and left out', async () => {
    const notes = newReadingNotes();
    const client = clientOf([
      { id: 'U1', userPrincipalName: 'a@b.example' },
      { id: 'u2' },
      null,
      'u3',
      { userPrincipalName: 'c@d.example' },
    ]);
    const rows = await collect(
      readUsers({ client, cloud: 'global', now: () => new Date(), notes }, { signInActivity: true }),
    );
    assert.deepEqual(
      rows.map((row) => [row.userId, row.accountEnabled, row.assignments]),
      [['u1', null, []]],
    );
    assert.equal(notes.skippedRows, 4);
  });

  it('of users fall back to assigned licenses only where the states are absent', async () => {
    const sku = '05E9A617-0261-4CEE-BB44-138D3EF5D965';
    const client = clientOf([
      { id: '1', userPrincipalName: 'a', assignedLicenses: [{ skuId: sku, disabledPlans: ['P1'] }] },
      { id: '2', userPrincipalName: 'b', assignedLicenses: [{ skuId: sku }], licenseAssignmentStates: [] },
      {
        id: '3',
        userPrincipalName: 'c',
        licenseAssignmentStates: [
          { skuId: sku, assignedByGroup: 'G1', state: 'Active', error: '' },
          { skuId: sku, assignedByGroup: null, state: 'SomethingNew', error: 'CountViolation', novelty: 1 },
          { state: 'Active' },
        ],
      },
    ]);
    const context = { client, cloud: 'global', now: () => new Date(), notes: newReadingNotes() } as const;
    const rows = await collect(readUsers(context, { signInActivity: true }));
    const skuId = sku.toLowerCase();
    const nothing = { disabledPlans: [], lastUpdatedAt: null };
    assert.deepEqual(
      rows.map((row) => row.assignments),
      [
        [{ ...nothing, skuId, groupId: null, state: 'Active', error: null, disabledPlans: ['p1'] }],
        [],
        [
          { ...nothing, skuId, groupId: 'g1', state: 'Active', error: null },
          { ...nothing, skuId, groupId: null, state: 'SomethingNew', error: 'CountViolation' },
        ],
      ],
    );
  });

  it('of products need their units', async () => {
    const notes = newReadingNotes();
    const client = clientOf([
      { skuId: 'S1', skuPartNumber: 'ONE', consumedUnits: 5, prepaidUnits: { enabled: 4 } },
      { skuId: 'S2', skuPartNumber: 'TWO', consumedUnits: 5 },
      { skuId: 'S3', skuPartNumber: 'THREE', prepaidUnits: { enabled: 4 } },
    ]);
    const rows = await collect(readSubscribedSkus({ client, cloud: 'global', now: () => new Date(), notes }));
    assert.deepEqual(rows, [
      {
        skuId: 's1',
        skuPartNumber: 'ONE',
        appliesTo: null,
        capabilityStatus: null,
        consumedUnits: 5,
        enabled: 4,
        warning: 0,
        suspended: 0,
        lockedOut: 0,
        subscriptionIds: [],
        servicePlans: [],
      },
    ]);
    assert.equal(notes.skippedRows, 2);
  });
});
