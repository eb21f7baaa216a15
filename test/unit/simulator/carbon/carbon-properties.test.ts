import { describe, expect, it } from 'vitest';
import { hasStartedBefore, writeCarbonProperties } from '../../../../compose/wso2am/server/carbon/carbon-properties.ts';
import { load } from '../config/deployment.ts';
import { temporaryHome } from './temporary-home.ts';

describe('carbon.properties', () => {
  it('tell a second start from the first', () => {
    const home = temporaryHome();
    expect(hasStartedBefore(home)).toBe(false);

    writeCarbonProperties(home, load());

    expect(hasStartedBefore(home)).toBe(true);
  });

  it('are left out silently in a home that does not take them', () => {
    expect(() => writeCarbonProperties('/nowhere', load())).not.toThrow();
  });
});
