import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from '../../../../compose/wso2am/server/carbon/web.ts';

/** A call as an endpoint gets it, with the given parts. */
export const sampleCall = (parts: Partial<Call> & { readonly text?: string } = {}): Call => {
  const { text = '', ...others } = parts;
  const body = Buffer.from(text, 'utf8');
  return {
    method: 'GET',
    path: '/',
    query: new URLSearchParams(),
    params: {},
    headers: {},
    remoteAddress: '10.0.0.5',
    secure: true,
    activityId: '00000000-0000-4000-8000-000000000000',
    body: async () => body,
    form: async () => new URLSearchParams(text),
    ...others,
  };
};

export const basicHeader = (username: string, password: string): IncomingHttpHeaders => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
});
