import type { CarbonContext } from '../carbon/context.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { POLICY_CONTEXT } from '../mediation/caches/invalidate.ts';
import type { CacheInvalidator } from './cache-invalidator.ts';
import { tokensOfApplication } from './tokens-of-application.ts';

const CLASS = 'org.wso2.carbon.apimgt.impl.caching.CacheInvalidator';

/**
 * Which change makes gateways forget what (carbon-apimgt 6.5.349 and 6.6.163: CacheInvalidator, APIProviderImpl,
 * KeyManagerUserOperationListener). A blocked subscription is none of them. That tokens used before a subscription was made
 * are refused from then on is the product's own doing (product-apim issue 9179); 3.2.0 no longer tells of applications and
 * subscriptions.
 */
export const invalidateCaches = (
  {
    version,
    role,
    events,
    databases: { apim },
    log,
  }: Pick<CarbonContext, 'version' | 'role' | 'events' | 'databases' | 'log'>,
  invalidator: CacheInvalidator,
): void => {
  const forgetTokens = async (tokens: readonly string[]): Promise<void> => {
    if (tokens.length > 0) await invalidator.tokens(tokens);
  };
  const failed = (cause: unknown): void => log(CLASS).error('Error occurred while getting Active Tokens', cause);
  /**
   * Whoever changes an application or a subscription does not wait for the gateways, but until its tokens are known: those that
   * are issued after the answer are not among them.
   */
  const forgetApplication = async (rowId: number): Promise<void> => {
    if (!apim) return;
    const tokens = await tokensOfApplication(apim, rowId).catch(failed);
    if (tokens) inBackground(forgetTokens(tokens));
  };
  const inBackground = (work: Promise<void>): void => void work.catch(failed);

  if (version !== '3.2.0') {
    events.applicationChanged.subscribe(async ({ change, rowId, deletedTokens }) => {
      if (change === 'deleted') inBackground(forgetTokens(deletedTokens));
      if (change === 'updated') await forgetApplication(rowId);
    });
    events.subscriptionChanged.subscribe(async ({ change, applicationRowId }) => {
      if (change !== 'updated') await forgetApplication(applicationRowId);
    });
  }
  events.apiChanged.subscribe(async ({ change, context, version: apiVersion, changedResources }) => {
    if (change === 'updated' && changedResources.length > 0)
      await invalidator.resources({ context, version: apiVersion, resources: changedResources });
  });
  events.policyChanged.subscribe(async ({ change, level }) => {
    if (level === 'api' && change === 'updated')
      await invalidator.resources({
        context: `${POLICY_CONTEXT}/t/${SUPER_TENANT_DOMAIN}/`,
        version: '',
        resources: [],
      });
  });
  // The product's listener to users is part of the Key Manager only.
  if (role !== 'key-manager' && role !== 'all-in-one') return;
  events.userChanged.subscribe(async ({ users, tokens }) => {
    await forgetTokens(tokens);
    if (users.length > 0) await invalidator.usernames(users.map((name) => `${name}@${SUPER_TENANT_DOMAIN}`));
  });
};
