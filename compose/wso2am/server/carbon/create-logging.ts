import type { Log } from './log.ts';
import { consoleLine, fileLine, type Level, type LogRecord } from './log-format.ts';

export type LoggingOptions = {
  /** Takes a whole line without its end. */
  readonly console: (line: string) => void;
  readonly file: (line: string) => void;
  readonly now: () => Date;
  /** Whether DEBUG records are written; the product's default is INFO. */
  readonly debug?: boolean;
};

/** Makes the loggers of a node; each record goes to the console and to `wso2carbon.log`, each in its own format. */
export const createLogging = (options: LoggingOptions): ((className: string) => Log) => {
  const write = (level: Level, className: string, text: string, cause?: unknown): void => {
    if (level === 'DEBUG' && !options.debug) return;
    const record: LogRecord = { time: options.now(), level, className, text, cause };
    options.console(consoleLine(record));
    options.file(fileLine(record));
  };
  return (className) => ({
    debug: (text) => write('DEBUG', className, text),
    info: (text) => write('INFO', className, text),
    warn: (text) => write('WARN', className, text),
    error: (text, cause) => write('ERROR', className, text, cause),
    fatal: (text, cause) => write('FATAL', className, text, cause),
  });
};
