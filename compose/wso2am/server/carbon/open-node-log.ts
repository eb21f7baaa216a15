import { join } from 'node:path';
import { HOME_PATHS } from '../../../../lab/product/image.ts';
import { createLogging } from './create-logging.ts';
import { openLineFile } from './line-file.ts';
import type { Log } from './log.ts';

export type NodeLog = { readonly log: (className: string) => Log; readonly access: (line: string) => void };

const toConsole = (line: string): void => void process.stdout.write(`${line}\n`);
const now = (): Date => new Date();

/** The log before there is a product home to keep one in. */
export const consoleOnly = (): NodeLog => {
  // A reader that went away, such as a closed terminal, must not end the node.
  process.stdout.on('error', () => undefined);
  return { log: createLogging({ console: toConsole, file: () => undefined, now }), access: () => undefined };
};

/** The logs of a node: the console, `repository/logs/wso2carbon.log`, and `http_access_.log` for the servlet transport. */
export const openNodeLog = (home: string): NodeLog => {
  const open = (name: string) =>
    openLineFile(join(home, HOME_PATHS.logs, name), (cause) => toConsole(`log4j:ERROR ${name}: ${String(cause)}`));
  const carbon = open('wso2carbon.log');
  return {
    log: createLogging({ console: toConsole, file: carbon.write, now }),
    access: open('http_access_.log').write,
  };
};
