import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { CarbonContext } from '../../carbon/context.ts';
import { readBody } from '../../carbon/read-body.ts';
import type { Configuration } from '../../config/configuration.ts';
import { upstreamAgent } from '../../gateway/upstream-agent.ts';

const CLASS = 'org.wso2.carbon.apimgt.impl.notifier.TokenRevocationNotifierImpl';
const KEY = 'apim.token.revocation';

/** wire.md 4.7. The time to live, seconds, is that of the other notifier (?). */
const DEFAULTS = { hostname: 'https://localhost:2379/v2/keys/jti/', ttl: '5000', username: 'admin', password: 'admin' };

/** Milliseconds until a store that does not answer is given up; the revocation waits for it as in the product. */
const TIMEOUT = 30_000;

/** Bytes of an answer at most, which nobody reads. */
const REPLY_LIMIT = 64 * 1024;

/** Writes a revoked token to a store that outlives the node. Never rejects. */
export type PersistRevocation = (token: string) => Promise<void>;

/**
 * The notifier that puts revoked tokens into an etcd, where `enable_persistent_notifier` asks for it (wire.md 4.7). Nothing is
 * tried twice.
 */
export const persistentNotifier = (
  { configuration, log }: Pick<CarbonContext, 'configuration' | 'log'>,
  trusted: readonly string[],
): PersistRevocation | undefined => {
  if (!(configuration.optionalFlag(`${KEY}.enable_persistent_notifier`) ?? false)) return undefined;
  const { hostname, ttl, username, password } = settingsOf(configuration);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const agent = upstreamAgent(trusted);
  const notifier = log(CLASS);
  return async (token) => {
    try {
      const url = new URL(hostname + token);
      const status = await put(url, `value=true&ttl=${encodeURIComponent(ttl)}`, authorization, agent);
      if (status !== 200 && status !== 201)
        notifier.error(`Sending revoked token to persistent storage failed. HTTP error code : ${status}`);
    } catch (cause) {
      notifier.error('Error while sending revoked token to the persistent storage :', cause);
    }
  };
};

const settingsOf = (configuration: Configuration): Readonly<typeof DEFAULTS> => {
  const text = (name: keyof typeof DEFAULTS): string =>
    configuration.optionalText(`${KEY}.persistent_notifier.${name}`) ?? DEFAULTS[name];
  return { hostname: text('hostname'), ttl: text('ttl'), username: text('username'), password: text('password') };
};

/** @returns the status */
const put = (url: URL, form: string, authorization: string, agent: ReturnType<typeof upstreamAgent>): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = {
      method: 'PUT',
      headers: {
        Authorization: authorization,
        'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'Content-Length': Buffer.byteLength(form),
      },
      signal: AbortSignal.timeout(TIMEOUT),
    };
    const call = url.protocol === 'https:' ? tlsRequest(url, { ...options, agent }) : plainRequest(url, options);
    call.once('error', reject);
    call.once('response', (response) => {
      readBody(response, REPLY_LIMIT).then(() => resolve(response.statusCode ?? 0), reject);
    });
    call.end(form);
  });
