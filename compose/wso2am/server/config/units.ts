export type Unit = 'ms' | 's' | 'm' | 'h' | 'd';

/** Milliseconds in a unit, and its name in Java's `TimeUnit`, which the product's error prints. */
export const UNITS: Readonly<Record<Unit, { readonly milliseconds: number; readonly javaName: string }>> = {
  ms: { milliseconds: 1, javaName: 'MILLISECONDS' },
  s: { milliseconds: 1_000, javaName: 'SECONDS' },
  m: { milliseconds: 60_000, javaName: 'MINUTES' },
  h: { milliseconds: 3_600_000, javaName: 'HOURS' },
  d: { milliseconds: 86_400_000, javaName: 'DAYS' },
};

/**
 * The unit in which a template expects a duration (configuration.md 4.5; `unit-resolve.json` of carbon-apimgt and of the
 * kernel). The same in 3.0.0, 3.1.0 and 3.2.0.
 */
export const EXPECTED_UNITS: Readonly<Record<string, Unit>> = {
  'apim.cache.token_expiry_time': 's',
  'apim.cache.resource.expiry_time': 's',
  'apim.cache.jwt_claim.expiry_time': 's',
  'apim.cache.tags.expiry_time': 'ms',
  'apim.monetization.publish_duration': 'd',
  'apim.throttling.publisher.keep_alive_time': 's',
  'apim.throttling.blacklist_condition.start_delay': 'ms',
  'apim.throttling.blacklist_condition.period': 'ms',
  'apim.throttling.jms.start_delay': 'ms',
  'server.default_cache_timeout': 'm',
  'user_store.properties.ConnectionRetryDelay': 'ms',
  // Seconds in identity.xml; the product's default for the refresh token, "1d", relies on the conversion.
  'oauth.token_validation.authorization_code_validity': 's',
  'oauth.token_validation.user_access_token_validity': 's',
  'oauth.token_validation.app_access_token_validity': 's',
  'oauth.token_validation.refresh_token_validity': 's',
};
