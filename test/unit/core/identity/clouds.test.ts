import assert from 'node:assert/strict';
import { clouds, defaultScope, endpointsOf, graphScopes } from '../../../../src/core/identity/clouds';
import type { Cloud } from '../../../../src/core/model/connection';
import { failure } from './signInHarness';

const at = (cloud: Cloud, endpoints: { login: string; graph: string } | null = null) => ({
  cloud,
  endpoints,
});

describe('clouds', () => {
  it('have the hosts that Microsoft documents', () => {
    const hosts = Object.keys(clouds).map((cloud) => {
      const { login, graph } = endpointsOf(at(cloud as Cloud));
      return [cloud, login, graph].join(' ');
    });
    assert.deepEqual(hosts, [
      'global https://login.microsoftonline.com https://graph.microsoft.com',
      'usGovL4 https://login.microsoftonline.us https://graph.microsoft.us',
      'usGovL5 https://login.microsoftonline.us https://dod-graph.microsoft.us',
      'china https://login.partner.microsoftonline.cn https://microsoftgraph.chinacloudapi.cn',
    ]);
  });

  it('give scopes for their own Graph', () => {
    assert.equal(defaultScope(at('china')), 'https://microsoftgraph.chinacloudapi.cn/.default');
    assert.deepEqual(graphScopes(at('usGovL5'), ['User.Read.All']), [
      'https://dod-graph.microsoft.us/User.Read.All',
    ]);
    const custom = at('custom', { login: 'https://localhost:1', graph: 'https://localhost:2' });
    assert.equal(defaultScope(custom), 'https://localhost:2/.default');
  });

  it('of one’s own need secure origins', async () => {
    assert.deepEqual(
      endpointsOf(at('custom', { login: 'https://login.example:8443', graph: 'https://graph.example' })),
      {
        login: 'https://login.example:8443',
        graph: 'https://graph.example',
      },
    );
    for (const endpoints of [
      null,
      { login: '', graph: 'https://graph.example' },
      { login: 'http://login.example', graph: 'https://graph.example' },
      { login: 'https://login.example', graph: 'https://graph.example/v1.0' },
    ]) {
      await failure((async () => endpointsOf(at('custom', endpoints)))(), 'invalidArgument');
    }
  });
});
