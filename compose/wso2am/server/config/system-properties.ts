/**
 * System properties among the arguments of `wso2server.sh`: `-Dname=value`; `-Dname` alone means "true". Of two with one
 * name the later wins (carbon-kernel 4.5.1, server `Main`).
 */
export const systemPropertiesOf = (args: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    args
      .filter((arg) => arg.startsWith('-D'))
      .map((arg) => {
        const equals = arg.indexOf('=');
        return equals === -1 ? [arg.slice(2), 'true'] : [arg.slice(2, equals), arg.slice(equals + 1)];
      }),
  );
