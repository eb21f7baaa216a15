import type { Fault } from '../gateway/fault.ts';

/** The answer to a call that the product would serve and the simulator cannot. */
export const notSimulatedFault = (what: string): Fault => ({
  status: 501,
  code: 501,
  message: 'Not Implemented',
  description: `The simulator does not simulate ${what}`,
});
