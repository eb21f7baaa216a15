import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../../compose/wso2am/server/databridge/byte-reader.ts';
import { decodeEvent, UnknownStream } from '../../../../compose/wso2am/server/databridge/decode-event.ts';
import { encodeEvent } from '../../../../compose/wso2am/server/databridge/encode-event.ts';
import { MalformedMessage } from '../../../../compose/wso2am/server/databridge/malformed-message.ts';
import {
  isOfStream,
  type StreamDefinition,
  type StreamEvent,
} from '../../../../compose/wso2am/server/databridge/stream-definition.ts';
import { REVOCATION_3_0, streamsOf, THROTTLE_REQUEST } from '../../../../compose/wso2am/server/databridge/streams.ts';
import { THROTTLE_EVENT } from './sample-events.ts';

/** A stream with every type, in all three parts. */
const EVERY_TYPE: StreamDefinition = {
  id: 'every:1.0.0',
  meta: [
    ['text', 'STRING'],
    ['int', 'INT'],
  ],
  correlation: [
    ['long', 'LONG'],
    ['float', 'FLOAT'],
  ],
  payload: [
    ['double', 'DOUBLE'],
    ['yes', 'BOOL'],
    ['no', 'BOOL'],
    ['nothing', 'STRING'],
  ],
};

const EVENT: StreamEvent = {
  stream: EVERY_TYPE,
  timestamp: 1_600_000_000_000,
  meta: { text: 'Größe 😀', int: -2 },
  correlation: { long: 9_007_199_254_740_993n, float: 0.5 },
  payload: { double: -1.25, yes: true, no: false, nothing: null },
  arbitrary: new Map([
    ['__proto__', 'harmless'],
    ['', ''],
  ]),
};

const decode = (bytes: Buffer, ...streams: readonly StreamDefinition[]): StreamEvent =>
  decodeEvent(readBytes(bytes), new Map(streams.map((stream) => [stream.id, stream])));

describe('an event', () => {
  it('comes back with every type of value, and with its arbitrary pairs', () => {
    expect(decode(encodeEvent(EVENT), EVERY_TYPE)).toEqual(EVENT);
  });

  it('has its values in meta, correlation, payload order, big-endian, without names or types', () => {
    const bytes = encodeEvent({ ...EVENT, arbitrary: new Map([['k', 'vv']]) }).toString('hex');
    const after = bytes.slice(bytes.indexOf(Buffer.from('every:1.0.0').toString('hex')) + 22);

    expect(after).toBe(
      `0000000c${Buffer.from('Größe 😀').toString('hex')}fffffffe` +
        '00200000000000013f000000' +
        'bff4000000000000010000000000' +
        '000000016b000000027676',
    );
  });

  it('cannot tell an empty text from none', () => {
    const sent = { ...THROTTLE_EVENT, payload: { ...THROTTLE_EVENT.payload, apiTier: '' } };

    expect(decode(encodeEvent(sent), THROTTLE_EVENT.stream).payload.apiTier).toBeNull();
  });

  it('of a stream that is not known is refused by name', () => {
    expect(() => decode(encodeEvent(EVENT), REVOCATION_3_0)).toThrow(
      new UnknownStream('No StreamDefinition for streamId every:1.0.0 present in cache '),
    );
  });

  it('is of the stream by whose definition it was read', () => {
    const event = decode(encodeEvent(THROTTLE_EVENT), THROTTLE_REQUEST);

    expect(isOfStream(event, THROTTLE_REQUEST)).toBe(true);
    expect(isOfStream(event, REVOCATION_3_0)).toBe(false);
  });

  it('that ends anywhere too early is malformed', () => {
    const bytes = encodeEvent({ ...EVENT, arbitrary: new Map() });

    for (let length = 0; length < bytes.length; length += 1)
      expect(() => decode(bytes.subarray(0, length), EVERY_TYPE), `${length} bytes`).toThrow(MalformedMessage);
  });

  it('with a negative text length is malformed', () => {
    const bytes = encodeEvent(THROTTLE_EVENT);
    bytes.writeInt32BE(-1, 8);

    expect(() => decode(bytes, THROTTLE_EVENT.stream)).toThrow(MalformedMessage);
  });

  it.each([
    ['missing', {}, 'Attribute expiryTime is undefined, not LONG'],
    ['of another type', { expiryTime: 5 }, 'Attribute expiryTime is number, not LONG'],
  ])('is not made from a value that is %s', (_, wrong, message) => {
    const payload = { revokedToken: 't', ttl: '5000', ...wrong };
    const event: StreamEvent = { ...THROTTLE_EVENT, stream: REVOCATION_3_0, payload };

    expect(() => encodeEvent(event)).toThrow(new TypeError(message));
  });
});

describe('the streams of a version', () => {
  const idsOf = (version: Parameters<typeof streamsOf>[0]) => [...streamsOf(version).keys()];
  const namesOf = (version: Parameters<typeof streamsOf>[0], id: string) =>
    streamsOf(version)
      .get(id)
      ?.payload.map(([name]) => name);

  it('know cache invalidation from 3.1.0 and the event hub from 3.2.0 on', () => {
    expect(idsOf('3.0.0')).not.toContain('org.wso2.apimgt.cache.invalidation.stream:1.0.0');
    expect(idsOf('3.1.0')).toContain('org.wso2.apimgt.cache.invalidation.stream:1.0.0');
    expect(idsOf('3.1.0')).not.toContain('org.wso2.apimgt.notification.stream:1.0.0');
    expect(idsOf('3.2.0')).toContain('org.wso2.apimgt.notification.stream:1.0.0');
  });

  it('give blocking conditions an id from 3.1.0 on', () => {
    const id = 'org.wso2.blocking.request.stream:1.0.0';

    expect(namesOf('3.0.0', id)).toEqual(['blockingCondition', 'conditionValue', 'state', 'tenantDomain']);
    expect(namesOf('3.1.0', id)?.[0]).toBe('id');
    expect(namesOf('3.2.0', id)?.[0]).toBe('id');
  });

  it('give revoked tokens more attributes in 3.2.0', () => {
    const id = 'org.wso2.apimgt.token.revocation.stream:1.0.0';

    expect(namesOf('3.1.0', id)).toEqual(['revokedToken', 'ttl', 'expiryTime']);
    expect(namesOf('3.2.0', id)).toEqual(['eventId', 'revokedToken', 'ttl', 'expiryTime', 'type', 'tenantId']);
  });
});
