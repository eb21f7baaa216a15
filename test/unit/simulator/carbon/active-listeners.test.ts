import { describe, expect, it } from 'vitest';
import { activeListeners } from '../../../../compose/wso2am/server/carbon/active-listeners.ts';
import { load } from '../config/deployment.ts';

describe('the listeners of a node', () => {
  it('are those of its role', () => {
    expect(activeListeners('traffic-manager', load(), {})).toEqual([
      'https',
      'http',
      'amqp',
      'amqps',
      'databridge',
      'databridgeTls',
    ]);
  });

  it('lose the receiver with -Ddisable.receiver=true', () => {
    expect(activeListeners('traffic-manager', load(), { 'disable.receiver': 'true' })).toEqual([
      'https',
      'http',
      'amqp',
      'amqps',
    ]);
  });
});
