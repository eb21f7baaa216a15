import type { Api } from '../../../../compose/wso2am/server/publisher/model/api.ts';
import { apiFields } from '../../../../compose/wso2am/server/publisher/model/api-fields.ts';

/** An API as the Publisher has it after its creation. */
export const sampleApi = (changes: Partial<Api> = {}): Api => {
  const { provider: _provider, ...fields } = apiFields('3.0.0').parse({
    name: 'PizzaShackAPI',
    context: '/pizzashack',
    version: '1.0.0',
    policies: ['Bronze'],
    endpointConfig: { production_endpoints: { url: 'http://backend:8080/a?b=1&c=2' } },
    operations: [
      { target: '/menu', verb: 'GET' },
      { target: '/order/{id}', verb: 'GET' },
      { target: '/menu', verb: 'POST' },
    ],
  });
  return {
    ...fields,
    id: '01234567-0123-0123-0123-0123456789ab',
    rowId: 7,
    provider: 'admin',
    gatewayEnvironments: ['Default'],
    hasThumbnail: false,
    status: 'PUBLISHED',
    createdTime: new Date(0),
    lastUpdatedTime: new Date(0),
    ...changes,
  };
};
