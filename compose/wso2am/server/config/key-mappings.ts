/**
 * Keys that the product renames before anything else looks at them (configuration.md 4.6; `key-mappings.json` of
 * product-apim and carbon-kernel). The same in 3.0.0, 3.1.0 and 3.2.0.
 */
export const KEY_MAPPINGS: Readonly<Record<string, readonly string[]>> = {
  'transport.http.listener.port': ['transport.passthru_http.listener.parameters.port'],
  'transport.http.listener.secured_port': ['transport.passthru_https.listener.parameters.port'],
  'transport.http.listener.verify_client': ['transport.passthru_https.listener.parameters.SSLVerifyClient'],
  'transport.receiver.tcp_port': ['transport.thrift.receiver.tcpPort', 'transport.binary.receiver.tcpPort'],
  'transport.receiver.ssl_port': ['transport.thrift.receiver.sslPort', 'transport.binary.receiver.sslPort'],

  // Both end in one XML element, TokenCacheExpiry: the last one in the file wins.
  'apim.cache.km_token.expiry_time': ['apim.cache.token_expiry_time'],
  'apim.cache.gateway_token.expiry_time': ['apim.cache.token_expiry_time'],

  'apim.throttling.enable_persistence': ['event_processor.enable_persistence'],
  'apim.throttling.event_sync.hostname': ['event_processor.event_sync.hostname'],
  'apim.throttling.event_sync.port': ['event_processor.event_sync.port'],
  'apim.throttling.event_management.hostname': ['event_processor.event_management.hostname'],
  'apim.throttling.event_management.port': ['event_processor.event_management.port'],

  'apim.notification.from_address': ['output_adapter.email.from_address'],
  'apim.notification.username': ['output_adapter.email.username'],
  'apim.notification.password': ['output_adapter.email.password'],
  'apim.notification.hostname': ['output_adapter.email.hostname'],
  'apim.notification.port': ['output_adapter.email.port'],
  'apim.notification.enable_start_tls': ['output_adapter.email.enable_start_tls'],
  'apim.notification.enable_authentication': ['output_adapter.email.enable_authentication'],

  // The product's slip, kept: three quotes never pair up, so this key stops the render (see check-key-quotes.ts).
  'transport.http.max_message_size_bytes': ["passthru_http.''valid.max.message.size.in.bytes'"],

  'user_store.connection_url': ['user_store.properties.ConnectionURL'],
  'user_store.connection_name': ['user_store.properties.ConnectionName'],
  'user_store.connection_password': ['user_store.properties.ConnectionPassword'],
};
