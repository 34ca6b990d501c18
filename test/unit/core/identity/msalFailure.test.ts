import assert from 'node:assert/strict';
import { ClientAuthError } from '@azure/msal-node';
import { LicenseError } from '../../../../src/core/foundation/errors';
import type { ErrorReason } from '../../../../src/core/foundation/errors';
import { explainMsalFailure } from '../../../../src/core/identity/msalFailure';
import type { ExchangeEnd } from '../../../../src/core/identity/msalNetworkClient';

const ended = (last: ExchangeEnd): { last: ExchangeEnd } => ({ last });
const silent = { silent: true };

describe('what a failed MSAL call means', () => {
  it('is what the network said, when MSAL wraps it', () => {
    const error = new LicenseError('certificate', 'x', { host: 'login.example' });
    const wrapped = new ClientAuthError('network_error', 'id');
    assert.equal(explainMsalFailure(wrapped, ended({ kind: 'failed', error }), silent), error);
    assert.equal(explainMsalFailure(wrapped, ended({ kind: 'unreadable', error }), silent), error);
  });

  it('is our own error as it is', () => {
    const own = new LicenseError('wrongTenant', 'x');
    const network = ended({ kind: 'failed', error: new LicenseError('network', 'y') });
    assert.equal(explainMsalFailure(own, network, silent), own);
  });

  it('is unexpected when it comes from neither, such as a vault that is locked', () => {
    const locked = new Error('The key chain is locked.');
    const error = explainMsalFailure(locked, ended({ kind: 'success' }), silent);
    assert.deepEqual([error.reason, error.message, error.cause], ['unexpected', locked.message, locked]);
  });

  it('is MSAL’s own code when nothing was refused', () => {
    for (const [code, reason] of [
      ['no_tokens_found', 'signInRequired'],
      ['refresh_token_expired', 'signInRequired'],
      ['device_code_expired', 'codeExpired'],
      ['device_code_polling_cancelled', 'signInCancelled'],
      ['missing_tenant_id_error', 'tenantRequired'],
      ['endpoints_resolution_error', 'badResponse'],
      ['nonce_mismatch', 'signInFailed'],
      ['something_new', 'signInFailed'],
    ] as readonly (readonly [string, ErrorReason])[]) {
      const error = explainMsalFailure(new ClientAuthError(code, 'id'), ended({ kind: 'none' }), silent);
      assert.equal(error.reason, reason, code);
      assert.equal(error.details['errorCode'], code);
      assert.doesNotMatch(error.message, /aka\.ms/);
    }
  });
});
