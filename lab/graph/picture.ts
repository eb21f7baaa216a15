import type { Plan, PlannedFront, PlannedNode } from '../plan/plan.ts';
import { ROLE_FACTS, ROLES, type Role } from '../product/roles.ts';

/** What a picture of a lab shows: a box for each component and part, an arrow for whoever calls whom. */
export type Picture = {
  readonly title: string;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
};

export type BoxKind = Role | 'database' | 'share' | 'backend';

export type Box = {
  readonly kind: BoxKind;
  readonly title: string;
  /** Nodes, as `gw-1` or `gw-1 (offset 10)`. */
  readonly members: readonly string[];
  /** Load balancer in front: `lb: gw.five-node.test 443, 80`. */
  readonly fronts: readonly string[];
};

export type Arrow = {
  readonly from: BoxKind;
  readonly to: BoxKind;
  /** What is called and why; one entry per key of the caller. */
  readonly calls: readonly ArrowCall[];
};

export type ArrowCall = {
  readonly key: string;
  readonly ports: readonly number[];
  readonly why: string;
  /** Load balancer on the way; undefined for calls from node to node. */
  readonly through: string | undefined;
};

/** Draws nothing yet: says what belongs on the picture of a plan. Pure. */
export const pictureOf = (plan: Plan): Picture => ({
  title: `${plan.lab}, WSO2 API Manager ${plan.version}`,
  boxes: [...componentBoxes(plan), ...partBoxes(plan)],
  arrows: arrowsOf(plan),
});

const componentBoxes = ({ nodes, balancers, sync }: Plan): readonly Box[] =>
  ROLES.flatMap((role) => {
    const members = nodes
      .filter((node) => node.role === role)
      .map((node) => memberLabel(node) + (node.name === sync?.manager ? ', copied by rsync to the others' : ''));
    const fronts = balancers.flatMap(({ name, fronts: all }) =>
      frontLabels(
        name,
        all.filter((front) => front.role === role),
      ),
    );
    return members.length === 0 ? [] : [{ kind: role, title: ROLE_FACTS[role].title, members, fronts }];
  });

const memberLabel = ({ name, offset, simulated, image }: PlannedNode): string =>
  [name, ...(offset === 0 ? [] : [`offset ${offset}`]), ...(simulated ? [] : [image])].join(', ');

/** One line per virtual host, with its ports. */
const frontLabels = (balancer: string, fronts: readonly PlannedFront[]): readonly string[] =>
  [...new Set(fronts.map(({ hostname }) => hostname))].map((hostname) => {
    const ports = fronts.filter((front) => front.hostname === hostname).map(({ port }) => port);
    const sticky = fronts.find((front) => front.hostname === hostname && front.sticky !== 'none')?.sticky;
    return `${balancer}: ${hostname} ${[...new Set(ports)].join(', ')}${sticky ? `, sticky by ${sticky}` : ''}`;
  });

const partBoxes = ({ database, share, backend }: Plan): readonly Box[] => {
  const { name, port, apim, shared } = database;
  return [
    { kind: 'database', title: 'MySQL', members: [`${name}: ${apim.name}, ${shared.name} on ${port}`], fronts: [] },
    ...(share
      ? [
          {
            kind: 'share' as const,
            title: 'Shared volume',
            members: [`${share.type}: ${share.directories.join(', ')}`],
            fronts: [],
          },
        ]
      : []),
    ...(backend
      ? [{ kind: 'backend' as const, title: 'Back end', members: [`${backend.name} on ${backend.port}`], fronts: [] }]
      : []),
  ];
};

const arrowsOf = (plan: Plan): readonly Arrow[] => {
  const arrows = new Map<string, { from: BoxKind; to: BoxKind; calls: Map<string, ArrowCall> }>();
  const kinds = new Map(plan.nodes.map(({ name, role }): [string, Role] => [name, role]));
  const balancers = plan.balancers.map(({ name }) => name);
  for (const { from, to, port, why, key, role } of plan.links) {
    const caller = kinds.get(from);
    // What a balancer does with a call stands in the box of its upstream.
    if (caller === undefined) continue;
    const called = kinds.get(to) ?? callee(plan, to, role);
    if (called === undefined) continue;
    const arrow = arrows.get(`${caller} ${called}`) ?? { from: caller, to: called, calls: new Map() };
    arrows.set(`${caller} ${called}`, arrow);
    const known = arrow.calls.get(key);
    const ports = [...new Set([...(known?.ports ?? []), port])].sort((a, b) => a - b);
    arrow.calls.set(key, { key, ports, why: known?.why ?? why, through: balancers.includes(to) ? to : undefined });
  }
  return [...arrows.values(), ...backendArrow(plan)].map(({ from, to, calls }) => ({
    from,
    to,
    calls: [...calls.values()],
  }));
};

/** What stands behind a name that is no node's: a part, or a balancer before the nodes that do a role's work. */
const callee = ({ database, share, nodes }: Plan, name: string, role: Role | undefined): BoxKind | undefined => {
  if (name === database.name) return 'database';
  if (name === share?.name) return 'share';
  return nodes.some((node) => node.role === role) ? role : 'all-in-one';
};

/** No key names the back end: every API does for itself. */
const backendArrow = ({ backend, nodes }: Plan) => {
  const caller = nodes.find(({ role }) => role === 'gateway' || role === 'all-in-one')?.role;
  if (!backend || !caller) return [];
  const call = { key: "an API's endpoint", ports: [backend.port], why: 'passes admitted calls on', through: undefined };
  return [{ from: caller, to: 'backend' as const, calls: new Map([[call.key, call]]) }];
};
