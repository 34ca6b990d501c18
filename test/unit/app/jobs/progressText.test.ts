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

  it('is honest at both ends', () => {
    assert.equal(progressText([]), 'Importing…');
    assert.equal(progressText([entry({ done: true, rows: 3 })]), 'Saving…');
  });

  it('shows a dataset that has no word of its own by its name', () => {
    assert.equal(progressText([entry({ dataset: 'somethingNew' })]), 'Importing somethingNew');
  });
});
