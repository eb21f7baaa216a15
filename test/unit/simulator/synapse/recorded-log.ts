import type { Log } from '../../../../compose/wso2am/server/carbon/log.ts';

/** Loggers that keep their lines, all classes together, in the order in which they came. */
export const recordedLog = (): { readonly lines: string[]; readonly log: (className: string) => Log } => {
  const lines: string[] = [];
  const keep =
    (level: string) =>
    (text: string): void =>
      void lines.push(`${level} ${text}`);
  const log: Log = {
    debug: keep('DEBUG'),
    info: keep('INFO'),
    warn: keep('WARN'),
    error: keep('ERROR'),
    fatal: keep('FATAL'),
  };
  return { lines, log: () => log };
};
