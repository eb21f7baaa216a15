import { STATUS_CODES } from 'node:http';
import type { Answer } from './web.ts';

/** The page Tomcat shows for what no webapp answers: unknown paths, refused methods, malformed requests. */
export const tomcatPage = (status: number, description: string, headers: Answer['headers'] = {}): Answer => {
  const title = `HTTP Status ${status} – ${STATUS_CODES[status] ?? ''}`;
  return {
    status,
    headers: { 'Content-Type': 'text/html;charset=utf-8', 'Content-Language': 'en', ...headers },
    body: `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1><p>${description}</p></body></html>`,
  };
};
