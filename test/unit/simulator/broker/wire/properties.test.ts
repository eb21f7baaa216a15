import { describe, expect, it } from 'vitest';
import { decodeProperties, encodeProperties } from '../../../../../compose/wso2am/server/broker/wire/properties.ts';
import { Malformed } from '../../../../../lab/product/amqp/malformed.ts';

describe('properties of a message', () => {
  it('have the flags of the specification, from bit 15 down', () => {
    expect(encodeProperties({ contentType: 'a', deliveryMode: 2, clusterId: 'b' }).toString('hex')).toBe(
      '9004' + '0161' + '02' + '0162',
    );
  });

  it('come back as they were written', () => {
    const properties = {
      contentType: 'amqp/map',
      contentEncoding: 'utf-8',
      headers: new Map([['JMS_QPID_DESTTYPE', 2]]),
      deliveryMode: 2,
      priority: 4,
      correlationId: 'c',
      replyTo: 'r',
      expiration: '0',
      messageId: 'ID:1',
      timestamp: 1_600_000_000_000,
      type: 't',
      userId: 'admin',
      appId: 'a',
      clusterId: 'l',
    };
    expect(decodeProperties(encodeProperties(properties))).toEqual(properties);
    expect(decodeProperties(encodeProperties({}))).toEqual({});
  });

  it.each(['0001', '0002', '8000', '80000561'])('are refused with the bytes %s', (hex) => {
    expect(() => decodeProperties(Buffer.from(hex, 'hex'))).toThrow(Malformed);
  });
});
