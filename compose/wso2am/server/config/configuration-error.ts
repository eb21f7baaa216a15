/** A place in `deployment.toml`; both count from 1. */
export type Place = { readonly line: number; readonly column: number };

/**
 * What stops a node before it starts. The message has the product's own wording; the caller logs it under SEVERE "Error
 * while performing configuration changes" and exits with 1 (configuration.md 4.3).
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly place: Place | undefined;

  constructor(message: string, place?: Place) {
    super(message);
    this.place = place;
  }
}

/** The error of step 1: a text that is no TOML, or none that can be accepted. */
export const parsingError = (sentence: string, place: Place): ConfigurationError =>
  new ConfigurationError(
    `Error parsing deployment configuration: ${sentence} (line ${place.line}, column ${place.column})`,
    place,
  );
