import { get as overPlain } from 'node:http';
import { get as overTls, type Agent as TlsAgent } from 'node:https';
import { readBody } from '../../carbon/read-body.ts';
import { RestError } from '../../rest-api/rest-error.ts';

/** Bytes; more is no definition that a gateway would keep. */
const LARGEST = 2 * 1024 * 1024;

/** Milliseconds for the whole of it. */
const PATIENCE = 10_000;

/**
 * Reads a definition from where a client says it is. Only HTTP, no redirections, so that a URL leads nowhere but where it says.
 * @param agent for TLS, with whom this node trusts
 * @throws RestError 400
 */
export const fetchDefinition = async (url: string, agent: TlsAgent): Promise<string> => {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.protocol !== 'http:' && target?.protocol !== 'https:') {
    throw new RestError('badRequest', `Malformed url: '${url.slice(0, 200)}'`);
  }
  try {
    return await read(target, agent);
  } catch {
    throw new RestError('badRequest', `Error while reading the definition from '${target.host}'`);
  }
};

const read = (target: URL, agent: TlsAgent): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { signal: AbortSignal.timeout(PATIENCE) };
    const request = target.protocol === 'https:' ? overTls(target, { ...options, agent }) : overPlain(target, options);
    request.on('error', reject);
    request.on('response', (response) => {
      if (response.statusCode === 200) {
        readBody(response, LARGEST)
          .then((body) => resolve(body.toString('utf8')), reject)
          .finally(() => request.destroy());
      } else {
        reject(new Error(`answered with ${response.statusCode}`));
        request.destroy();
      }
    });
  });
