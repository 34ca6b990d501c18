import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import type { GraphCall } from './graphContext';
import { badRequest } from './graphError';

/** `GET /admin/reportSettings`. @see https://learn.microsoft.com/graph/api/adminreportsettings-get */
export function readReportSettings(call: GraphCall): SampleReply {
  const { address, switches } = call.state;
  return json(200, {
    '@odata.context': `${address.graphUrl}/${call.version}/$metadata#admin/reportSettings/$entity`,
    displayConcealedNames: switches.concealedNames ?? false,
  });
}

/** `PATCH /admin/reportSettings`; takes effect at once, where the real service takes up to two days. */
export function changeReportSettings(call: GraphCall): SampleReply {
  let value: unknown;
  try {
    value = (JSON.parse(call.request.body) as Record<string, unknown>)['displayConcealedNames'];
  } catch {
    value = undefined;
  }
  if (typeof value !== 'boolean') throw badRequest("Property 'displayConcealedNames' must be a Boolean.");
  call.state.switches = { ...call.state.switches, concealedNames: value };
  return { status: 204 };
}
