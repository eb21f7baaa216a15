import { HOT_DEPLOYMENT_INTERVAL } from '../../product/hot-deployment.ts';
import type { HttpAnswer, HttpClient } from '../http-client.ts';
import { type Patience, until } from '../until.ts';

/** A gateway that did not deploy an API itself finds it within one scan; the second is for a busy machine. */
const PATIENCE: Patience = { limit: 2 * HOT_DEPLOYMENT_INTERVAL, interval: 50 };

/** Waits until whoever answers this URL asks for a token: it knows the API. @throws Mismatch, NoAnswer */
export const untilServed = (http: HttpClient, url: string): Promise<HttpAnswer> =>
  untilStatus(401, () => http({ url }));

/** Waits until this URL answers whoever has the token: the subscription is known as well. @throws Mismatch, NoAnswer */
export const untilCalled = (http: HttpClient, url: string, token: string): Promise<HttpAnswer> =>
  untilStatus(200, () => http({ url, headers: { Authorization: `Bearer ${token}` } }));

/** Waits until nobody knows this URL any more. @throws Mismatch, NoAnswer */
export const untilGone = (http: HttpClient, url: string): Promise<HttpAnswer> => untilStatus(404, () => http({ url }));

const untilStatus = (status: number, ask: () => Promise<HttpAnswer>): Promise<HttpAnswer> =>
  until(
    `status ${status}`,
    PATIENCE,
    ask,
    (answer) => answer.status === status,
    (answer) => `${answer.status} ${answer.body.slice(0, 200).replace(/\s+/g, ' ')}`.trim(),
  );
