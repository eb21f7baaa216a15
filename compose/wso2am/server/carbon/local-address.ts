import { networkInterfaces } from 'node:os';

/** `carbon.local.ip`: the first IPv4 address of the node that others can reach, else loopback (configuration.md 3.4). */
export const localAddress = (): string => {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
};
