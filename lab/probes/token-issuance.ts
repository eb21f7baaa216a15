import { setTimeout as delay } from 'node:timers/promises';
import { authorizationCode } from './authorization-code.ts';
import { expectThat, type HopRecorder } from './hops.ts';
import {
  askToken,
  CALLBACK,
  type Client,
  expectOAuthError,
  introspect,
  register,
  revoke,
  type Token,
  tokenOf,
} from './oauth2-client.ts';
import type { ProbeContext } from './probes.ts';
import { type Route, tokenRoutes } from './token-routes.ts';

/** Name of the client the probe registers; the same one at every run. */
const CLIENT_NAME = 'apim_lab_probe';

/** Seconds that the token of the expiry check lives. */
const SHORT_LIFE = 1;

/** How long past its expiry a token may still be called active before the probe gives up, milliseconds. */
const EXPIRY_PATIENCE = 5_000;

/**
 * Proves that tokens are issued and checked: registration, every grant and every refusal of wire.md 1, through each Key
 * Manager directly, through the load balancer and through each gateway. Uses only what the product offers.
 */
export const tokenIssuance = async (context: ProbeContext, recorder: HopRecorder): Promise<void> => {
  const routes = tokenRoutes(context.status);
  const [first] = routes;
  if (!first) return recorder.notTried({ name: 'token', from: 'probe', to: 'key manager' }, 'no URL reaches one');
  const client = await recorder.hop({
    name: 'register client',
    from: 'probe',
    to: first.to,
    work: async () => {
      const { version, credentials } = context.status;
      const value = await register(context.http, first.origin, version, credentials, CLIENT_NAME);
      return { value, detail: `client ${value.id}` };
    },
  });
  if (!client) {
    for (const { to } of routes) recorder.notTried({ name: 'token', from: 'probe', to }, 'no client');
    return;
  }
  const expiring = probeExpiry(context, recorder, first, client);
  // An interruption ends it like the routes below, which say so.
  expiring.catch(() => undefined);
  for (const route of routes) await probeRoute(context, recorder, route, client, routes);
  await expiring;
};

/** Everything that is asked of one route, in order. */
const probeRoute = async (
  { http, status }: ProbeContext,
  recorder: HopRecorder,
  route: Route,
  client: Client,
  routes: readonly Route[],
): Promise<void> => {
  const { credentials: user } = status;
  const step = <T>(name: string, work: () => Promise<{ value: T; detail: string }>) =>
    recorder.hop({ name, from: 'probe', to: route.to, work });
  const grant = (name: string, fields: Readonly<Record<string, string>>) =>
    step(name, async () => {
      const value = tokenOf(await askToken(http, route.token, client, fields));
      return { value, detail: `${value.token_type}, expires in ${value.expires_in} s, scope ${value.scope ?? 'none'}` };
    });
  const refused = (name: string, as: Client, fields: Record<string, string>, code: number, error: string) =>
    step(name, async () => {
      const detail = expectOAuthError(await askToken(http, route.token, as, fields), code, error);
      return { value: undefined, detail };
    });

  // Each route asks for a scope of its own: the same scope would yield the token of the route before (wire.md 1.3).
  const scope = `device_${route.to.replace(/\W/g, '_')}`;
  await grant('client_credentials', { grant_type: 'client_credentials', scope });
  const byPassword = await grant('password', { grant_type: 'password', ...user, scope });
  const refreshed = await refresh(grant, recorder, route, byPassword);
  if (route.logIn) {
    await step('authorization_code', async () => {
      const code = await authorizationCode(http, { origin: route.origin, client, callback: CALLBACK, user, scope });
      const fields = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
      const value = tokenOf(await askToken(http, route.token, client, fields));
      return { value, detail: `logged in as ${user.username}, ${value.token_type}, expires in ${value.expires_in} s` };
    });
  }
  await refused(
    'wrong secret',
    { ...client, secret: 'wrong' },
    { grant_type: 'client_credentials' },
    401,
    'invalid_client',
  );
  await refused('wrong password', client, { grant_type: 'password', ...user, password: 'wrong' }, 400, 'invalid_grant');
  await refused('unknown grant', client, { grant_type: 'nonsense' }, 400, 'unsupported_grant_type');

  const token = refreshed?.access_token;
  if (token === undefined) return recorder.notTried({ name: 'revoke', from: 'probe', to: route.to }, 'no token');
  const checkers = routes.flatMap(({ to, introspect: url }) => (url === undefined ? [] : [{ to, url }]));
  const stands = async (name: string, active: boolean) => {
    for (const { to, url } of checkers) {
      await recorder.hop({
        name,
        from: 'probe',
        to,
        work: async () => {
          const found = await introspect(http, url, user, token);
          expectThat(found === active, `active ${active}`, `active ${found}`);
          return { value: undefined, detail: `active ${found}` };
        },
      });
    }
  };
  await stands(`introspect token of ${route.to}`, true);
  await step('revoke', async () => {
    await revoke(http, route.revoke, client, token);
    return { value: undefined, detail: 'revoked' };
  });
  await stands(`introspect revoked token of ${route.to}`, false);
};

const refresh = async (
  grant: (name: string, fields: Readonly<Record<string, string>>) => Promise<Token | undefined>,
  recorder: HopRecorder,
  route: Route,
  byPassword: Token | undefined,
): Promise<Token | undefined> => {
  const name = 'refresh_token';
  if (byPassword?.refresh_token !== undefined) {
    return grant(name, { grant_type: 'refresh_token', refresh_token: byPassword.refresh_token });
  }
  recorder.notTried({ name, from: 'probe', to: route.to }, 'the password grant gave no refresh token');
  return undefined;
};

/** A token that lives a second is refused once that is over; runs beside the routes, so that nobody waits for it. */
const probeExpiry = async (
  { http, status }: ProbeContext,
  recorder: HopRecorder,
  route: Route,
  client: Client,
): Promise<void> => {
  const { introspect: url } = route;
  if (url === undefined) return;
  await recorder.hop({
    name: 'expired token',
    from: 'probe',
    to: route.to,
    work: async () => {
      const fields = { grant_type: 'client_credentials', scope: 'device_expiry', validity_period: String(SHORT_LIFE) };
      const token = tokenOf(await askToken(http, route.token, client, fields));
      const began = performance.now();
      // Nothing announces an expiry; ask when it is due, and again while the node's clock may still be behind.
      await delay(token.expires_in * 1000);
      while (await introspect(http, url, status.credentials, token.access_token)) {
        const late = performance.now() - began - token.expires_in * 1000;
        expectThat(
          late < EXPIRY_PATIENCE,
          `inactive after ${token.expires_in} s`,
          `still active ${Math.round(late)} ms later`,
        );
        await delay(100);
      }
      // The life of the token is no time of the lab's.
      const ms = performance.now() - began - token.expires_in * 1000;
      return { value: undefined, detail: `inactive after ${token.expires_in} s`, ms };
    },
  });
};
