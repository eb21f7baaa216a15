import { inspect } from 'node:util';
import { SUPER_TENANT_ID } from './user-store.ts';

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export type LogRecord = {
  readonly time: Date;
  readonly level: Level;
  /** Java class name in full. */
  readonly className: string;
  readonly text: string;
  readonly cause?: unknown;
};

/** The record as the console shows it: `[2020-09-13 12:26:40,000]  INFO - ShortClass text` (wire.md 9.2). */
export const consoleLine = (record: LogRecord): string =>
  `[${timestamp(record.time)}] ${record.level.padStart(5)} - ${shortName(record.className)} ${tail(record)}`;

/** The record as `wso2carbon.log` has it: `TID: [-1234] [] [time]  INFO {class} - text` (wire.md 9.2). */
export const fileLine = (record: LogRecord): string =>
  `TID: [${SUPER_TENANT_ID}] [] [${timestamp(record.time)}] ${record.level.padStart(5)} {${record.className}} - ${tail(record)}`;

/** Local time with a comma before the milliseconds, as log4j writes it. */
export const timestamp = (time: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  return `${day} ${clock},${String(time.getMilliseconds()).padStart(3, '0')}`;
};

const shortName = (className: string): string => className.slice(className.lastIndexOf('.') + 1);

/** Only a cause may span lines: a text that quotes a request must not be able to fake a second record. */
const tail = ({ text, cause }: LogRecord): string =>
  oneLine(text) + (cause === undefined ? '' : `\n${cause instanceof Error ? inspect(cause) : oneLine(String(cause))}`);

const oneLine = (text: string): string =>
  text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
