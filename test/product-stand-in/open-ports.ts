import { createServer } from 'node:net';
import { LISTENERS } from '../../lab/product/ports.ts';

// The product on the configuration that its image ships: every port open, and nothing of the lab behind any of them.
for (const { base } of Object.values(LISTENERS)) createServer((socket) => socket.end()).listen(base);
