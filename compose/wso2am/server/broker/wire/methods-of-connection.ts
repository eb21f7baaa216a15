import { bit, long, longString, method, octet, short, shortString, table } from './field-codec.ts';

/** Classes `connection` and `channel` of AMQP 0-9-1, as far as the broker and its clients speak them. */
export const CONNECTION_METHODS = {
  connectionStart: method('connectionStart', 10, 10, {
    versionMajor: octet,
    versionMinor: octet,
    serverProperties: table,
    mechanisms: longString,
    locales: longString,
  }),
  connectionStartOk: method('connectionStartOk', 10, 11, {
    clientProperties: table,
    mechanism: shortString,
    response: longString,
    locale: shortString,
  }),
  connectionTune: method('connectionTune', 10, 30, { channelMax: short, frameMax: long, heartbeat: short }),
  connectionTuneOk: method('connectionTuneOk', 10, 31, { channelMax: short, frameMax: long, heartbeat: short }),
  connectionOpen: method('connectionOpen', 10, 40, {
    virtualHost: shortString,
    capabilities: shortString,
    insist: bit,
  }),
  connectionOpenOk: method('connectionOpenOk', 10, 41, { knownHosts: shortString }),
  connectionClose: method('connectionClose', 10, 50, {
    replyCode: short,
    replyText: shortString,
    classId: short,
    methodId: short,
  }),
  connectionCloseOk: method('connectionCloseOk', 10, 51, {}),
  channelOpen: method('channelOpen', 20, 10, { outOfBand: shortString }),
  channelOpenOk: method('channelOpenOk', 20, 11, { channelId: longString }),
  channelFlow: method('channelFlow', 20, 20, { active: bit }),
  channelFlowOk: method('channelFlowOk', 20, 21, { active: bit }),
  channelClose: method('channelClose', 20, 40, {
    replyCode: short,
    replyText: shortString,
    classId: short,
    methodId: short,
  }),
  channelCloseOk: method('channelCloseOk', 20, 41, {}),
} as const;
