import { escapeXml, type SoapRequest, soapAnswer, soapFault } from '../../carbon/soap/envelope.ts';
import type { SoapService } from '../../carbon/soap/soap-service.ts';
import type { ServiceInterface } from '../../carbon/soap/wsdl/service-interface.ts';
import type { Answer } from '../../carbon/web.ts';
import { PlanError } from '../siddhi/plan-error.ts';
import { checkedPlan } from './checked-plan.ts';
import type { PlanDirectory } from './plan-directory.ts';

const NAMESPACE = 'http://admin.processor.event.carbon.wso2.org';

const NAME = 'EventProcessorAdminService';

const INTERFACE: ServiceInterface = {
  namespace: NAMESPACE,
  operations: {
    validateExecutionPlan: { takes: 'executionPlan', gives: 'return' },
    deployExecutionPlan: { takes: 'executionPlan', gives: 'return' },
    editActiveExecutionPlan: { takes: 'executionPlan name', gives: 'return' },
    undeployActiveExecutionPlan: { takes: 'planName', gives: 'return' },
    getActiveExecutionPlan: { takes: 'planName', gives: 'return' },
  },
};

/**
 * `EventProcessorAdminService` of a Traffic Manager: how Publishers deploy their policies (wire.md 5.13). It has more
 * operations, for the management console; they are not simulated, and `onNotSimulated` hears of their calls.
 */
export const eventProcessorAdmin = (plans: PlanDirectory, onNotSimulated: (what: string) => void): SoapService => ({
  name: NAME,
  open: false,
  interface: INTERFACE,
  handle: async (request) => {
    const operation = OPERATIONS.get(request.operation);
    if (!operation) {
      onNotSimulated(`${NAME}.${request.operation}`);
      return soapFault(request.version, `The simulator does not simulate ${NAME}.${request.operation}`, 501);
    }
    try {
      return answer(request, await operation(plans, request));
    } catch (cause) {
      if (cause instanceof PlanError) return soapFault(request.version, cause.message);
      throw cause;
    }
  },
});

/** Resolves with the text of `return`. */
type Operation = (plans: PlanDirectory, request: SoapRequest) => Promise<string>;

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['validateExecutionPlan', async (_plans, request) => validity(required(request, 'executionPlan'))],
  [
    'deployExecutionPlan',
    async (plans, request) => {
      await plans.deploy(required(request, 'executionPlan'));
      return 'true';
    },
  ],
  [
    'editActiveExecutionPlan',
    async (plans, request) => {
      await plans.edit(required(request, 'executionPlan'), required(request, 'name', 'planName'));
      return 'true';
    },
  ],
  [
    'undeployActiveExecutionPlan',
    async (plans, request) => {
      await plans.undeploy(required(request, 'planName', 'name'));
      return 'true';
    },
  ],
  [
    'getActiveExecutionPlan',
    async (plans, request) => {
      const name = required(request, 'planName', 'name');
      const text = plans.active(name);
      if (text === undefined) throw new PlanError(1, `there is no execution plan ${name}`);
      return text;
    },
  ],
]);

/** `success`, or what is wrong, as text: no fault (wire.md 5.13). */
const validity = (text: string): string => {
  try {
    checkedPlan(text);
    return 'success';
  } catch (cause) {
    if (cause instanceof PlanError) return cause.message;
    throw cause;
  }
};

/** An argument under the first of these names that is there; stubs of different versions differ. */
const required = (request: SoapRequest, ...names: readonly string[]): string => {
  const text = names.map((name) => request.argument(name)).find((value) => value !== undefined);
  if (text === undefined) throw new PlanError(1, `the argument ${names[0]} is missing`);
  return text;
};

const answer = ({ version, operation }: SoapRequest, result: string): Answer =>
  soapAnswer(
    version,
    `<ns:${operation}Response xmlns:ns="${NAMESPACE}"><ns:return>${escapeXml(result)}</ns:return></ns:${operation}Response>`,
  );
