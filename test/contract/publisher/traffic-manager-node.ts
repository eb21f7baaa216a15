import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthenticator } from '../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createSessionStore } from '../../../compose/wso2am/server/carbon/session-store.ts';
import { authenticationAdmin } from '../../../compose/wso2am/server/carbon/soap/authentication-admin.ts';
import { soapEndpoint } from '../../../compose/wso2am/server/carbon/soap/soap-endpoint.ts';
import { memoryUserStore } from '../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { createEngine } from '../../../compose/wso2am/server/throttling/create-engine.ts';
import { eventProcessorAdmin } from '../../../compose/wso2am/server/throttling/deployment/event-processor-admin.ts';
import { planDirectory } from '../../../compose/wso2am/server/throttling/deployment/plan-directory.ts';
import { systemTimers } from '../../../compose/wso2am/server/throttling/timers.ts';
import { listen, recordingLog } from './listen.ts';

/** The admin services of a Traffic Manager over a folder of its own. */
export type TrafficManagerNode = {
  readonly serviceUrl: string;
  /** Files of execution plans. */
  plans(): Promise<readonly string[]>;
  stop(): Promise<void>;
};

export const startTrafficManager = async (): Promise<TrafficManagerNode> => {
  const directory = await mkdtemp(join(tmpdir(), 'plans-'));
  const listening = await listen();
  const log = recordingLog([]);
  const users = memoryUserStore({ username: 'admin', password: 'admin' }, []);
  const authenticator = createAuthenticator(users, createSessionStore(Date.now));
  const engine = createEngine({ timers: systemTimers, onDecision: () => undefined });
  const plans = await planDirectory({ directory, engine, timers: systemTimers, log });
  const services = [authenticationAdmin(authenticator, log), eventProcessorAdmin(plans, () => undefined)];
  const onNotSimulated = (): void => undefined;
  listening.serve([soapEndpoint({ services, notSimulated: [], authenticator, log, onNotSimulated })], log);
  return {
    serviceUrl: `https://localhost:${listening.port}/services/`,
    plans: async () => (await readdir(directory)).sort(),
    stop: async () => {
      plans.close();
      await listening.stop();
      await rm(directory, { recursive: true });
    },
  };
};
