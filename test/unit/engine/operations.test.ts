import { describe, expect, it } from 'vitest';
import type { ObservedContainer } from '../../../lab/engine/observe.ts';
import { planOperations } from '../../../lab/engine/operations.ts';

const container = (name: string, facts: Partial<ObservedContainer> = {}): ObservedContainer => ({
  id: name,
  name,
  lab: 'demo',
  role: 'key-manager',
  version: '3.0.0',
  slot: 0,
  configuration: 'same',
  image: 'image',
  state: 'running',
  health: 'healthy',
  directory: '',
  ...facts,
});

const operations = (wanted: readonly string[], observed: readonly ObservedContainer[]) =>
  planOperations(
    wanted.map((name) => ({ name, configuration: 'same' })),
    observed,
  ).map(({ kind, node }) => `${kind} ${node}`);

describe('the operations of up', () => {
  it('are none when all is as wanted', () => {
    expect(operations(['km-1'], [container('km-1')])).toEqual([]);
  });

  it('create what is not there', () => {
    expect(operations(['km-1', 'gw-1'], [container('km-1')])).toEqual(['create gw-1']);
  });

  it('replace exactly the nodes whose configuration changed', () => {
    const observed = [container('km-1'), container('gw-1', { configuration: 'other' })];
    expect(operations(['km-1', 'gw-1'], observed)).toEqual(['replace gw-1']);
  });

  it('remove what the topology no longer has', () => {
    expect(operations(['km-1'], [container('km-1'), container('gw-2')])).toEqual(['remove gw-2']);
  });

  it('start what stopped and wake what is paused', () => {
    const observed = [container('km-1', { state: 'exited' }), container('gw-1', { state: 'paused' })];
    expect(operations(['km-1', 'gw-1'], observed)).toEqual(['start km-1', 'unpause gw-1']);
  });

  it('restart what runs but is unhealthy', () => {
    expect(operations(['km-1'], [container('km-1', { health: 'unhealthy' })])).toEqual(['restart km-1']);
  });

  it('each say why', () => {
    const [operation] = planOperations(
      [{ name: 'km-1', configuration: 'same' }],
      [container('km-1', { state: 'exited' })],
    );
    expect(operation?.cause).toBe('it is exited');
  });
});
