import assert from 'node:assert/strict';
import { describeError } from '../../../../src/app/host/messages';
import { entraErrorCodes } from '../../../../src/core/identity/entraErrorCodes';
import { entraError, parseEntraError } from '../../../../src/core/identity/entraErrors';

/** Number, `error` and `suberror` as Entra ID sends them, and the next step that the sentence must name. */
const rows: readonly (readonly [code: number, error: string, suberror: string, nextStep: RegExp])[] = [
  [50076, 'invalid_grant', 'basic_action', /[Ss]ign in again in the browser/],
  [50079, 'interaction_required', '', /Sign in in a browser.*steps/],
  [50074, 'interaction_required', '', /Sign in again/],
  [50078, 'interaction_required', '', /expired.*Sign in again/],
  [50058, 'login_required', '', /Sign in/],
  [53003, 'invalid_grant', '', /administrator.*correlation id/],
  [53000, 'invalid_grant', '', /managed device.*administrator/],
  [53001, 'invalid_grant', '', /joined.*managed device/],
  [530032, 'invalid_grant', '', /administrator/],
  [530036, 'invalid_grant', '', /Sign in with the browser/],
  [50158, 'interaction_required', '', /Sign in again/],
  [65001, 'invalid_grant', 'consent_required', /administrator.*Test Connection.*link/],
  [65004, 'access_denied', '', /Sign in again and accept/],
  [65005, 'invalid_request', '', /corrected by its owner/],
  [650056, 'invalid_request', '', /corrected by its owner/],
  [650057, 'invalid_request', '', /corrected by its owner/],
  [90094, 'access_denied', '', /administrator.*link/],
  [90095, 'access_denied', '', /approved/],
  [70008, 'invalid_grant', '', /Sign in again/],
  [700082, 'invalid_grant', '', /90 days.*Sign in again/],
  [70043, 'invalid_grant', '', /frequency.*Sign in again/],
  [50173, 'invalid_grant', '', /password.*Sign in again/],
  [700084, 'invalid_grant', '', /24 hours.*Sign in again/],
  [54005, 'invalid_grant', '', /Start the sign-in again/],
  [501481, 'invalid_grant', '', /Start the sign-in again/],
  [700016, 'unauthorized_client', '', /client ID and tenant.*administrator/],
  [7000215, 'invalid_client', '', /secret's value/],
  [7000222, 'invalid_client', '', /Create a new one/],
  [7000218, 'invalid_client', '', /Allow public client flows/],
  [700025, 'invalid_client', '', /flow without/],
  [700027, 'invalid_client', '', /Upload.*thumbprint/],
  [90002, 'invalid_tenant', '', /tenant and the cloud/],
  [90072, 'invalid_grant', '', /another account.*invited/],
  [50020, 'invalid_grant', '', /another account.*invited/],
  [50034, 'invalid_grant', '', /another account/],
  [50105, 'invalid_grant', '', /administrator must assign/],
  [50059, 'invalid_request', '', /Give the tenant/],
  [50194, 'invalid_request', '', /Give that tenant/],
  [90133, 'invalid_request', '', /Give the tenant/],
  [500011, 'invalid_resource', '', /Check the cloud/],
  [70011, 'invalid_scope', '', /owner/],
  [50011, 'invalid_request', '', /Register http:\/\/localhost/],
  [135010, 'invalid_grant', '', /Sign in again.*administrator/],
  [90055, 'temporarily_unavailable', '', /Wait/],
  [90033, 'temporarily_unavailable', '', /Try again/],
  [50196, 'temporarily_unavailable', '', /Wait/],
  [900144, 'invalid_request', '', /Report/],
  [9002313, 'invalid_request', '', /Report/],
  [90038, 'invalid_request', '', /Choose that cloud/],
  [50049, 'invalid_instance', '', /Check the cloud/],
];

function sentenceOf(code: number, error: string, suberror: string, silent: boolean): string {
  const body = parseEntraError({
    error,
    ...(suberror === '' ? {} : { suberror }),
    error_codes: [code],
    error_description: `AADSTS${code}: The text of Microsoft.\r\nTrace ID: t-1\r\nCorrelation ID: c-1`,
    correlation_id: 'c-1',
    claims: '{"access_token":{"capolids":{"essential":true}}}',
  });
  return describeError(entraError(body ?? assert.fail(), { silent }));
}

describe('sentences for errors of Entra ID', () => {
  for (const silent of [false, true]) {
    it(`name the next step of every number, ${silent ? 'without' : 'with'} a person there`, () => {
      for (const [code, error, suberror, nextStep] of rows) {
        const sentence = sentenceOf(code, error, suberror, silent);
        assert.match(sentence, nextStep, String(code));
        assert.ok(sentence.includes(`AADSTS${code}`) && sentence.includes('correlation id c-1'), sentence);
        assert.equal(sentence.includes('capolids'), false, 'claims are not shown');
      }
    });
  }

  it('are no two the same', () => {
    const texts = Object.entries(entraErrorCodes).map(([code, { help }]) => [help, code] as const);
    const seen = new Map<string, string>();
    for (const [help, code] of texts) {
      assert.equal(seen.get(help), undefined, `${code} says the same as ${seen.get(help)}`);
      seen.set(help, code);
    }
    assert.ok(texts.length >= rows.length);
  });

  it('do not let a number contradict what the protocol says', () => {
    const sentence = sentenceOf(53003, 'authorization_declined', '', false);
    assert.match(sentence, /^The sign-in was cancelled/);
  });

  it('stay those of the reason where the number is new', () => {
    const sentence = sentenceOf(999999, 'invalid_grant', '', true);
    assert.match(sentence, /^Sign-in is needed.*Run “Sign In”.*AADSTS999999/);
  });
});
