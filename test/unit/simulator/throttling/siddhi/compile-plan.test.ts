import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../../compose/wso2am/server/throttling/siddhi/compile-plan.ts';
import { PlanError } from '../../../../../compose/wso2am/server/throttling/siddhi/plan-error.ts';
import { PropertiesMap } from '../../../../../compose/wso2am/server/throttling/siddhi/properties-map.ts';

/** A plan of an administrator's own taste: comments, mixed case, odd breaks. */
const FREE_HAND = `
-- counts per user
@Plan:name("global_PerUser")
@Plan:description( 'Per user' ) /* several
lines */
@Import('org.wso2.throttle.processed.request.stream:1.0.0')
DEFINE STREAM RequestStream (messageID string, userId string, apiContext string, propertiesMap object);
@Export('org.wso2.throttle.globalThrottle.stream:1.0.0') define stream GlobalThrottleStream (throttleKey string,
  isThrottled bool, expiryTimeStamp long);
From RequestStream
  Select messageID, NOT (userId == 'guest') and regex:find('^/pizza', apiContext) As isEligible,
         str:concat( userId , ":", apiContext ) as throttleKey Insert Into EligibilityStream;
@info(name = 'count')
FROM EligibilityStream [ isEligible == true ] # throttler:timeBatch ( 1 hour 30 min , 0 )
select throttleKey, (count(messageID) >= 3) as isThrottled, expiryTimeStamp group by throttleKey
INSERT ALL EVENTS into ResultStream;
from ResultStream#throttler:emitOnStateChange(throttleKey, isThrottled) select * insert into GlobalThrottleStream`;

const throttling = (text: string) => {
  const plan = compilePlan(text);
  if (plan.kind !== 'throttle') throw new Error('no plan that throttles');
  return plan;
};

const errorOf = (text: string): string => {
  try {
    compilePlan(text);
  } catch (cause) {
    if (cause instanceof PlanError) return cause.message;
    throw cause;
  }
  return 'understood';
};

const [before = '', after = ''] = FREE_HAND.split('(count(messageID) >= 3)');
const withState = (expression: string): string => `${before}${expression}${after}`;

describe('an execution plan', () => {
  it('is understood in any formatting', () => {
    const plan = throttling(FREE_HAND);
    const row = { messageID: '1', userId: 'ann', apiContext: '/pizzashack/1.0.0', propertiesMap: null };

    expect(plan).toMatchObject({
      name: 'global_PerUser',
      input: 'org.wso2.throttle.processed.request.stream:1.0.0',
      output: 'org.wso2.throttle.globalThrottle.stream:1.0.0',
      window: { length: 5_400_000, start: 0 },
      releases: true,
    });
    expect(plan.group(row)).toBe('ann:/pizzashack/1.0.0');
    expect([row, { ...row, userId: 'guest' }, { ...row, apiContext: '/x' }].map(plan.accepts)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    [2, 0, false],
    [3, 0, true],
  ])('compares the count with its limit: %i', (total, expiry, expected) => {
    expect(throttling(FREE_HAND).isThrottled({}, { total, expiry })).toBe(expected);
  });

  it.each([
    ['an equal long', "cast(map:get(propertiesMap, 'ip'), 'long') == 168430090L", true],
    ['null, which equals nothing', "map:get(propertiesMap, 'none') == map:get(propertiesMap, 'none')", false],
    ['null, which differs from nothing either', "map:get(propertiesMap, 'none') != 'x'", false],
    ['a text with a number', "map:get(propertiesMap, 'ip') == '168430090'", false],
    ['a number cast to text', "cast(map:get(propertiesMap, 'ip'), 'string') == '168430090'", true],
    ['a pattern in nothing', "regex:find('.*', cast(map:get(propertiesMap, 'none'), 'string'))", false],
    ['and before or', 'true or false and false', true],
    ['not not', 'not not true', true],
  ])('evaluates %s', (_what, condition, expected) => {
    const plan = throttling(
      FREE_HAND.replace("NOT (userId == 'guest') and regex:find('^/pizza', apiContext)", condition),
    );

    expect(plan.accepts({ propertiesMap: new PropertiesMap('{"ip":168430090}') })).toBe(expected);
  });

  it.each([
    [
      'an unknown character',
      FREE_HAND.replace('throttleKey Insert', 'throttleKey ~ Insert'),
      /^line 12: unexpected "~"/,
    ],
    ['a text that is not closed', FREE_HAND.replace("'guest'", "'guest"), /^line 11: unexpected/],
    ['no name', FREE_HAND.replace('@Plan:name("global_PerUser")', ''), /no name/],
    ['no export', FREE_HAND.replace('@Export', '@Import'), /exports no stream/],
    ['a trigger', `${FREE_HAND};\ndefine trigger T at 'start';`, /^line 18: expected .* found define$/],
    ['an unknown attribute', FREE_HAND.replace("userId == 'guest'", "user == 'guest'"), /^line 11: .* attribute user$/],
    ['an unknown function', FREE_HAND.replace('str:concat(', 'str:reverse('), /^line 12: .* str:reverse is not/],
    [
      'too few arguments',
      FREE_HAND.replace("'^/pizza', apiContext", "'^/pizza'"),
      /^line 11: regex:find does not take 1/,
    ],
    ['a broken pattern', FREE_HAND.replace("'^/pizza'", "'^('"), /^line 11: the pattern of regex:find/],
    ['another window', FREE_HAND.replace('throttler:timeBatch', 'window:length'), /^line 14: .* window:length is not/],
    ['a window of no length', FREE_HAND.replace('1 hour 30 min', '0 min'), /^line 14: throttler:timeBatch takes/],
    ['a window of a length that varies', FREE_HAND.replace('1 hour 30 min', 'userId'), /constant times only/],
    ['a number without a unit', FREE_HAND.replace('30 min', '30'), /^line 14: expected a unit of time/],
    ['nothing counted', withState('true'), /one count or sum, found 0/],
    ['two things counted', withState('(count(messageID) >= sum(messageID))'), /one count or sum, found 2/],
    [
      'no emitOnStateChange',
      FREE_HAND.replace('#throttler:emitOnStateChange(throttleKey, isThrottled)', ''),
      /must come/,
    ],
    ['no group', FREE_HAND.replace('group by throttleKey', ''), /^line 14: a window must be grouped/],
    [
      'a stream from nowhere',
      FREE_HAND.replace('FROM EligibilityStream', 'FROM Elsewhere'),
      /^line 14: nothing flows into/,
    ],
    ['a circle', FREE_HAND.replace('From RequestStream', 'From EligibilityStream'), /made of itself/],
    ['two sources', `${FREE_HAND};\nfrom RequestStream select * insert into ResultStream;`, /^line 18: a second query/],
    ['more than anybody needs', `${FREE_HAND};${';'.repeat(10_000)}`, /too large/],
    ['brackets without end', FREE_HAND.replace("'guest'", '('.repeat(10_000)), /too large/],
  ])('with %s is refused', (_what, text, message) => {
    expect(errorOf(text)).toMatch(message);
  });
});
