import type { Application } from './application.ts';

/** An application as lists have it. Groups and attributes exist where a tenant defines them, which none does here. */
export const applicationInfoBody = (application: Application): object => ({
  applicationId: application.id,
  name: application.name,
  throttlingPolicy: application.throttlingPolicy,
  description: application.description,
  status: application.status,
  groups: [],
  subscriptionCount: application.subscriptionCount,
  attributes: {},
  owner: application.owner,
});

/** An application in full. @param keys bodies of its keys */
export const applicationBody = (application: Application, keys: readonly object[]): object => ({
  ...applicationInfoBody(application),
  tokenType: application.tokenType,
  keys,
  subscriptionScopes: [],
  hashEnabled: false,
});
