import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { judge, judgeUncached } from '../../../lab/probes/cache-invalidation/judge.ts';
import { watchGateway } from '../../../lab/probes/cache-invalidation/watch-gateway.ts';
import { Mismatch } from '../../../lab/probes/hops.ts';
import { httpClient } from '../../../lab/probes/http-client.ts';
import { INVALIDATION_WAY, type Reach, reachOf } from '../../../lab/product/invalidation.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { listenOnLoopback } from '../simulator/loopback-server.ts';

const answer = (status: number, code?: number) => ({ status, code, retryAt: undefined, at: 0 });
const refused = { learntAfter: 12, stale: 2, last: answer(401, 900901) };
const stale = { learntAfter: undefined, stale: 40, last: answer(200) };

describe('what a watch of a gateway means', () => {
  it.each(['every gateway', 'one gateway', 'no gateway'] as const)(
    'passes a gateway that has learnt, where %s is told',
    (reach) => {
      expect(judge(refused, reach, true)).toMatchObject({
        ms: 12,
        detail: 'answers 401 900901; 2 calls went by the cache after the change was acknowledged',
      });
    },
  );

  it('says that the version leaves a hole where nobody is told, instead of passing silently', () => {
    expect(judge(stale, 'no gateway', false).detail).toContain('as documented: no gateway is told');
    expect(judge(stale, 'no gateway', false).detail).toContain('900 s');
  });

  it('says that another gateway was told, where one is', () => {
    expect(judge(stale, 'one gateway', true).detail).toContain('it was another');
  });

  it.each<[Reach, boolean]>([
    ['every gateway', true],
    ['every gateway', false],
    ['one gateway', false],
  ])('fails a gateway that goes on by its cache where %s is told (another has learnt: %s)', (reach, anyLearnt) => {
    expect(() => judge(stale, reach, anyLearnt)).toThrow(Mismatch);
  });
});

describe('a gateway that caches nothing', () => {
  it('may accept what the Key Manager leaves valid', () => {
    expect(judgeUncached(stale).detail).toContain('answers 200: it caches nothing');
  });
});

describe('watching a gateway', () => {
  const gatewayAnswering = async (statuses: readonly number[]) => {
    let calls = 0;
    const server = createServer((_request, response) => {
      response.statusCode = statuses[Math.min(calls, statuses.length - 1)] ?? 500;
      calls += 1;
      response.end();
    });
    return { to: 'gw-1', origin: `http://127.0.0.1:${await listenOnLoopback(server)}`, direct: true };
  };
  const watch = (limit: number) => {
    const since = Date.now();
    const hasLearnt = ({ status }: { status: number }) => status === 401;
    return { path: '/', shown: 't', hasLearnt, since, deadline: () => since + limit };
  };

  it('counts the calls that passed before the first refusal', async () => {
    const gateway = await gatewayAnswering([200, 200, 401]);
    const seen = await watchGateway(httpClient('', 1_000), gateway, watch(10_000));
    expect(seen).toMatchObject({ stale: 2, last: { status: 401 } });
    expect(seen.learntAfter).toBeGreaterThanOrEqual(0);
  });

  it('ends at its deadline when nothing changes', async () => {
    const gateway = await gatewayAnswering([200]);
    const seen = await watchGateway(httpClient('', 1_000), gateway, watch(0));
    expect(seen).toMatchObject({ learntAfter: undefined, stale: 1, last: { status: 200 } });
  });
});

describe('the table of who is told', () => {
  it('has no version in which a revoked access token reaches less than every gateway', () => {
    for (const version of VERSIONS) expect(reachOf('token revoked', version)).toBe('every gateway');
  });

  it('has calls of single gateways in 3.0.0 alone, and events on caches in later versions alone', () => {
    for (const ways of Object.values(INVALIDATION_WAY)) {
      expect(ways['3.0.0']).not.toBe('topic cacheInvalidation');
      expect([ways['3.1.0'], ways['3.2.0']]).not.toContain('APIAuthenticationService');
    }
  });

  it('has no gateway learn of a blocked subscription, and of a deleted user only one in 3.0.0', () => {
    expect(VERSIONS.map((version) => reachOf('user deleted', version))).toEqual([
      'one gateway',
      'every gateway',
      'every gateway',
    ]);
    expect(VERSIONS.map((version) => reachOf('subscription blocked', version))).toEqual(Array(3).fill('no gateway'));
  });
});
