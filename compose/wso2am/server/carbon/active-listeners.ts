import { type Listener, listenersOf } from '../../../../lab/product/ports.ts';
import type { Role } from '../../../../lab/product/roles.ts';
import type { Configuration } from '../config/configuration.ts';

/** The listeners a node opens: those of its role, but for a receiver that is switched off (configuration.md 2.4, 5.2). */
export const activeListeners = (
  role: Role,
  configuration: Configuration,
  systemProperties: Readonly<Record<string, string>>,
): readonly Listener[] => {
  const receiver =
    systemProperties['disable.receiver'] !== 'true' && configuration.flag('transport.binary.receiver.enable');
  return listenersOf(role, configuration.version).filter((listener) => receiver || !listener.startsWith('databridge'));
};
