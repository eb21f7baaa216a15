import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Kinds of resources that a leak would pile up. Timers come and go with connections that are kept for a while. */
const KINDS = ['TCPServerWrap', 'FSReqCallback', 'FSEventWrap', 'FileHandle', 'Pipe', 'ProcessWrap', 'Worker'];

/** What this process holds open, by kind. Connections are left out: clients and pools keep a changing number of them. */
export const heldResources = (): Readonly<Record<string, number>> => {
  const held = process.getActiveResourcesInfo();
  return Object.fromEntries(KINDS.map((kind) => [kind, held.filter((each) => each === kind).length]));
};

/** Bytes of the heap that are in use once what nobody needs is gone. */
export const settledHeap = (): number => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
};
