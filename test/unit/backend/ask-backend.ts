import { createBackend } from '../../../compose/backend/server/create-backend.ts';
import { listenOnLoopback } from '../simulator/loopback-server.ts';

/** A back end of the test's own; answers with `fetch` below its origin. */
export const startBackend = async (): Promise<(path: string, init?: RequestInit) => Promise<Response>> => {
  const port = await listenOnLoopback(createBackend());
  return (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);
};
