import type { ObservedContainer } from './observe.ts';

/** What `up` does to one container, and why. */
export type Operation = {
  readonly kind: 'create' | 'replace' | 'start' | 'restart' | 'unpause' | 'remove';
  readonly node: string;
  readonly cause: string;
};

export type DesiredContainer = { readonly name: string; readonly configuration: string };

/**
 * Compares what the topology wants with what is there. Containers already as wanted cause no operation.
 * Pure, so that `--dry-run` shows exactly what would happen.
 */
export const planOperations = (
  desired: readonly DesiredContainer[],
  observed: readonly ObservedContainer[],
): readonly Operation[] => {
  const wanted = new Set(desired.map(({ name }) => name));
  return [
    ...observed
      .filter(({ name }) => !wanted.has(name))
      .map(({ name }): Operation => ({ kind: 'remove', node: name, cause: 'the topology no longer has it' })),
    ...desired.flatMap(({ name, configuration }) =>
      operationFor(
        name,
        configuration,
        observed.find((container) => container.name === name),
      ),
    ),
  ];
};

const operationFor = (
  node: string,
  configuration: string,
  container: ObservedContainer | undefined,
): readonly Operation[] => {
  if (!container) return [{ kind: 'create', node, cause: 'it does not exist' }];
  if (container.configuration !== configuration) {
    return [{ kind: 'replace', node, cause: 'its configuration, certificates or image changed' }];
  }
  if (container.state === 'paused') return [{ kind: 'unpause', node, cause: 'it is paused' }];
  if (container.state !== 'running') return [{ kind: 'start', node, cause: `it is ${container.state}` }];
  if (container.health === 'unhealthy') return [{ kind: 'restart', node, cause: 'it runs but is unhealthy' }];
  return [];
};
