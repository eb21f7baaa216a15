import { z } from 'zod';
import type { PublisherNode } from './publisher-node.ts';

let count = 0;

/** An API with a name and a context that no other test has. */
export const newApi = (changes: Readonly<Record<string, unknown>> = {}) => {
  count += 1;
  return {
    name: `Pizza${count}`,
    context: `/pizza${count}`,
    version: '1.0.0',
    policies: ['Bronze', 'Unlimited'],
    endpointConfig: {
      endpoint_type: 'http',
      production_endpoints: { url: 'http://backend:8080' },
      sandbox_endpoints: { url: 'http://backend:8081' },
    },
    operations: [
      { target: '/menu', verb: 'GET', authType: 'Application & Application User', throttlingPolicy: 'Unlimited' },
      { target: '/order/{id}', verb: 'POST', authType: 'Application User', throttlingPolicy: '10KPerMin' },
    ],
    ...changes,
  };
};

const created = z.looseObject({ id: z.string(), name: z.string(), context: z.string(), provider: z.string() });

/** Creates an API that has to be accepted. */
export const create = async (node: PublisherNode, changes: Readonly<Record<string, unknown>> = {}) => {
  const reply = await node.call('/apis', { json: newApi(changes) });
  if (reply.status !== 201) throw new Error(`not created: ${JSON.stringify(reply.body)}`);
  return created.parse(reply.body);
};

export const changeLifecycle = (node: PublisherNode, apiId: string, action: string) =>
  node.call(`/apis/change-lifecycle?${new URLSearchParams({ action, apiId })}`, { method: 'POST' });
