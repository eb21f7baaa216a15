import type { BlockRenderer } from './block.ts';

/** `[apim.cors]`: the defaults, spelt out for people to change (configuration.md 5.8). Credentials with `*` would be invalid. */
export const renderCors: BlockRenderer = () => [
  {
    path: 'apim.cors',
    comment: 'Answers to preflight requests',
    content: {
      allow_origins: '*',
      allow_methods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'],
      allow_headers: ['authorization', 'Access-Control-Allow-Origin', 'Content-Type', 'SOAPAction'],
      allow_credentials: false,
    },
  },
];
