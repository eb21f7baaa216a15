/** States of an API; `AM_API.STATUS`, `AM_API_LC_EVENT` and `lifeCycleStatus` spell them in capitals. */
export const LIFECYCLE_STATES = ['CREATED', 'PROTOTYPED', 'PUBLISHED', 'BLOCKED', 'DEPRECATED', 'RETIRED'] as const;

export type LifecycleState = (typeof LIFECYCLE_STATES)[number];

/**
 * What may follow what: the default life cycle `APILifeCycle` of the product, action by action (wire.md 7.2).
 * `Demote to Prototyped` is in the REST API's list of actions, but leads out of no state of the default life cycle.
 */
const TRANSITIONS: Readonly<Record<LifecycleState, Readonly<Record<string, LifecycleState>>>> = {
  CREATED: { Publish: 'PUBLISHED', 'Deploy as a Prototype': 'PROTOTYPED' },
  PROTOTYPED: { Publish: 'PUBLISHED', 'Demote to Created': 'CREATED', 'Deploy as a Prototype': 'PROTOTYPED' },
  PUBLISHED: {
    Block: 'BLOCKED',
    'Deploy as a Prototype': 'PROTOTYPED',
    'Demote to Created': 'CREATED',
    Deprecate: 'DEPRECATED',
    Publish: 'PUBLISHED',
  },
  BLOCKED: { Deprecate: 'DEPRECATED', 'Re-Publish': 'PUBLISHED' },
  DEPRECATED: { Retire: 'RETIRED' },
  RETIRED: {},
};

/** Every action the REST API knows; any other is no value of its parameter. */
export const ACTIONS: readonly string[] = [
  'Publish',
  'Deploy as a Prototype',
  'Demote to Created',
  'Demote to Prototyped',
  'Block',
  'Deprecate',
  'Re-Publish',
  'Retire',
];

/** States in which the gateways have the API. */
const DEPLOYED: readonly LifecycleState[] = ['PROTOTYPED', 'PUBLISHED', 'BLOCKED', 'DEPRECATED'];

export const isDeployed = (state: LifecycleState): boolean => DEPLOYED.includes(state);

/** Where an action leads; undefined where the state does not allow it. */
export const nextState = (state: LifecycleState, action: string): LifecycleState | undefined =>
  Object.hasOwn(TRANSITIONS[state], action) ? TRANSITIONS[state][action] : undefined;

export const allowedActions = (state: LifecycleState): readonly string[] => Object.keys(TRANSITIONS[state]);

/** The check list of the state before publishing; nobody ticks it here, so every value is false. */
const CHECK_LIST = [
  'Deprecate old versions after publishing the API',
  'Requires re-subscription when publishing the API',
];

/** `lifecycleState` of the REST API. */
export const lifecycleBody = (state: LifecycleState): object => ({
  state: title(state),
  checkItems:
    state === 'CREATED' || state === 'PROTOTYPED'
      ? CHECK_LIST.map((name) => ({ name, value: false, requiredStates: [] }))
      : [],
  availableTransitions: Object.entries(TRANSITIONS[state]).map(([event, target]) => ({
    event,
    targetState: title(target),
  })),
});

const title = (state: LifecycleState): string => state.charAt(0) + state.slice(1).toLowerCase();
