/** A logger of one Java-style class name, e.g. `org.wso2.carbon.core.internal.StartupFinalizerServiceComponent`. */
export type Log = {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string, cause?: unknown): void;
  fatal(text: string, cause?: unknown): void;
};
