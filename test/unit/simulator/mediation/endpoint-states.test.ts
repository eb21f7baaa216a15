import { describe, expect, it } from 'vitest';
import { endpointStates } from '../../../../compose/wso2am/server/mediation/endpoint-states.ts';
import { type EndpointArtifact, readEndpoint } from '../../../../compose/wso2am/server/synapse/endpoint-artifact.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { endpointXml } from '../synapse/sample-artifacts.ts';

const suspensionOf = (settings = ''): EndpointArtifact['suspension'] =>
  readEndpoint(endpointXml('e', 'http://backend', settings)).suspension;

const start = () => {
  let now = 0;
  const { lines, log } = recordedLog();
  const states = endpointStates(() => now, log(''));
  /** Milliseconds until the endpoint is free again, to the second. */
  const suspendedFor = (): number => {
    for (let seconds = 0; ; seconds += 1) {
      if (!states.isSuspended('e')) return seconds * 1000;
      now += 1000;
    }
  };
  return { states, suspendedFor, lines };
};

describe('suspension of an endpoint', () => {
  it('lasts 30 s after any failure, each time anew', () => {
    const { states, suspendedFor, lines } = start();
    states.failed('e', 101503, suspensionOf());
    expect(suspendedFor()).toBe(30_000);
    states.failed('e', 101505, suspensionOf());

    expect(suspendedFor()).toBe(30_000);
    expect(lines[0]).toBe('WARN Suspending endpoint : e - current suspend duration is : 30000ms');
  });

  it('grows by the factor up to the maximum, and begins anew after a success', () => {
    const { states, suspendedFor } = start();
    const suspension = suspensionOf(
      '<suspendOnFailure><initialDuration>10000</initialDuration><progressionFactor>2</progressionFactor><maximumDuration>30000</maximumDuration></suspendOnFailure>',
    );
    const durations = [1, 2, 3].map(() => {
      states.failed('e', 101503, suspension);
      return suspendedFor();
    });
    states.succeeded('e');
    states.failed('e', 101503, suspension);

    expect([...durations, suspendedFor()]).toEqual([10_000, 20_000, 30_000, 10_000]);
  });

  it('comes after as many time-outs as the file allows', () => {
    const { states } = start();
    const suspension = suspensionOf(
      '<markForSuspension><retriesBeforeSuspension>2</retriesBeforeSuspension></markForSuspension>',
    );
    const suspended = [1, 2, 3].map(() => {
      states.failed('e', 101504, suspension);
      return states.isSuspended('e');
    });

    expect(suspended).toEqual([false, false, true]);
  });

  it('is for the codes that the file names only', () => {
    const { states } = start();
    const suspension = suspensionOf('<suspendOnFailure><errorCodes>101503</errorCodes></suspendOnFailure>');
    states.failed('e', 101505, suspension);
    expect(states.isSuspended('e')).toBe(false);
    states.failed('e', 101503, suspension);

    expect(states.isSuspended('e')).toBe(true);
  });

  it('is one endpoint’s matter', () => {
    const { states } = start();
    states.failed('e', 101503, suspensionOf());

    expect(states.isSuspended('f')).toBe(false);
  });
});
