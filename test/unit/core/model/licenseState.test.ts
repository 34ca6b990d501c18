import assert from 'node:assert/strict';
import { licenseState } from '../../../../src/core/model/licenseState';
import { signedPosition } from '../../../../src/core/model/signedPosition';

function stateOf(enabled: number, warning: number, consumed: number, suspended = 0, lockedOut = 0) {
  const units = { enabled, warning, consumed, suspended, lockedOut };
  const { kind, severity, parts } = licenseState({
    ...units,
    ...signedPosition(units),
    inGrace: warning,
  });
  return `${kind} ${severity}: ${parts.map((part) => `${part.code} ${part.count}`).join(', ')}`;
}

describe('licenseState', () => {
  it('puts trouble now before trouble to come before what is left', () => {
    assert.equal(stateOf(10, 5, 18), 'short trouble: short 3, shortAfterGrace 5, inGrace 5');
    assert.equal(stateOf(100, 20, 110), 'shortAfterGrace warning: shortAfterGrace 10, spare 10, inGrace 20');
    assert.equal(stateOf(100, 20, 90), 'inGrace warning: spare 30, inGrace 20');
    assert.equal(stateOf(10, 0, 10), 'fullyUsed none: ');
    assert.equal(stateOf(10, 0, 4), 'spare none: spare 6');
  });

  it('tells suspended from locked out from nothing', () => {
    assert.equal(stateOf(0, 0, 0, 25), 'suspended warning: suspended 25');
    assert.equal(stateOf(0, 0, 0, 0, 25), 'lockedOut warning: lockedOut 25');
    assert.equal(stateOf(0, 0, 0), 'noUnits none: ');
  });

  it('calls a suspended license short while users hold it: suspended units are no entitlement', () => {
    assert.equal(stateOf(0, 0, 7, 25), 'short trouble: short 7, suspended 25');
  });
});
