import type { HopRecorder } from './hops.ts';

type Step = { readonly what: string; readonly at: string; readonly undo: () => Promise<void> };

/** What a probe has made in a lab and must remove again. */
export class Undo {
  readonly #steps: Step[] = [];

  /** `what` was made at a node: `API /probe`, `pub-1`. @returns the way to say that it is gone already */
  later(what: string, at: string, undo: () => Promise<void>): () => void {
    const step = { what, at, undo };
    this.#steps.push(step);
    return () => void this.#steps.splice(this.#steps.indexOf(step), 1);
  }

  /** Removes everything, the latest first; what cannot be removed is a failed hop and keeps nothing else from it. */
  async all(recorder: HopRecorder): Promise<void> {
    for (const { what, at, undo } of this.#steps.splice(0).reverse()) {
      await recorder.hop({
        name: 'clean up',
        from: 'probe',
        to: at,
        work: async () => {
          await undo();
          return { value: undefined, detail: `${what} removed` };
        },
      });
    }
  }
}
