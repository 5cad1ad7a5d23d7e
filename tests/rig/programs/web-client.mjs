// Arguments: METHOD URL BYTES COUNT PARALLEL. PUT sends BYTES; COUNT requests, PARALLEL at a time, each on a connection of its own.
import { Agent, request } from 'node:http';

const [method, url, bytes, count, parallel] = process.argv.slice(2);
const agent = new Agent({ keepAlive: false });
let left = Number(count);

function one() {
  return new Promise((settle, fail) => {
    const sent = request(url, { method, agent }, (response) => response.on('end', settle).on('error', fail).resume());
    sent.on('error', fail).end(method === 'PUT' ? Buffer.alloc(Number(bytes), 'x') : undefined);
  });
}

process.stdout.write('ready\n');
await Promise.all(
  Array.from({ length: Number(parallel) }, async () => {
    while (left-- > 0) await one();
  }),
);
