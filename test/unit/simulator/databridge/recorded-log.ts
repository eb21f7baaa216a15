import type { Log } from '../../../../compose/wso2am/server/carbon/log.ts';

export type RecordedLog = {
  readonly lines: readonly string[];
  readonly log: (className: string) => Log;
  /** Resolves with the first line that contains the text, now or later. */
  line(text: string): Promise<string>;
};

/** Keeps lines as `INFO DataBridge user admin connected`. */
export const recordedLog = (): RecordedLog => {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const add = (level: string, className: string) => (text: string) => {
    lines.push(`${level} ${className.slice(className.lastIndexOf('.') + 1)} ${text}`);
    for (const look of [...waiting]) look();
  };
  const found = (text: string): string | undefined => lines.find((line) => line.includes(text));
  return {
    lines,
    log: (className) => ({
      debug: add('DEBUG', className),
      info: add('INFO', className),
      warn: add('WARN', className),
      error: add('ERROR', className),
      fatal: add('FATAL', className),
    }),
    line: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = found(text);
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
  };
};
