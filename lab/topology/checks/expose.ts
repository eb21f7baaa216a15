import { LISTENER_NAMES, type Listener, listenersOf } from '../../product/ports.ts';
import { type Check, type Draft, nodePath } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { nameNodes } from '../name-nodes.ts';

/** Fixed host ports that nobody would open, or more than one. */
export const checkExpose: Check = (draft) => [...onReplicas(draft), ...onClosedListeners(draft), ...taken(draft)];

const onReplicas: Check = (draft) =>
  draft.topology.nodes.flatMap(({ expose, replicas }, index): readonly Finding[] =>
    expose === undefined || replicas === 1
      ? []
      : [
          {
            code: 'TOPOLOGY_INVALID',
            path: nodePath(draft, index, 'expose'),
            part: 'key',
            sentence: `${replicas} replicas cannot share fixed host ports`,
            hint: 'write an entry of "nodes" for each, or leave "expose" out to have free ports chosen',
          },
        ],
  );

const onClosedListeners: Check = (draft) => {
  const { version } = draft.topology;
  return exposedPorts(draft).flatMap(({ index, listener }): readonly Finding[] => {
    const role = draft.topology.nodes[index]?.role;
    if (role === undefined || listenersOf(role, version).includes(listener)) return [];
    return [
      {
        code: 'TOPOLOGY_INVALID',
        path: nodePath(draft, index, 'expose', listener),
        part: 'key',
        sentence: `a ${role} of ${version} does not open "${listener}"`,
        hint: `it opens ${listenersOf(role, version).join(', ')}`,
      },
    ];
  });
};

const taken: Check = (draft) => {
  const names = new Map(nameNodes(draft.topology.nodes).map(({ index, name }) => [index, name]));
  const ports = exposedPorts(draft);
  return ports.flatMap(({ index, listener, port }, at): readonly Finding[] => {
    const first = ports.slice(0, at).find((other) => other.port === port);
    if (first === undefined) return [];
    const [theirs, ours] = [first, { index, listener }].map((each) => `${each.listener} of ${names.get(each.index)}`);
    return [
      {
        code: 'OFFSET_COLLISION',
        path: nodePath(draft, index, 'expose', listener),
        sentence: `${theirs} and ${ours} are exposed on the same host port, ${port}`,
        hint: 'give each listener a host port of its own, or leave one out to have a free one chosen',
      },
    ];
  });
};

type Exposed = { readonly index: number; readonly listener: Listener; readonly port: number };

const exposedPorts = (draft: Draft): readonly Exposed[] =>
  draft.topology.nodes.flatMap(({ expose }, index) =>
    LISTENER_NAMES.flatMap((listener) => {
      const port = expose?.[listener];
      return port === undefined ? [] : [{ index, listener, port }];
    }),
  );
