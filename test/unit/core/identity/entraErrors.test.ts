import assert from 'node:assert/strict';
import { entraErrorCodes } from '../../../../src/core/identity/entraErrorCodes';
import { entraError, parseEntraError } from '../../../../src/core/identity/entraErrors';
import type { LicenseError } from '../../../../src/core/foundation/errors';

const loud = { silent: false };
const silent = { silent: true };

function explain(body: Record<string, unknown>, options: { silent: boolean }): LicenseError {
  const parsed = parseEntraError(body);
  return parsed === null ? assert.fail('not an error body') : entraError(parsed, options);
}

/** As the token endpoint answers. */
function answer(
  error: string,
  code: number | null,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    error,
    error_description: `${code === null ? '' : `AADSTS${code}: `}Something.\r\nTrace ID: t-1\r\nCorrelation ID: c-1\r\nTimestamp: 2026-11-02 09:41:07Z`,
    ...(code === null ? {} : { error_codes: [code] }),
    ...more,
  };
}

describe('errors of Entra ID', () => {
  it('keep the numbers that support asks for', () => {
    const full = answer('invalid_grant', 50076, {
      suberror: 'basic_action',
      timestamp: '2026-11-02 09:41:08Z',
      trace_id: 't-2',
      correlation_id: 'c-2',
      claims: '{"a":1}',
      error_uri: 'https://login.microsoftonline.com/error?code=50076',
    });
    assert.deepEqual(explain(full, loud).details, {
      errorCode: 'AADSTS50076',
      error: 'invalid_grant',
      suberror: 'basic_action',
      correlationId: 'c-2',
      traceId: 't-2',
      timestamp: '2026-11-02 09:41:08Z',
      claims: '{"a":1}',
    });
  });

  it('find them in the text where a redirect has no fields for them', () => {
    const redirect = answer('access_denied', null, {
      error_description:
        'AADSTS65004: User declined to consent.\r\nTrace ID: t-9\r\nCorrelation ID: c-9\r\nTimestamp: 2026-11-02 09:41:07Z',
    });
    const error = explain(redirect, loud);
    assert.equal(error.reason, 'consentRequired');
    assert.deepEqual(error.details, {
      errorCode: 'AADSTS65004',
      error: 'access_denied',
      correlationId: 'c-9',
      traceId: 't-9',
      timestamp: '2026-11-02 09:41:07Z',
    });
  });

  it('have the reason and the help of their number', () => {
    for (const [error, code, reason] of [
      ['unauthorized_client', 700016, 'clientUnknown'],
      ['invalid_client', 7000215, 'clientSecretWrong'],
      ['invalid_client', 7000222, 'clientSecretExpired'],
      ['invalid_client', 7000218, 'publicClientNotAllowed'],
      ['invalid_client', 700025, 'appMisconfigured'],
      ['invalid_client', 700027, 'clientSecretWrong'],
      ['invalid_grant', 65001, 'consentRequired'],
      ['invalid_grant', 53003, 'conditionalAccess'],
      ['access_denied', 53003, 'conditionalAccess'],
      ['invalid_grant', 530036, 'deviceCodeNotAllowed'],
      ['invalid_grant', 50020, 'accountNotInTenant'],
      ['interaction_required', 50105, 'userNotAssigned'],
      ['invalid_request', 90002, 'tenantUnknown'],
      ['invalid_tenant', 90002, 'tenantUnknown'],
      ['invalid_request', 50059, 'tenantRequired'],
      ['invalid_resource', 500011, 'cloudMismatch'],
      ['temporarily_unavailable', 90055, 'throttled'],
      ['temporarily_unavailable', 90033, 'serviceError'],
    ] as const) {
      const failed = explain(answer(error, code), loud);
      assert.equal(failed.reason, reason, `${error} ${code}`);
      const help = entraErrorCodes[code]?.help ?? assert.fail('no help');
      assert.ok(failed.message.startsWith(help), failed.message);
      assert.ok(failed.message.includes(`AADSTS${code}: Something.`));
    }
  });

  it('are judged by error and suberror where the number is unknown or missing', () => {
    for (const [error, suberror, reason] of [
      ['invalid_grant', '', 'signInFailed'],
      ['invalid_grant', 'consent_required', 'consentRequired'],
      ['invalid_grant', 'basic_action', 'signInRequired'],
      ['interaction_required', '', 'signInRequired'],
      ['consent_required', '', 'consentRequired'],
      ['access_denied', '', 'signInCancelled'],
      ['unauthorized_client', '', 'clientUnknown'],
      ['invalid_scope', '', 'appMisconfigured'],
      ['server_error', '', 'serviceError'],
      ['something_new', '', 'signInFailed'],
    ] as const) {
      assert.equal(explain(answer(error, 999999, { suberror }), loud).reason, reason, `${error} ${suberror}`);
      assert.equal(
        explain({ error, suberror }, loud).reason,
        reason,
        `${error} ${suberror} without a number`,
      );
    }
    assert.equal(explain({ error: 'something_new' }, loud).details['errorCode'], 'something_new');
  });

  it('never let a number change the outcome of a device code', () => {
    assert.equal(explain(answer('authorization_declined', 70000), loud).reason, 'signInCancelled');
    assert.equal(explain(answer('expired_token', 70019), loud).reason, 'codeExpired');
    assert.equal(explain(answer('authorization_declined', 53003), loud).reason, 'signInCancelled');
  });

  it('need the person when nobody is there, whatever the number', () => {
    for (const body of [
      answer('invalid_grant', 50173),
      answer('invalid_grant', 700082),
      answer('invalid_grant', 53003),
      answer('invalid_grant', 65001),
      answer('invalid_grant', null),
      answer('interaction_required', null),
      answer('login_required', 50058),
      answer('something_new', null, { suberror: 'bad_token' }),
    ]) {
      assert.equal(explain(body, silent).reason, 'signInRequired', JSON.stringify(body));
    }
    assert.equal(explain(answer('invalid_grant', 53003), silent).details['because'], 'conditionalAccess');
    assert.equal(explain(answer('invalid_client', 7000222), silent).reason, 'clientSecretExpired');
    assert.equal(explain(answer('temporarily_unavailable', 90033), silent).reason, 'serviceError');
  });

  it('are recognized whatever else is in the body, and nothing else is', () => {
    assert.notEqual(parseEntraError({ error: 'x', error_codes: 'no list', trace_id: 7, more: {} }), null);
    for (const other of [
      null,
      'text',
      [],
      {},
      { error: '' },
      { error: { code: 'InvalidAuthenticationToken' } },
    ]) {
      assert.equal(parseEntraError(other), null);
    }
  });

  it('has a row for every number of the list', () => {
    const numbers =
      '50076 50079 50074 50078 50058 53003 53000 53001 530032 530036 50158 65001 65004 65005 650056 650057 90094 90095 70008 700082 70043 50173 700084 54005 501481 700016 7000215 7000222 7000218 700025 700027 90002 90072 50020 50034 50105 50059 50194 90133 500011 70011 50011 135010 90055 90033 50196 900144 9002313 90038 50049';
    for (const number of numbers.split(' ')) assert.ok(entraErrorCodes[Number(number)], number);
  });
});
