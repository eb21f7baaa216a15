import { once } from 'node:events';
import type { Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { openReceiver, type Receiver } from '../../../../compose/wso2am/server/databridge/receiver/open-receiver.ts';
import type { StreamEvent } from '../../../../compose/wso2am/server/databridge/stream-definition.ts';
import { streamsOf } from '../../../../compose/wso2am/server/databridge/streams.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type RecordedLog, recordedLog } from './recorded-log.ts';

export type StartedReceiver = RecordedLog & {
  readonly receiver: Receiver;
  readonly clock: ManualClock;
  readonly events: StreamEvent[];
  readonly port: number;
  readonly tlsPort: number;
  /** Resolves when so many events have arrived in all. */
  arrived(count: number): Promise<void>;
};

export type StartOptions = {
  readonly authenticate?: (username: string, password: string) => Promise<boolean>;
  readonly onEvent?: (event: StreamEvent) => void;
  /** Of an earlier receiver, which this one replaces. */
  readonly ports?: { readonly port: number; readonly tlsPort: number };
};

/** A receiver of version 3.0.0 on loopback, for `admin`/`admin`, until the test is over. */
export const startReceiver = async (server: Credential, options: StartOptions = {}): Promise<StartedReceiver> => {
  const recorded = recordedLog();
  const clock = manualClock();
  const events: StreamEvent[] = [];
  let wake = (): void => undefined;
  const receiver = openReceiver({
    streams: streamsOf('3.0.0'),
    tls: { privateKey: server.key, chain: server.certificate },
    authenticate: options.authenticate ?? (async (username, password) => username === 'admin' && password === 'admin'),
    onEvent: (_, event) => {
      options.onEvent?.(event);
      events.push(event);
      wake();
    },
    log: recorded.log,
    clock,
  });
  const port = await listen(receiver.databridge, options.ports?.port);
  const tlsPort = await listen(receiver.databridgeTls, options.ports?.tlsPort);
  onTestFinished(async () => {
    const closed = receiver.close(1);
    clock.advance(1);
    await closed;
  });
  return {
    ...recorded,
    receiver,
    clock,
    events,
    port,
    tlsPort,
    arrived: async (count) => {
      while (events.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
  };
};

const listen = async (server: Server, port = 0): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
};
