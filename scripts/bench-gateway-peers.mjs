// Runs in containers beside the gateway: a back end, and what any proxy of this runtime must at least do. Both listen on 8090.
// Usage: node bench-gateway-peers.mjs backend|proxy HOST_OF_THE_BACKEND
import { Agent, createServer, request } from 'node:http';

const BODY = JSON.stringify({
  menu: Array.from({ length: 12 }, (_, index) => ({ name: `dish ${index}`, price: index })),
});

const backend = createServer((call, answer) => {
  call.resume();
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) });
  answer.end(BODY);
});

const agent = new Agent({ keepAlive: true });

const proxy = createServer((call, answer) => {
  const upstream = request(
    { host: process.argv[3], port: 8090, path: call.url, method: call.method, headers: call.headers, agent },
    (from) => {
      answer.writeHead(from.statusCode, from.headers);
      from.pipe(answer);
    },
  );
  upstream.on('error', () => answer.destroy());
  call.pipe(upstream);
});

(process.argv[2] === 'backend' ? backend : proxy).listen(8090);
