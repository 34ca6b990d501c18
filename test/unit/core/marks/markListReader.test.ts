import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readMarkList } from '../../../../src/core/marks/markListReader';

const none = { kind: null, reason: null } as const;
const read = (text: string, defaults: Parameters<typeof readMarkList>[1] = none) =>
  readMarkList(new TextEncoder().encode(text), defaults);

describe('lists of accounts', () => {
  it('have columns in any order, and others between them', () => {
    const list = read(
      'Reason,Department,User Principal Name,Kind\r\n"Scans, at night",IT,scan@x.y,Service account\r\n,IT,blue@x.y,ROOM\r\n',
    );
    assert.deepEqual(list, {
      marks: [
        { userPrincipalName: 'scan@x.y', kind: 'serviceAccount', reason: 'Scans, at night' },
        { userPrincipalName: 'blue@x.y', kind: 'room', reason: null },
      ],
      problems: [],
      hasKinds: true,
    });
  });

  it('are the roster’s own export', () => {
    const list = read('userPrincipalName,markedAs,markReason\r\na@x,equipment,Lab\r\n');
    assert.deepEqual(list.marks, [{ userPrincipalName: 'a@x', kind: 'equipment', reason: 'Lab' }]);
  });

  it('can be names alone, of which the kind comes from elsewhere', () => {
    const text = '\n a@x \n\nb@x\n';
    assert.deepEqual(
      read(text).problems.map(({ line, problem }) => [line, problem]),
      [
        [2, 'noKind'],
        [4, 'noKind'],
      ],
    );
    const list = read(text, { kind: 'sharedMailbox', reason: 'Audit' });
    assert.deepEqual(list.problems, []);
    assert.deepEqual(
      list.marks.map(({ userPrincipalName, kind, reason }) => [userPrincipalName, kind, reason]),
      [
        ['a@x', 'sharedMailbox', 'Audit'],
        ['b@x', 'sharedMailbox', 'Audit'],
      ],
    );
  });

  it('come from spreadsheets: semicolons, tabs, UTF-16, a first line “sep=”', () => {
    assert.equal(read('sep=;\nupn;type\na@x;Shared\n').marks[0]?.kind, 'sharedMailbox');
    assert.equal(read('\ufeffupn\ttype\na@x\tdevice\n').marks[0]?.kind, 'equipment');
    const utf16 = Buffer.from('\ufeffupn;type\r\nä@x;room\r\n', 'utf16le');
    assert.equal(readMarkList(utf16, none).marks[0]?.userPrincipalName, 'ä@x');
    const latin = Buffer.from('upn,type,reason\r\na@x,room,Küche\r\n', 'latin1');
    assert.equal(readMarkList(latin, none).marks[0]?.reason, 'Küche');
  });

  it('are refused line by line', () => {
    const list = read(`upn,kind,reason\n,room,\na@x,robot,\nb@x,,\nc@x,room,${'r'.repeat(501)}\nd@x,room,\n`);
    assert.deepEqual(
      list.problems.map(({ line, problem }) => `${line} ${problem}`),
      ['2 noName', '3 unknownKind', '4 noKind', '5 reasonTooLong'],
    );
    assert.equal(list.problems[1]?.value, 'robot');
    assert.equal(list.marks.length, 1);
  });

  it('are refused whole', () => {
    const problem = (text: string): string | undefined => read(text).problems[0]?.problem;
    assert.equal(problem(''), 'noRows');
    assert.equal(problem('upn,kind\n'), 'noRows');
    assert.equal(problem('Name,Department\nAnna,IT\n'), 'noNameColumn');
    assert.equal(problem('PK\u0003\u0004\0\0'), 'notText');
    assert.equal(problem('upn\n"a@x\n'), 'notCsv');
  });

  it('never throw, whatever the file is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { marks, problems } = readMarkList(bytes, none);
        assert.ok(marks.length === 0 || problems.length >= 0);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        for (const mark of read(`upn,kind\n${text}`).marks) assert.notEqual(mark.userPrincipalName, '');
      }),
      { numRuns: 200 },
    );
  });
});
