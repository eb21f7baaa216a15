import { describe, expect, it } from 'vitest';
import { upstreamFailure, upstreamFault } from '../../../../compose/wso2am/server/gateway/upstream-fault.ts';

const codeFor = (cause: unknown): number => upstreamFault(upstreamFailure(cause)).code;

describe('the code of a failed call', () => {
  it.each([
    ['ECONNREFUSED', 101503],
    ['ENOTFOUND', 101503],
    ['EHOSTUNREACH', 101503],
    ['ETIMEDOUT', 101508],
    ['ECONNRESET', 101505],
    ['HPE_INVALID_CONSTANT', 101506],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 101500],
  ])('for %s is %i', (code, expected) => {
    expect(codeFor(Object.assign(new Error('x'), { code }))).toBe(expected);
  });

  it('is that of the sender for anything else', () => {
    expect(codeFor(new Error('x'))).toBe(101500);
    expect(codeFor('x')).toBe(101500);
  });

  it('comes as 500 with the texts of synapse', () => {
    expect(upstreamFault('timeout')).toEqual({
      status: 500,
      code: 101504,
      message: 'Runtime Error',
      description: 'Send timeout',
    });
  });
});
