import type { Agent } from 'node:https';
import type { Log } from '../../carbon/log.ts';
import { callSoap, SoapFailure } from '../../publisher/gateway-deployer/soap-client.ts';
import type { NamedPlan } from '../../throttling/plans/plans-of-policy.ts';

/** Brings execution plans to the Traffic Manager. False where that failed: the row in the database stays (wire.md 5.13). */
export type PlanDeployer = {
  /** Runs plans, in the place of those that run under their names. */
  deploy(plans: readonly NamedPlan[]): Promise<boolean>;
  /** Stops plans; those that do not run are passed over. */
  undeploy(names: readonly string[]): Promise<boolean>;
  /** Whether the Traffic Manager understands the plans; false also where it cannot be asked. */
  understands(plans: readonly NamedPlan[]): Promise<boolean>;
};

export type TrafficManagerAddress = {
  /** `https://tm:9443/services/`. */
  readonly serviceUrl: string;
  readonly username: string;
  readonly password: string;
};

const AUTHENTICATION = 'http://authentication.services.core.carbon.wso2.org';
const PROCESSOR = 'http://admin.processor.event.carbon.wso2.org';

/** Deploys by the admin services of the Traffic Manager, with a log-in for each policy. */
export const soapPlanDeployer = (address: TrafficManagerAddress, agent: Agent, log: Log): PlanDeployer => {
  const attempt = async (work: (call: Processor) => Promise<void>): Promise<boolean> => {
    try {
      await work(await logIn(address, agent));
      return true;
    } catch (cause) {
      log.error('Error while deploying policy to global policy server', cause);
      return false;
    }
  };
  return {
    deploy: (plans) =>
      attempt(async (call) => {
        for (const { name, text } of plans) {
          await validate(call, text);
          if (await runs(call, name)) await call('editActiveExecutionPlan', { executionPlan: text, name });
          else await call('deployExecutionPlan', { executionPlan: text });
        }
      }),
    undeploy: (names) =>
      attempt(async (call) => {
        for (const planName of names) {
          if (await runs(call, planName)) await call('undeployActiveExecutionPlan', { planName });
        }
      }),
    understands: (plans) =>
      attempt(async (call) => {
        for (const { text } of plans) await validate(call, text);
      }),
  };
};

/** The service has no other question for it than for the text, which it refuses where there is none. */
const runs = async (call: Processor, planName: string): Promise<boolean> => {
  try {
    await call('getActiveExecutionPlan', { planName });
    return true;
  } catch (cause) {
    if (cause instanceof SoapFailure) return false;
    throw cause;
  }
};

const validate = async (call: Processor, executionPlan: string): Promise<void> => {
  const validity = await call('validateExecutionPlan', { executionPlan });
  if (validity !== 'success') throw new SoapFailure(`The execution plan is invalid: ${String(validity)}`);
};

type Processor = (operation: string, values: Readonly<Record<string, string>>) => Promise<unknown>;

const logIn = async ({ serviceUrl, username, password }: TrafficManagerAddress, agent: Agent): Promise<Processor> => {
  const { result, cookie } = await callSoap(agent, {
    serviceUrl,
    service: 'AuthenticationAdmin',
    namespace: AUTHENTICATION,
    operation: 'login',
    arguments: { username, password, remoteAddress: new URL(serviceUrl).hostname },
  });
  if (result !== 'true' || cookie === undefined)
    throw new SoapFailure(`log-in of ${username} at ${serviceUrl} refused`);
  return async (operation, values) => {
    const service = 'EventProcessorAdminService';
    const call = { serviceUrl, service, namespace: PROCESSOR, operation, arguments: values, cookie };
    return (await callSoap(agent, call)).result;
  };
};
