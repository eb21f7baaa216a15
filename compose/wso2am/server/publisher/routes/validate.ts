import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { listApis } from '../stores/apis.ts';

const QUERY = /^(?:(name|context):)?(.+)$/;

/** `POST /apis/validate?query=name:…|context:…`: 200 where the name or context is taken, 404 where it is free. */
export const validateRoute = (context: PublisherContext): RestRoute => ({
  method: 'POST',
  path: '/apis/validate',
  scopes: ['apim:api_create'],
  handle: async (call) => {
    const match = QUERY.exec(call.query.get('query') ?? '');
    if (!match) throw new RestError('badRequest', 'The query should be name:<name> or context:<context>');
    const [, field = 'name', wanted = ''] = match;
    const value = field === 'context' ? `/${wanted.replace(/^\//, '')}` : wanted;
    const isTaken = (await listApis(context)).some((api) => (field === 'context' ? api.context : api.name) === value);
    return { status: isTaken ? 200 : 404 };
  },
});
