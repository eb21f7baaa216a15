import { onTestFinished } from 'vitest';
import { type BrokerOptions, openBroker } from '../../../../compose/wso2am/server/broker/open-broker.ts';
import { listenOnLoopback } from '../loopback-server.ts';

/** A broker on a free loopback port until the test is over. It knows `admin` with the password `admin` and collects its warnings. */
export const startBroker = async (options: Partial<BrokerOptions> = {}) => {
  const warnings: string[] = [];
  const broker = openBroker({
    productVersion: '3.0.0',
    publisher: 'admin',
    authenticate: async (username, password) => username === 'admin' && password === 'admin',
    warn: (text) => warnings.push(text),
    ...options,
  });
  const port = await listenOnLoopback(broker.plainServer());
  onTestFinished(() => broker.close());
  return { broker, warnings, port, url: `amqp://admin:admin@127.0.0.1:${port}/%2Fcarbon` };
};
