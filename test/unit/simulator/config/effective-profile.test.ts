import { describe, expect, it } from 'vitest';
import { effectiveProfile } from '../../../../compose/wso2am/server/config/effective-profile.ts';
import { systemPropertiesOf } from '../../../../compose/wso2am/server/config/system-properties.ts';
import { ROLE_FACTS, ROLES } from '../../../../lab/product/roles.ts';
import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';
import { load } from './deployment.ts';

const profileOf = (server_role: string, args: readonly string[], previousStart: boolean, version: Version = '3.0.0') =>
  effectiveProfile(load({ server: { node_ip: '127.0.0.1', server_role } }, { version }), {
    systemProperties: systemPropertiesOf(args),
    previousStart,
  });

describe('the profile of a node', () => {
  it.each(ROLES)('is the one of -Dprofile: %s', (role) => {
    const profile = ROLE_FACTS[role].profile ?? 'default';

    expect(profileOf('default', [`-Dprofile=${profile}`], false)).toEqual({ profile, role });
  });

  it("is everything in the first start without -Dprofile, and its role's in the second", () => {
    expect(profileOf('traffic-manager', [], false)).toEqual({ profile: 'default', role: 'all-in-one' });
    expect(profileOf('traffic-manager', [], true)).toEqual({ profile: 'traffic-manager', role: 'traffic-manager' });
  });

  it('is that of the command line, whatever the role says', () => {
    expect(profileOf('traffic-manager', ['-Dprofile=gateway-worker'], true).role).toBe('gateway');
  });

  it.each(VERSIONS)('stays everything for a role that %s does not know', (version) => {
    const unknown = version === '3.0.0' ? 'api-devportal' : 'api-store';

    expect(profileOf(unknown, [], true, version).role).toBe('all-in-one');
  });

  it('must exist: neither gateway-manager nor api-store does, not even as the role of 3.0.0', () => {
    expect(() => profileOf('default', ['-Dprofile=gateway-manager'], false)).toThrow(
      'OSGi runtime gateway-manager profile not found',
    );
    expect(() => profileOf('api-store', [], true)).toThrow('OSGi runtime api-store profile not found');
  });
});

describe('system properties of a command line', () => {
  it('are its -D arguments; one without a value is true, the last of two wins', () => {
    expect(
      systemPropertiesOf(['--optimize', '-Dprofile=x', '-DencryptSecrets', '-Da=b=c', '-Dprofile=y', 'D=1']),
    ).toEqual({
      profile: 'y',
      encryptSecrets: 'true',
      a: 'b=c',
    });
  });
});
