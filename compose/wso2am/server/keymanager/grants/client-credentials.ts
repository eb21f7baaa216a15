import { approveScopes, requestedScopes } from '../approve-scopes.ts';
import { issueToken } from '../issue-token.ts';
import { OAuthError } from '../oauth-error.ts';
import type { Grant } from './grant.ts';

/** The client acts for itself: its token is that of the user who registered it. */
export const clientCredentialsGrant: Grant = {
  parameters: [],
  handsOutRefreshToken: false,
  handsOutIdToken: false,
  issue: async (context, { client, form }) => {
    const validity = requestedValidity(form.get('validity_period'));
    const approved = await approveScopes(context, client, client.owner, requestedScopes(form.get('scope')));
    const { applicationScope } = context.settings;
    const scopes = applicationScope === undefined ? approved : [...new Set([...approved, applicationScope])].sort();
    const token = await issueToken(context, {
      client,
      user: client.owner,
      userType: 'APPLICATION',
      grantType: 'client_credentials',
      scopes,
      validity,
    });
    return { token, login: {} };
  },
};

/** What the product takes for "not given" (carbon-apimgt 6.5.349, ExtendedClientCredentialsGrantHandler). */
const NOT_GIVEN = -1;

/**
 * Milliseconds that `validity_period` (seconds) asks for; any negative number but -1 asks for ever. What is no such number
 * the product answers with 500; the simulator says whose fault it is.
 */
const requestedValidity = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const seconds = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds === NOT_GIVEN) return undefined;
  if (seconds === 0 || !Number.isSafeInteger(seconds * 1000)) throw new OAuthError('malformedValidityPeriod');
  return seconds * 1000;
};
