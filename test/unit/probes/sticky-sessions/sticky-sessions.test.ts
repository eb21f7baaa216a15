import { describe, expect, it } from 'vitest';
import type { LabStatus } from '../../../../lab/engine/lab-status.ts';
import { HopRecorder } from '../../../../lab/probes/hops.ts';
import { balancedGroups } from '../../../../lab/probes/sticky-sessions/balanced-groups.ts';
import { Browser } from '../../../../lab/probes/sticky-sessions/browser.ts';
import { stickySessions } from '../../../../lab/probes/sticky-sessions/sticky-sessions.ts';
import type { Role } from '../../../../lab/product/roles.ts';
import type { Version } from '../../../../lab/product/versions.ts';

const statusOf = (roles: readonly Role[], version: Version = '3.0.0', balanced = true): LabStatus => ({
  lab: 'sample',
  version,
  topology: '/sample.yaml',
  nodes: roles.map((role, index) => ({
    name: `n-${index}`,
    role,
    image: 'image',
    hostname: `n-${index}.sample.test`,
    address: '10.0.0.1',
    offset: 0,
    urls: { https: `https://localhost:${20_000 + index}` },
    state: 'running',
    health: 'healthy',
    memoryBytes: null,
  })),
  parts: [],
  environments: [],
  network: 'apim-sample_lab',
  endpoints: balanced ? Object.fromEntries(roles.map((role) => [role, { https: `https://localhost:${role}` }])) : {},
  trust: { caFile: '', trustStore: '', trustStorePassword: '' },
  credentials: { username: 'admin', password: 'admin' },
});

const twice = (...roles: readonly Role[]): readonly Role[] => [...roles, ...roles];

const unreachable = (): never => {
  throw new Error('nothing is to be asked');
};

describe('groups that need stickiness', () => {
  it('are the pairs behind the load balancer, with their members', () => {
    const groups = balancedGroups(statusOf(['publisher', 'publisher', 'developer-portal', 'gateway']));
    expect(groups).toMatchObject([
      {
        role: 'publisher',
        balancer: { origin: 'https://localhost:publisher' },
        members: [{ name: 'n-0' }, { name: 'n-1' }],
      },
    ]);
  });

  it('are Key and Traffic Managers since 3.1.0 only', () => {
    const roles = twice('key-manager', 'traffic-manager', 'gateway');
    const found = (version: Version) => balancedGroups(statusOf(roles, version)).map(({ role }) => role);
    expect(found('3.0.0')).toEqual(['gateway']);
    expect(found('3.1.0')).toEqual(['key-manager', 'traffic-manager', 'gateway']);
  });

  it.each([
    ['single nodes', statusOf(['publisher', 'developer-portal'])],
    ['no load balancer', statusOf(twice('publisher'), '3.0.0', false)],
  ])('are missing with %s: the probe proves nothing and says so', async (_what, status) => {
    const recorder = new HopRecorder();
    await stickySessions({ status, http: unreachable }, recorder);
    expect(recorder.hops).toMatchObject([{ verdict: 'unknown', detail: expect.stringContaining('not tried') }]);
  });
});

describe('the browser of the probe', () => {
  it('sends a cookie below its path only, and follows absolute URLs to where it began', async () => {
    const asked: (readonly [string, string | undefined])[] = [];
    const browser = new Browser(async ({ url, headers }) => {
      asked.push([url, headers?.Cookie]);
      return { status: 200, headers: { 'set-cookie': ['a=1==; Path=/x/; Secure', 'b=2; path=/'] }, body: '' };
    }, 'https://localhost:1');
    await browser.get('/x');
    await browser.get('https://publisher.lab.test/x/y?z=1');
    await browser.get('/xy');
    expect(asked).toEqual([
      ['https://localhost:1/x', undefined],
      ['https://localhost:1/x/y?z=1', 'a=1==; b=2'],
      ['https://localhost:1/xy', 'b=2'],
    ]);
    expect(browser.cookie('a', '/x/')).toBe('1==');
  });
});
