import type { Answer } from '../../carbon/web.ts';

/** Sends the browser on. @param location ASCII without blanks */
export const redirect = (location: string): Answer => ({ status: 302, headers: { Location: location } });
