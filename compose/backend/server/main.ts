import { createBackend } from './create-backend.ts';

/** The running back end, on the port that the environment says. */
export const backend = createBackend().listen(Number(process.env.PORT ?? 8080));
