import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  allowedActions,
  isDeployed,
  LIFECYCLE_STATES,
  lifecycleBody,
  nextState,
} from '../../../../compose/wso2am/server/publisher/model/lifecycle.ts';

describe('the life cycle', () => {
  it.each([
    ['CREATED', 'Publish', 'PUBLISHED'],
    ['CREATED', 'Deploy as a Prototype', 'PROTOTYPED'],
    ['PROTOTYPED', 'Demote to Created', 'CREATED'],
    ['PUBLISHED', 'Block', 'BLOCKED'],
    ['BLOCKED', 'Re-Publish', 'PUBLISHED'],
    ['BLOCKED', 'Deprecate', 'DEPRECATED'],
    ['DEPRECATED', 'Retire', 'RETIRED'],
  ] as const)('leads from %s by %s to %s', (state, action, target) => expect(nextState(state, action)).toBe(target));

  it('ends with retirement', () => expect(allowedActions('RETIRED')).toEqual([]));

  it('offers actions of the REST API only', () => {
    for (const state of LIFECYCLE_STATES) expect(ACTIONS).toEqual(expect.arrayContaining([...allowedActions(state)]));
  });

  it('knows no action by the name of a property that all objects have', () => {
    expect(nextState('CREATED', 'toString')).toBeUndefined();
  });

  it('has an API on the gateways from its prototype until its retirement', () => {
    expect(LIFECYCLE_STATES.filter((state) => !isDeployed(state))).toEqual(['CREATED', 'RETIRED']);
  });

  it('describes a state with where it leads', () => {
    expect(lifecycleBody('DEPRECATED')).toEqual({
      state: 'Deprecated',
      checkItems: [],
      availableTransitions: [{ event: 'Retire', targetState: 'Retired' }],
    });
  });
});
