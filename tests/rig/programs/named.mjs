// Arguments: NAME listen|hold|short|datagram PORT. A process of this name that answers on a port of 127.0.0.1 by TCP and UDP, holds a
// connection to it, opens one and closes it, or sends a datagram there. Says "ready" and its process id.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const [name, does, port] = process.argv.slice(2);
const HOST = '127.0.0.1';
process.title = name;

const connected = async () => {
  const socket = connect(Number(port), HOST);
  await once(socket, 'connect');
  socket.write('hello\n');
  await once(socket, 'data');
  return socket;
};

if (does === 'listen') {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(Number(port), HOST);
  const datagrams = createSocket('udp4', (bytes, { port: from, address }) => datagrams.send(bytes, from, address)).bind(Number(port), HOST);
  await Promise.all([once(server, 'listening'), once(datagrams, 'listening')]);
} else if (does === 'hold') {
  (await connected()).on('error', () => {});
} else if (does === 'short') {
  const socket = await connected();
  socket.end();
  await once(socket, 'close');
} else {
  const socket = createSocket('udp4');
  socket.send('hello\n', Number(port), HOST);
  await once(socket, 'message');
  socket.close();
}
process.stdout.write(`ready ${process.pid}.\n`);
