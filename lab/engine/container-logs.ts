import type { Docker } from './docker.ts';

/** Docker frames log output: 1 byte stream, 3 bytes nothing, 4 bytes length, big-endian. */
const HEADER_BYTES = 8;

/** The last lines of a container's output, both streams in the order they were written. */
export const readLog = async (docker: Docker, id: string, lines = 200): Promise<string> => {
  const framed = await docker.getContainer(id).logs({ follow: false, stdout: true, stderr: true, tail: lines });
  return unframe(framed);
};

/** Text of multiplexed log output. dockerode's own demultiplexer copies its buffer per frame and recurses. */
export const unframe = (framed: Buffer): string => {
  const parts: Buffer[] = [];
  for (let at = 0; at + HEADER_BYTES <= framed.length; ) {
    const end = at + HEADER_BYTES + framed.readUInt32BE(at + 4);
    parts.push(framed.subarray(at + HEADER_BYTES, end));
    at = end;
  }
  return Buffer.concat(parts).toString('utf8');
};
