import Table from 'cli-table3';
import colours from 'picocolors';
import type { LabStatus } from '../engine/lab-status.ts';
import type { Fault } from '../faults/fault.ts';
import { faultsInWords } from './fault-lines.ts';

/** What a person wants to see once a lab runs: who is there, where to point clients, what to type next. */
export const labTable = (status: LabStatus, faults: readonly Pick<Fault, 'node' | 'way'>[] = []): string => {
  const bytes = [...status.nodes, ...status.parts].reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0);
  return [
    `${colours.bold(status.lab)}  WSO2 API Manager ${status.version}, ${inMb(bytes)} MB of memory`,
    containerTable(status),
    endpointTable(status),
    ...(faults.length > 0 ? [colours.red(`Faults      ${faultsInWords(faults)}; "apim-lab heal" ends them`)] : []),
    `Log in      ${status.credentials.username} / ${status.credentials.password}`,
    `Trust       ${status.trust.caFile}`,
    `            ${status.trust.trustStore} (password ${status.trust.trustStorePassword})`,
    '',
    'Next',
    ...nextCommands(status).map((command) => `  ${colours.cyan(command)}`),
    '',
  ].join('\n');
};

const containerTable = ({ nodes, parts, backend }: LabStatus): string => {
  const table = newTable(['node', 'role', 'state', 'memory', 'host name', 'URL']);
  for (const node of nodes) {
    table.push([
      node.name,
      withEnvironment(node.role, node.environment),
      standing(node),
      memory(node),
      node.hostname,
      node.urls.https ?? '',
    ]);
  }
  for (const part of parts) {
    const url = part.role === 'backend' ? (backend?.hostUrl ?? '') : '';
    table.push([part.name, part.role, standing(part), memory(part), '', url]);
  }
  return table.toString();
};

const withEnvironment = (role: string, environment: string | undefined): string =>
  environment === undefined ? role : `${role}, ${environment}`;

const endpointTable = ({ endpoints, environments }: LabStatus): string => {
  const [first, ...further] = environments;
  const named = (role: string) =>
    withEnvironment(role, further.length > 0 && role === 'gateway' ? first?.name : undefined);
  const rows = [
    ...Object.entries(endpoints).map(([role, urls]) => ({ title: named(role), urls })),
    ...further.map(({ name, urls }) => ({ title: withEnvironment('gateway', name), urls })),
  ].flatMap(({ title, urls }) => Object.entries(urls).map(([listener, url]) => [title, listener, url]));
  if (rows.length === 0) return '';
  const table = newTable(['load balancer', 'listener', 'URL']);
  table.push(...rows);
  return table.toString();
};

const newTable = (head: readonly string[]) =>
  new Table({
    // Painted here: the table's own colours do not ask whether anybody sees them.
    head: head.map((each) => colours.dim(each)),
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });

type Standing = { readonly state: string; readonly health: string; readonly memoryBytes: number | null };

const standing = ({ state, health }: Standing): string => {
  if (state !== 'running') return colours.red(state);
  return health === 'healthy' ? colours.green(health) : colours.yellow(health);
};

const memory = ({ memoryBytes }: Standing): string => (memoryBytes === null ? '' : `${inMb(memoryBytes)} MB`);

const inMb = (bytes: number): number => Math.round(bytes / 1024 / 1024);

const nextCommands = ({ lab, nodes, credentials, trust }: LabStatus): readonly string[] => {
  const keyManager = nodes.find(({ role }) => role === 'key-manager' || role === 'all-in-one')?.urls.https;
  const select = `--lab ${lab}`;
  return [
    ...(keyManager
      ? [
          `curl --cacert ${trust.caFile} -u ${credentials.username}:${credentials.password} ${keyManager}/services/Version`,
        ]
      : []),
    `npm run lab:probe -- token-issuance ${select}`,
    `npm run lab:logs -- ${nodes[0]?.name ?? ''} ${select}`,
    `npm run lab:down -- ${select}`,
  ];
};
