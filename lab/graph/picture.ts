import type { Link, Plan, PlannedFront, PlannedNode } from '../plan/plan.ts';
import { ROLE_FACTS, ROLES, type Role } from '../product/roles.ts';

/** What a picture of a lab shows: a box for each component and part, an arrow for whoever calls whom. */
export type Picture = {
  readonly title: string;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
};

export type BoxKind = Role | 'database' | 'share' | 'backend';

export type Box = {
  /** Its kind; of further gateway environments with their label. */
  readonly id: string;
  readonly kind: BoxKind;
  /** Stands in the network of its own. */
  readonly dmz?: true;
  readonly title: string;
  /** Nodes, as `gw-1` or `gw-1 (offset 10)`. */
  readonly members: readonly string[];
  /** Load balancer in front: `lb: gw.five-node.test 443, 80`. */
  readonly fronts: readonly string[];
};

export type Arrow = {
  /** Ids of boxes. */
  readonly from: string;
  readonly to: string;
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

const componentBoxes = ({ nodes, balancers, environments, sync }: Plan): readonly Box[] => {
  const groups = ROLES.flatMap((role) => {
    const labels = new Set(nodes.filter((node) => node.role === role).map(({ environment }) => environment));
    return [...labels].map((environment) => ({ role, environment }));
  });
  return groups.map(({ role, environment }) => {
    const belongs = (each: { readonly role: Role; readonly environment?: string }) =>
      each.role === role && each.environment === environment;
    const members = nodes.filter(belongs);
    const dmz = members.some((node) => node.dmz);
    const name = environments.find(({ label }) => label !== undefined && label === environment)?.name;
    return {
      id: boxId({ role, ...(environment !== undefined && { environment }) }),
      kind: role,
      title: [ROLE_FACTS[role].title, ...(name === undefined ? [] : [name]), ...(dmz ? ['in the DMZ'] : [])].join(', '),
      members: members.map(
        (node) => memberLabel(node) + (node.name === sync?.manager ? ', copied by rsync to the others' : ''),
      ),
      fronts: balancers.flatMap(({ name: balancer, fronts }) => frontLabels(balancer, fronts.filter(belongs))),
      ...(dmz && { dmz }),
    };
  });
};

const boxId = ({ role, environment }: Pick<PlannedNode, 'role' | 'environment'>): string =>
  environment === undefined ? role : `${role}-${environment}`;

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
  const part = (kind: BoxKind, title: string, member: string): Box => ({
    id: kind,
    kind,
    title,
    members: [member],
    fronts: [],
  });
  return [
    part('database', 'MySQL', `${name}: ${apim.name}, ${shared.name} on ${port}`),
    ...(share ? [part('share', 'Shared volume', `${share.type}: ${share.directories.join(', ')}`)] : []),
    ...(backend ? [part('backend', 'Back end', `${backend.name} on ${backend.port}`)] : []),
  ];
};

const arrowsOf = (plan: Plan): readonly Arrow[] => {
  const arrows = new Map<string, { from: string; to: string; calls: Map<string, ArrowCall> }>();
  const boxes = new Map(plan.nodes.map((node): [string, string] => [node.name, boxId(node)]));
  const balancers = plan.balancers.map(({ name }) => name);
  for (const link of plan.links) {
    const { from, to, port, why, key } = link;
    const caller = boxes.get(from);
    // What a balancer does with a call stands in the box of its upstream.
    if (caller === undefined) continue;
    const called = boxes.get(to) ?? callee(plan, link);
    if (called === undefined) continue;
    const arrow = arrows.get(`${caller} ${called}`) ?? { from: caller, to: called, calls: new Map() };
    arrows.set(`${caller} ${called}`, arrow);
    const known = arrow.calls.get(key);
    const ports = [...new Set([...(known?.ports ?? []), port])].sort((a, b) => a - b);
    arrow.calls.set(key, { key, ports, why: known?.why ?? why, through: balancers.includes(to) ? to : undefined });
  }
  return [...arrows.values(), ...backendArrows(plan)].map(({ from, to, calls }) => ({
    from,
    to,
    calls: [...calls.values()],
  }));
};

/** What stands behind a name that is no node's: a part, or a balancer before the nodes that do a role's work. */
const callee = ({ database, share, balancers, nodes }: Plan, { to, role, hostname }: Link): string | undefined => {
  if (to === database.name) return 'database';
  if (to === share?.name) return 'share';
  const front = balancers.flatMap(({ fronts }) => fronts).find((each) => each.hostname === hostname);
  if (front) return boxId(front);
  return nodes.some((node) => node.role === role) ? role : 'all-in-one';
};

/** No key names the back end: every API does for itself. */
const backendArrows = ({ backend, nodes }: Plan) => {
  const role = nodes.find((node) => node.role === 'gateway' || node.role === 'all-in-one')?.role;
  if (!backend) return [];
  const call = { key: "an API's endpoint", ports: [backend.port], why: 'passes admitted calls on', through: undefined };
  const callers = new Set(nodes.filter((node) => node.role === role).map(boxId));
  return [...callers].map((from) => ({ from, to: 'backend', calls: new Map([[call.key, call]]) }));
};
