import { type Answer, json } from '../carbon/web.ts';

/** An error of the product's REST APIs, dynamic client registration included (wire.md 1.1, 7.3). */
export const restFault = (status: number, message: string, description: string): Answer =>
  json(status, { code: status, message, description, moreInfo: '', error: [] });
