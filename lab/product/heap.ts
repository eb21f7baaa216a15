/** Heap of the product images, MB (configuration.md 12). */
const IMAGE_HEAP = 1024;

/** MB in one of each unit that the topology allows. */
const UNITS: Readonly<Record<string, number>> = { k: 1 / 1024, m: 1, g: 1024 };

/** Megabytes of a size such as `512m` or `2g`. */
export const megabytes = (size: string): number =>
  Number.parseInt(size, 10) * (UNITS[size.slice(-1).toLowerCase()] ?? 1 / 1024 / 1024);

/**
 * JVM options for a product node with less memory than the image's heap needs: what the JVM takes beside the heap is about as
 * much again, and a container over its limit is killed. Undefined where the image's own heap fits.
 */
export const heapWithin = (memory: string): string | undefined => {
  const heap = Math.floor(megabytes(memory) / 2);
  return heap >= IMAGE_HEAP ? undefined : `-Xms${Math.min(heap, 256)}m -Xmx${heap}m`;
};

/** Memory that a product node needs at most with these JVM options: 2 GiB (configuration.md 13), or a larger heap and 1 GiB more. */
export const memoryAround = (jvmOptions: string | undefined): string => {
  const heap = Math.ceil(largestHeap(jvmOptions));
  return heap > IMAGE_HEAP ? `${heap + 1024}m` : '2g';
};

/** The largest heap, MB, that JVM options allow; the image's own without such an option. */
export const largestHeap = (jvmOptions = ''): number => {
  // The last one counts, as for the JVM.
  const size = [...jvmOptions.matchAll(/-Xmx(\d+[kmg]?)\b/gi)].at(-1)?.[1];
  return size === undefined ? IMAGE_HEAP : megabytes(size);
};
