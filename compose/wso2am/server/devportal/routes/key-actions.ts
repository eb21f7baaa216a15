import { randomBytes } from 'node:crypto';
import { json } from '../../carbon/web.ts';
import { retireTokensOfClient } from '../../keymanager/stores/change-tokens.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import { applicationToken } from '../keys/application-token.ts';
import { revokeApplicationToken } from '../keys/revoke-application-token.ts';
import { tokenGeneration } from '../model/keys.ts';
import { tokenBody } from '../model/keys-body.ts';
import { requireApplication } from '../rules/require-application.ts';
import { requireKeys, requireResidentKeys } from '../rules/require-keys.ts';
import { deleteKeys, writeSecret } from '../stores/keys.ts';
import { keyPaths } from './key-paths.ts';
import { MANAGE_APPLICATIONS } from './scopes.ts';

/** What becomes of an application's keys: tokens to try an API with, another secret, and that it has them no more. */
export const keyActionRoutes = (context: DevportalContext): readonly RestRoute[] =>
  keyPaths(context.version).flatMap(({ path, wanted }): readonly RestRoute[] => [
    {
      method: 'POST',
      path: `${path}/:key/generate-token`,
      scopes: MANAGE_APPLICATIONS,
      handle: async (call, { user }) => {
        const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
        const { client } = await requireResidentKeys(context.apim, application, wanted(call.params.key ?? ''));
        const asked = await jsonBody(call, tokenGeneration);
        if (asked.consumerSecret && asked.consumerSecret !== client.consumerSecret) {
          throw new RestError('badRequest', 'The consumer secret does not belong to the keys');
        }
        if (asked.revokeToken) await revokeApplicationToken(context.keyManager, client, asked.revokeToken);
        const token = await applicationToken(context.keyManager, client, asked.scopes ?? [], asked.validityPeriod);
        return json(200, tokenBody(token));
      },
    },
    {
      method: 'POST',
      path: `${path}/:key/regenerate-secret`,
      scopes: MANAGE_APPLICATIONS,
      handle: async (call, { user }) => {
        const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
        const { client } = await requireResidentKeys(context.apim, application, wanted(call.params.key ?? ''));
        const consumerSecret = newSecret();
        await context.apim.transaction(async (statements) => {
          await writeSecret(statements, client, consumerSecret);
          // Nobody is told of it: gateways go on accepting the tokens that they know.
          await retireTokensOfClient(statements, client.id);
        });
        return json(200, { consumerKey: client.consumerKey, consumerSecret });
      },
    },
    {
      method: 'POST',
      path: `${path}/:key/clean-up`,
      scopes: MANAGE_APPLICATIONS,
      handle: async (call, { user }) => {
        const application = await requireApplication(context.apim, call.params.applicationId ?? '', user);
        const keys = await requireKeys(context.apim, application, wanted(call.params.key ?? ''));
        await context.apim.transaction((statements) => deleteKeys(statements, application, keys));
        return { status: 200 };
      },
    },
  ]);

/** 28 letters and digits, as long as those of a new client. */
const newSecret = (): string => randomBytes(14).toString('hex');
