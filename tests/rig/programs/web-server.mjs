// HTTP: GET /N answers with N bytes, PUT swallows what it is sent. Argument: port.
import { createServer } from 'node:http';

const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
  if (request.method === 'PUT') request.on('end', () => response.end('stored\n')).resume();
  else response.end(Buffer.alloc(Number(request.url?.slice(1)) || 0, 'x'));
});
server.listen(Number(process.argv[2]), () => process.stdout.write('ready\n'));
