import { CACHE_LIFE, type Reach } from '../../product/invalidation.ts';
import { Mismatch } from '../hops.ts';
import { inWords } from '../journey/call-api.ts';
import type { Watched } from './watch-gateway.ts';

type Finding = { readonly value: undefined; readonly detail: string; readonly ms: number };

/**
 * What a watch means: a gateway that has learnt passes whoever is told; one that has not passes where the product itself leaves
 * a hole, and then the finding says so.
 * @param anyLearnt whether any gateway of the lab has
 * @throws Mismatch
 */
export const judge = ({ learntAfter, stale, last }: Watched, reach: Reach, anyLearnt: boolean): Finding => {
  if (learntAfter !== undefined) {
    const detail = `answers ${inWords(last)}; ${inCalls(stale)} by the cache after the change was acknowledged`;
    return { value: undefined, detail, ms: learntAfter };
  }
  if (reach === 'no gateway' || (reach === 'one gateway' && anyLearnt)) {
    const told = reach === 'no gateway' ? 'no gateway is told' : 'one gateway is told, and it was another';
    const detail = `as documented: ${told}, so this one stays stale up to ${CACHE_LIFE} s; ${inCalls(stale)} by its cache`;
    return { value: undefined, detail, ms: 0 };
  }
  throw new Mismatch(`expected the gateway to learn of it, got ${inWords(last)} after ${stale} calls by its cache`);
};

/** What a gateway without caches makes of a token that the Key Manager goes on calling valid. */
export const judgeUncached = ({ last }: Watched): Finding => ({
  value: undefined,
  detail: `answers ${inWords(last)}: it caches nothing, and asks the Key Manager, which leaves the token valid`,
  ms: 0,
});

const inCalls = (count: number): string =>
  `${count === 0 ? 'no call' : count === 1 ? 'one call' : `${count} calls`} went`;
