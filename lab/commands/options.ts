import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

/** Directory of this package: topologies and images come from it. The launcher sets it. */
export const packageRoot = (): string => process.env.APIM_LAB_ROOT ?? process.cwd();

/** Options that several commands share; each has an environment variable. */
export const topologyOption = () =>
  new Option('-t, --topology <file>', 'topology file')
    .env('APIM_LAB_TOPOLOGY')
    .default(join(packageRoot(), 'fixtures/topologies/five-node.yaml'), 'fixtures/topologies/five-node.yaml');

export const labOption = () =>
  new Option('-l, --lab <name>', 'name of the lab, instead of the one in the topology file').env('APIM_LAB_NAME');

export const productOption = () =>
  new Option(
    '--product <image>',
    'image for all nodes, such as wso2/wso2am:3.2.0, instead of those in the topology file',
  ).env('APIM_LAB_PRODUCT');

export const jsonOption = () => new Option('--json', 'print the result as JSON').env('APIM_LAB_JSON').default(false);

export const timeoutOption = () =>
  new Option('--timeout <seconds>', 'time the whole start may take')
    .env('APIM_LAB_TIMEOUT')
    .argParser(positiveNumber)
    .default(600);

/** Seconds. */
const DEFAULT_PATIENCE = 3;

export const patienceOption = () =>
  new Option('--patience <seconds>', 'time a probe may wait for what only time brings, such as a new quota')
    .env('APIM_LAB_PATIENCE')
    .argParser(positiveNumber)
    .default(DEFAULT_PATIENCE);

export const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('must be a number greater than 0.');
  return value;
};
