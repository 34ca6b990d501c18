import assert from 'node:assert/strict';
import { progressText } from '../../../../src/app/jobs/progressText';
import type { ImportProgress } from '../../../../src/core/model/importRecords';

const entry = (change: Partial<ImportProgress>): ImportProgress => ({
  task: 'applicationRoster',
  dataset: 'users',
  rows: 0,
  expectedRows: null,
  done: false,
  ...change,
});

describe('progressText', () => {
  it('counts what is known and says what is expected', () => {
    assert.equal(
      progressText([
        entry({ rows: 1998, expectedRows: 5204 }),
        entry({ dataset: 'mailboxUsage', rows: 350 }),
        entry({ dataset: 'groups', done: true, rows: 12 }),
      ]),
      'Importing users 1,998 of 5,204, mailboxes 350',
    );
  });

  it('says the pace and what is left once that means something', () => {
    const users = entry({ rows: 2000, expectedRows: 5000 });
    assert.equal(progressText([{ ...users, elapsedMs: 2000 }]), 'Importing users 2,000 of 5,000');
    // 500 rows a second: 3,000 more take 6 s.
    assert.equal(
      progressText([{ ...users, elapsedMs: 4000 }]),
      'Importing users 2,000 of 5,000 (500/s, about 6 s left)',
    );
    assert.equal(
      progressText([{ ...users, expectedRows: 300_000, elapsedMs: 4000 }]),
      'Importing users 2,000 of 300,000 (500/s, about 10 min left)',
    );
    assert.equal(
      progressText([{ ...users, expectedRows: 1900, elapsedMs: 4000 }]),
      'Importing users 2,000 of 1,900 (500/s)',
    );
  });

  it('is honest at both ends', () => {
    assert.equal(progressText([]), 'Importing…');
    assert.equal(progressText([entry({ done: true, rows: 3 })]), 'Saving…');
  });

  it('shows a dataset that has no word of its own by its name', () => {
    assert.equal(progressText([entry({ dataset: 'somethingNew' })]), 'Importing somethingNew');
  });
});
