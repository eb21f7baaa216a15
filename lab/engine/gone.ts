import { dockerStatus } from './docker.ts';

/** Somebody else may be removing the same lab: what is gone (404) or going (409) is what was wanted. */
export const gone = async (removal: Promise<unknown>): Promise<void> => {
  try {
    await removal;
  } catch (error) {
    const status = dockerStatus(error);
    const going = status === 409 && /removal .* already in progress/.test(String(error));
    if (status !== 404 && !going) throw error;
  }
};
