import type { RestApi } from '../../../lab/product/rest-apis.ts';
import { VERSIONS, type Version } from '../../../lab/product/versions.ts';

/** By operation, `GET /apis`: the versions that have it, and whether the simulator answers it. */
export type SimulatedOperations = Record<string, Partial<Record<Version, boolean>>>;

/** The text of docs/rest-operations.md. */
export const operationsPage = ({ publisher, store, admin }: Readonly<Record<RestApi, SimulatedOperations>>): string =>
  [
    '# REST operations: which of them the simulator answers',
    '',
    "Every operation of the product's published definitions by version: *yes* where the simulator answers it, *501* where it",
    'says that it does not, a dash where the version does not have it. `test/contract/rest/operations.test.ts` asks a node for',
    'each and compares the answers with this page.',
    '',
    ...section('Publisher', publisher),
    '',
    ...section('Developer Portal', store),
    '',
    ...section('Admin', admin),
    '',
  ].join('\n');

const section = (title: string, operations: SimulatedOperations): readonly string[] => [
  `## ${title}`,
  '',
  count(operations),
  '',
  `| Operation | ${VERSIONS.join(' | ')} |`,
  `|---|${VERSIONS.map(() => '---').join('|')}|`,
  ...Object.keys(operations)
    .sort((one, other) => (byPath(one) < byPath(other) ? -1 : 1))
    .map((name) => `| \`${name}\` | ${VERSIONS.map((version) => cell(operations[name]?.[version])).join(' | ')} |`),
];

const byPath = (name: string): string => name.split(' ').reverse().join(' ');

const cell = (isSimulated: boolean | undefined): string =>
  isSimulated === undefined ? '–' : isSimulated ? 'yes' : '501';

const count = (operations: SimulatedOperations): string => {
  const of = (version: Version): string => {
    const known = Object.values(operations).flatMap((versions) => versions[version] ?? []);
    return `${known.filter(Boolean).length} of ${known.length} in ${version}`;
  };
  return `Simulated: ${VERSIONS.map(of).join(', ')}.`;
};
