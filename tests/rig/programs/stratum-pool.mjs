// A mining pool that speaks Stratum v1: JSON lines over TCP. Argument: port.
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

const server = createServer((socket) => {
  const send = (message) => socket.write(`${JSON.stringify(message)}\n`);
  socket.on('error', () => undefined);
  createInterface({ input: socket }).on('line', (line) => {
    const { id, method } = JSON.parse(line);
    if (method === 'mining.subscribe') send({ id, result: [[['mining.notify', 'ae6812eb']], '08000002', 4], error: null });
    else send({ id, result: true, error: null });
    if (method !== 'mining.authorize') return;
    send({ id: null, method: 'mining.set_difficulty', params: [512] });
    send({
      id: null,
      method: 'mining.notify',
      params: ['bf', '4d16b6f8', '01000000', '072f73', [], '00000002', '1c2ac4af', '504e86b9', false],
    });
  });
});
server.listen(Number(process.argv[2]), () => process.stdout.write('ready\n'));
