import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Agent } from 'node:https';
import { exchange } from './sampleTenantFixture';

/** MSAL's HTTP over an agent that trusts the sample's certificate authority; remembers what was sent. */
export function msalNetwork(agent: () => Agent): INetworkModule & { readonly sent: string[] } {
  const sent: string[] = [];
  const send = async <T>(
    method: string,
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> => {
    sent.push(`${method} ${new URL(url).pathname}`);
    const response = await exchange({ method, url, headers: options?.headers, body: options?.body }, agent());
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(response.headers)) headers[name] = String(value);
    return { status: response.status, headers, body: JSON.parse(response.text) as T };
  };
  return {
    sent,
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}
