import { PROCESSED_ATTRIBUTES, REQUEST_ATTRIBUTES, STREAMS } from '../streams.ts';
import { DATA_UNITS, type Quota } from './policy.ts';
import { siddhiText } from './siddhi-text.ts';

export type PlanText = {
  readonly name: string;
  /** A SiddhiQL condition: which events are counted. */
  readonly eligible: string;
  /** A SiddhiQL expression: what they are counted by. */
  readonly key: string;
  readonly quota: Quota;
  /** Base64, for resource plans: the decision carries it to the gateways. */
  readonly evaluatedConditions?: string;
};

/** An execution plan that counts by a key: pick, count, tell (wire.md 5.5). @throws PolicyError */
export const countingPlan = ({ name, eligible, key, quota, evaluatedConditions }: PlanText): string => {
  const conditions = evaluatedConditions === undefined ? '' : ', evaluatedConditions';
  const constant =
    evaluatedConditions === undefined ? '' : `, ${siddhiText(evaluatedConditions)} as evaluatedConditions`;
  return planAround(
    name,
    evaluatedConditions !== undefined,
    `from RequestStream
select messageID, (${eligible}) as isEligible, ${key} as throttleKey, propertiesMap${constant}
insert into EligibilityStream;

from EligibilityStream[isEligible == true]#throttler:timeBatch(${quota.unitTime} ${quota.timeUnit}, 0)
select throttleKey, (${usedUp(quota)}) as isThrottled, expiryTimeStamp${conditions}
group by throttleKey
insert all events into ResultStream;`,
  );
};

/** The frame of every counting plan: the streams in and out, and the query that tells of changes only. */
export const planAround = (name: string, conditional: boolean, queries: string): string =>
  `@Plan:name(${siddhiText(name)})
@Plan:description(${siddhiText(`Counts requests for ${name}`)})

@Import('${STREAMS.processed}')
define stream RequestStream (${defined(PROCESSED_ATTRIBUTES)});

@Export('${conditional ? STREAMS.conditionalThrottle : STREAMS.globalThrottle}')
define stream GlobalThrottleStream (throttleKey string, isThrottled bool, expiryTimeStamp long${
    conditional ? ', evaluatedConditions string' : ''
  });

${queries}

from ResultStream#throttler:emitOnStateChange(throttleKey, isThrottled)
select *
insert into GlobalThrottleStream;
`;

/** The plan every event goes through first: it makes a map of the JSON in `properties`. */
export const preProcessorPlan = (name: string): string => {
  const columns = PROCESSED_ATTRIBUTES.map((attribute) =>
    attribute === 'propertiesMap' ? 'map:createFromJSON(properties) as propertiesMap' : attribute,
  );
  return `@Plan:name(${siddhiText(name)})
@Plan:description('Prepares requests for the plans that count them')

@Import('${STREAMS.request}')
define stream PreRequestStream (${defined(REQUEST_ATTRIBUTES)});

@Export('${STREAMS.processed}')
define stream RequestStream (${defined(PROCESSED_ATTRIBUTES)});

from PreRequestStream
select ${columns.join(', ')}
insert into RequestStream;
`;
};

const defined = (attributes: readonly string[]): string =>
  attributes.map((name) => `${name} ${name === 'propertiesMap' ? 'object' : 'string'}`).join(', ');

const usedUp = (quota: Quota): string =>
  quota.type === 'requestCount'
    ? `count(messageID) >= ${siddhiNumber(quota.requestCount)}`
    : `sum(cast(map:get(propertiesMap, 'messageSize'), 'long')) >= ${siddhiNumber(quota.dataAmount * DATA_UNITS[quota.dataUnit])}`;

/** Beyond 32 bits a number must say that it is a LONG. */
const siddhiNumber = (number: number): string => (number < 2 ** 31 ? String(number) : `${number}L`);
