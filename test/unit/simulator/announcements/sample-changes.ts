import type {
  ApiChange,
  ApplicationChange,
  PolicyChange,
  SubscriptionChange,
} from '../../../../compose/wso2am/server/carbon/events.ts';

export const sampleApi = (parts: Partial<ApiChange> = {}): ApiChange => ({
  change: 'updated',
  rowId: 7,
  name: 'PizzaShackAPI',
  version: '1.0.0',
  context: '/pizzashack/1.0.0',
  provider: 'admin',
  status: 'PUBLISHED',
  changedResources: [],
  ...parts,
});

export const sampleApplication = (parts: Partial<ApplicationChange> = {}): ApplicationChange => ({
  change: 'created',
  rowId: 3,
  id: '5d0c1ab2-0000-4000-8000-000000000003',
  name: 'app1',
  tokenType: 'OAUTH',
  policy: 'Unlimited',
  subscriber: 'admin',
  deletedTokens: [],
  ...parts,
});

export const sampleSubscription = (parts: Partial<SubscriptionChange> = {}): SubscriptionChange => ({
  change: 'created',
  rowId: 11,
  apiRowId: 7,
  applicationRowId: 3,
  policy: 'Gold',
  state: 'UNBLOCKED',
  ...parts,
});

export const samplePolicy = (parts: Partial<PolicyChange> = {}): PolicyChange => ({
  change: 'updated',
  level: 'api',
  rowId: 5,
  name: '10KPerMin',
  quotaType: 'requestCount',
  ...parts,
});
