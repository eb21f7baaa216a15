import { systemPropertiesOf } from '../config/system-properties.ts';

/** What the arguments of `wso2server.sh` ask for; JVM options and everything else unknown are passed over. */
export type StartArguments = {
  readonly systemProperties: Readonly<Record<string, string>>;
  /** `--optimize`: prunes the node for its profile first (configuration.md 2.2). */
  readonly optimize: boolean;
  /** `--skipConfigOptimization`: keeps `deployment.toml` while doing so; 3.1.0 and later. */
  readonly skipConfigOptimization: boolean;
};

export const startArguments = (args: readonly string[]): StartArguments => ({
  systemProperties: systemPropertiesOf(args),
  optimize: args.includes('--optimize'),
  skipConfigOptimization: args.includes('--skipConfigOptimization'),
});
