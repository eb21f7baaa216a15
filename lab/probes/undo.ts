import type { HopRecorder } from './hops.ts';

type Step = { readonly what: string; readonly at: string; readonly undo: () => Promise<void> };

/** What a probe has made in a lab and must remove again. */
export class Undo {
  readonly #steps: Step[] = [];

  /** `what` was made at a node: `API /probe`, `pub-1`. */
  later(what: string, at: string, undo: () => Promise<void>): void {
    this.#steps.push({ what, at, undo });
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
