// A miner that logs in to a Stratum v1 pool and hands in three shares. Arguments: ADDRESS PORT.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const socket = connect(Number(process.argv[3]), process.argv[2]);
const send = (message) => socket.write(`${JSON.stringify(message)}\n`);
let shares = 0;
process.stdout.write('ready\n');
socket.on('connect', () => send({ id: 1, method: 'mining.subscribe', params: ['cpuminer/2.5.1'] }));
createInterface({ input: socket }).on('line', (line) => {
  const { id } = JSON.parse(line);
  if (id === 1) send({ id: 2, method: 'mining.authorize', params: ['worker.1', 'x'] });
  else if (id === null && shares === 0)
    send({ id: 10 + ++shares, method: 'mining.submit', params: ['worker.1', 'bf', '00000001', '504e86ed', `b2957c0${shares}`] });
  else if (id > 10 && shares < 3)
    send({ id: 10 + ++shares, method: 'mining.submit', params: ['worker.1', 'bf', '00000001', '504e86ed', `b2957c0${shares}`] });
  else if (id > 10) socket.end();
});
