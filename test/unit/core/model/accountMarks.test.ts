import assert from 'node:assert/strict';
import {
  MarkRules,
  patternProblem,
  patternTest,
  type AccountPattern,
} from '../../../../src/core/model/accountMarks';

const upn = (pattern: string): ((name: string) => boolean) => {
  const test = patternTest({ field: 'userPrincipalName', pattern });
  return (name) => test(name, null);
};

describe('patterns of accounts', () => {
  it('stand for any text at each asterisk, whatever the case', () => {
    for (const name of ['svc-backup@contoso.com', 'SVC-@contoso.com', 'Svc-a.b@x.y']) {
      assert.equal(upn('svc-*')(name), true, name);
    }
    for (const name of ['mysvc-backup@contoso.com', 'svcbackup@contoso.com', 'anna@svc-contoso.com']) {
      assert.equal(upn('svc-*')(name), false, name);
    }
    assert.equal(upn('*-scan*er')('hq-scanner@contoso.com'), true);
    assert.equal(upn('*-scan*er')('hq-scan@contoso.com'), false);
    // Both ends can't be the same letters.
    assert.equal(upn('aba*aba')('ababa@x'), false);
    assert.equal(upn('aba*aba')('abaaba@x'), true);
  });

  it('without an @ are compared with what stands before it, with one with the whole name', () => {
    assert.equal(upn('*-admin')('anna-admin@contoso.com'), true);
    assert.equal(upn('*-admin@contoso.com')('anna-admin@contoso.com'), true);
    assert.equal(upn('*-admin@fabrikam.com')('anna-admin@contoso.com'), false);
    assert.equal(upn('*@rooms.contoso.com')('blue@rooms.contoso.com'), true);
    assert.equal(upn('*contoso*')('anna@contoso.com'), false);
  });

  it('can be compared with the display name; who has none does not fit', () => {
    const test = patternTest({ field: 'displayName', pattern: 'Meeting room *' });
    assert.equal(test('x@y', 'MEETING ROOM 4'), true);
    assert.equal(test('meeting room 4@y', 'Anna'), false);
    assert.equal(test('x@y', null), false);
  });

  it('take other signs as they are', () => {
    assert.equal(upn('a.c')('abc@x'), false);
    assert.equal(upn('(x)[1]+?')('(x)[1]+?@x'), true);
  });

  it('have to say something', () => {
    assert.equal(patternProblem('   '), 'empty');
    for (const pattern of ['*', '**', '*@*', '*.*', '*@*.*']) {
      assert.equal(patternProblem(pattern), 'fitsEverybody', pattern);
    }
    assert.equal(patternProblem('a'.repeat(201)), 'tooLong');
    assert.equal(patternProblem('a'.repeat(200)), null);
    assert.equal(patternProblem('*@contoso.com'), null);
  });
});

describe('marks and patterns of a tenant', () => {
  const pattern = (text: string, kind: AccountPattern['kind']): AccountPattern => ({
    field: 'userPrincipalName',
    pattern: text,
    kind,
    reason: null,
  });
  const rules = new MarkRules(
    [{ userPrincipalName: 'SVC-Anna@x', kind: 'person', reason: 'a nickname' }],
    [pattern('svc-r*', 'room'), pattern('svc-*', 'serviceAccount')],
  );

  it('let the mark of an account go before every pattern, and the first pattern before later ones', () => {
    assert.deepEqual(rules.of('svc-anna@x', null), { kind: 'person', reason: 'a nickname', pattern: null });
    assert.equal(rules.of('svc-red@x', null)?.kind, 'room');
    assert.equal(rules.of('svc-blue@x', null)?.pattern, 'svc-*');
    assert.equal(rules.of('anna@x', null), null);
    assert.equal(rules.byPattern('svc-anna@x', null)?.kind, 'serviceAccount');
  });
});
