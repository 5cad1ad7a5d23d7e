// Arguments: ADDRESS PORT COUNT PARALLEL PAUSE-MS HOLD-MS. Opens COUNT TCP connections, completes each handshake, says hello, waits, closes.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [address, port, count, parallel, pause, hold] = process.argv.slice(2);
let left = Number(count);

function one() {
  return new Promise((settle, fail) => {
    const socket = connect(Number(port), address, async () => {
      socket.write('hello\n');
      await sleep(Number(hold));
      socket.end();
    });
    socket.on('close', settle).on('error', fail).resume();
  });
}

process.stdout.write('ready\n');
await Promise.all(
  Array.from({ length: Number(parallel) }, async () => {
    while (left-- > 0) {
      await one();
      await sleep(Number(pause));
    }
  }),
);
