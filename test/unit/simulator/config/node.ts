import { portOffset } from '../../../../compose/wso2am/server/config/listener-port.ts';
import type { Properties } from '../../../../compose/wso2am/server/config/replace-properties.ts';
import { runtimeProperties } from '../../../../compose/wso2am/server/config/runtime-properties.ts';
import { listenersOf } from '../../../../lab/product/ports.ts';
import type { Role } from '../../../../lab/product/roles.ts';
import { load, type Surroundings, type Tables } from './deployment.ts';

/** A node of a role at 10.9.0.5 with its configuration and its run-time properties. */
export const nodeOf = (role: Role, tables: Tables = {}, around: Surroundings = {}) => {
  const configuration = load(tables, around);
  const systemProperties = around.systemProperties ?? {};
  const properties: Properties = runtimeProperties(configuration, {
    localIp: '10.9.0.5',
    offset: portOffset(configuration, systemProperties),
    listeners: listenersOf(role, configuration.version),
    systemProperties,
  });
  return { configuration, properties };
};
