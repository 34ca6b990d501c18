import assert from 'node:assert/strict';
import { listProblemsText, markedText, previewText } from '../../../../src/app/commands/markText';

describe('what is said of marks', () => {
  const examples = ['a@x', 'b@x'].map((userPrincipalName) => ({
    userId: userPrincipalName,
    userPrincipalName,
  }));

  it('names whom a pattern fits, and warns of those in use', () => {
    assert.equal(previewText({ users: 0, active: 0, examples: [] }, false), 'No user fits yet.');
    assert.equal(previewText({ users: 2, active: 0, examples }, false), '2 users fit: a@x, b@x.');
    assert.equal(
      previewText({ users: 1_002, active: 1, examples }, false),
      '1,002 users fit: a@x, b@x and 1,000 more. 1 is in use: look whether they are people.',
    );
    assert.equal(previewText({ users: 2, active: 0, examples }, true), '2 users fit.');
  });

  it('counts what changed', () => {
    assert.equal(markedText({ changed: 1, unknown: 0 }, false), '1 account is marked.');
    assert.equal(
      markedText({ changed: 3, unknown: 2 }, false),
      '3 accounts are marked; 2 names are those of no user in the data.',
    );
    assert.equal(markedText({ changed: 0, unknown: 0 }, true), 'None of them was marked.');
  });

  it('names the first lines of a list that are wrong', () => {
    const lines = Array.from({ length: 7 }, (_, index) => ({
      line: index + 2,
      problem: 'unknownKind' as const,
      value: 'robot',
    }));
    const text = listProblemsText(lines);
    assert.match(text, /^Nothing was marked, because the list has mistakes: line 2: “robot” not a kind/);
    assert.match(text, /line 6: .*; and 2 more\.$/);
    assert.doesNotMatch(text, /line 7/);
    assert.match(
      listProblemsText([{ line: 1, problem: 'noNameColumn', value: '' }]),
      /^The file has no column/,
    );
  });
});
