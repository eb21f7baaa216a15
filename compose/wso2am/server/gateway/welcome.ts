import type { Answer } from '../carbon/web.ts';

/** `GET /` of a passthrough listener; health checks look for the heading (wire.md 9.1). */
export const WELCOME: Answer = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=UTF-8' },
  body: '<!doctype html><html lang="en"><head><title>API Manager</title></head><body><h1>Welcome to APIM</h1></body></html>',
};
