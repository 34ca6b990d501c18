import assert from 'node:assert/strict';
import { ago } from '../../../../src/app/host/formats';
import { statusWord, taskTitle } from '../../../../src/app/tree/words';

describe('words of the tree', () => {
  const now = new Date('2026-11-21T12:00:00Z');

  it('tells how long ago something was', () => {
    assert.equal(ago('2026-11-21T11:59:50Z', now), 'just now');
    assert.equal(ago('2026-11-21T11:15:00Z', now), '45 minutes ago');
    assert.equal(ago('2026-11-21T07:00:00Z', now), '5 hours ago');
    assert.equal(ago('2026-11-20T12:00:00Z', now), 'yesterday');
    assert.equal(ago('2026-11-11T12:00:00Z', now), '10 days ago');
    assert.equal(ago('no date', now), 'no date');
  });

  it('shows what it does not know as it is', () => {
    assert.equal(taskTitle('licenseInformation'), 'License Information');
    assert.equal(taskTitle('reclamation'), 'reclamation');
    assert.equal(statusWord('partial'), 'partly succeeded');
    assert.equal(statusWord('paused'), 'paused');
  });
});
