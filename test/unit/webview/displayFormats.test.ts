import assert from 'node:assert/strict';
import { money } from '../../../webview/common/displayFormats';

/** Digits alone, so that the test holds in every language of the machine. */
const digits = (text: string): string => text.replace(/\D/g, '');

describe('Money on screen', () => {
  it('has the digits its currency has by ISO 4217', () => {
    assert.equal(digits(money(123_456, 'EUR')), '123456');
    assert.match(money(123_456, 'EUR'), /1\D?234\D56/);
    assert.match(money(123_456, 'JPY'), /123\D?456(?!\d)/);
    // Three digits by ISO; what browsers know of prices says none.
    assert.match(money(1_234_567, 'IQD'), /1\D?234\D567/);
    assert.match(money(12_345, 'CLF'), /1\D2345/);
    assert.match(money(-5, 'USD'), /0\D05/);
  });

  it('says what is unknown, and what is a lower bound', () => {
    assert.equal(money(null, 'EUR'), 'unknown');
    assert.equal(money(0, null), 'unknown');
    assert.match(money(100, 'EUR', { lowerBound: true }), /^≥ .*1\D00/);
    assert.match(money(100, '€?', { lowerBound: false }), /^1\D00 €\?$/);
  });
});
