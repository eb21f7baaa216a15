import { describe, expect, it } from 'vitest';
import { endpointStates } from '../../../../compose/wso2am/server/mediation/endpoint-states.ts';
import { type EndpointArtifact, readEndpoint } from '../../../../compose/wso2am/server/synapse/endpoint-artifact.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { endpointXml } from '../synapse/sample-artifacts.ts';

const endpoint = (settings = ''): EndpointArtifact => readEndpoint(endpointXml('e', 'http://backend', settings));

const start = () => {
  let now = 0;
  const { lines, log } = recordedLog();
  const states = endpointStates(() => now, log(''));
  /** Milliseconds until an endpoint is ready again, to the second. */
  const suspendedFor = (suspended: EndpointArtifact): number => {
    for (let seconds = 0; ; seconds += 1) {
      if (states.isReady(suspended)) return seconds * 1000;
      now += 1000;
    }
  };
  return { states, suspendedFor, lines };
};

describe('suspension of an endpoint', () => {
  it('lasts 30 s after any failure, each time anew', () => {
    const { states, suspendedFor, lines } = start();
    const e = endpoint();
    states.failed(e, 101503);
    expect(suspendedFor(e)).toBe(30_000);
    states.failed(e, 101505);

    expect(suspendedFor(e)).toBe(30_000);
    expect(lines[0]).toBe('WARN Suspending endpoint : e - current suspend duration is : 30000ms');
  });

  it('grows by the factor up to the maximum, and begins anew after a success', () => {
    const { states, suspendedFor } = start();
    const e = endpoint(
      '<suspendOnFailure><initialDuration>10000</initialDuration><progressionFactor>2</progressionFactor><maximumDuration>30000</maximumDuration></suspendOnFailure>',
    );
    const durations = [1, 2, 3].map(() => {
      states.failed(e, 101503);
      return suspendedFor(e);
    });
    states.succeeded(e);
    states.failed(e, 101503);

    expect([...durations, suspendedFor(e)]).toEqual([10_000, 20_000, 30_000, 10_000]);
  });

  it('comes after as many time-outs as the file allows', () => {
    const { states } = start();
    const e = endpoint('<markForSuspension><retriesBeforeSuspension>2</retriesBeforeSuspension></markForSuspension>');
    const suspended = [1, 2, 3].map(() => {
      states.failed(e, 101504);
      return !states.isReady(e);
    });

    expect(suspended).toEqual([false, false, true]);
  });

  it('is for the codes that the file names only', () => {
    const { states } = start();
    const e = endpoint('<suspendOnFailure><errorCodes>101503</errorCodes></suspendOnFailure>');
    states.failed(e, 101505);
    expect(states.isReady(e)).toBe(true);
    states.failed(e, 101503);

    expect(states.isReady(e)).toBe(false);
  });

  it('of an endpoint that is only marked is as long as its retries have to wait', () => {
    const { states, suspendedFor } = start();
    const e = endpoint(
      '<markForSuspension><errorCodes>101503</errorCodes><retriesBeforeSuspension>1</retriesBeforeSuspension><retryDelay>5000</retryDelay></markForSuspension>',
    );
    states.failed(e, 101503);
    expect(suspendedFor(e)).toBe(5000);
    states.failed(e, 101503);

    expect(suspendedFor(e)).toBe(30_000);
  });

  it('is one endpoint’s matter, and one that is deployed anew is another', () => {
    const { states } = start();
    states.failed(endpoint(), 101503);

    expect(states.isReady(endpoint())).toBe(true);
  });
});
