import { ConfigurationError } from '../config/configuration-error.ts';
import type { Log } from './log.ts';
import { timestamp } from './log-format.ts';
import { StartFailure } from './start-failure.ts';

/** Says why a start failed, in the product's words where it has some; the first line of severity is the cause. */
export const reportFailure = (cause: unknown, log: (className: string) => Log): void => {
  if (cause instanceof ConfigurationError) {
    // The mapper runs before log4j and has a format of its own (configuration.md 4.3).
    process.stdout.write(
      `[${timestamp(new Date())}] SEVERE {org.wso2.carbon.server.Main} - Error while performing configuration changes\n` +
        `org.wso2.config.mapper.ConfigParserException: ${cause.message}\n`,
    );
  } else if (cause instanceof StartFailure) log(cause.className).fatal(cause.message);
  else log('org.wso2.carbon.core.init.CarbonServerManager').fatal('WSO2 Carbon initialization Failed', cause);
};
