// Answers every TCP connection with what it sends. Argument: port.
import { createServer } from 'node:net';

createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(Number(process.argv[2]), () =>
  process.stdout.write('ready\n'),
);
