import { describe, expect, it } from 'vitest';
import { startArguments } from '../../../../compose/wso2am/server/carbon/start-arguments.ts';

describe('the arguments of a start', () => {
  it('are system properties and switches; JVM options are passed over', () => {
    expect(startArguments(['-Xmx1024m', '-Dprofile=gateway-worker', '--optimize', '-DportOffset=2', 'start'])).toEqual({
      systemProperties: { profile: 'gateway-worker', portOffset: '2' },
      optimize: true,
      skipConfigOptimization: false,
    });
  });

  it('can be none', () => {
    expect(startArguments([])).toEqual({ systemProperties: {}, optimize: false, skipConfigOptimization: false });
  });
});
