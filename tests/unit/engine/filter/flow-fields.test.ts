import { expect, test } from 'vitest';
import { FlowState } from '../../../../src/engine/flows/flow-state';
import { Rows } from './filter-tables';

function rows(): Rows {
  const made = new Rows()
    .add('10.0.0.1:40000 > 93.184.216.34:80 S', { flow: 0 })
    .add('10.0.0.1:40001 > 93.184.216.34:443 S', { flow: 1 })
    .add('93.184.216.34:443 > 10.0.0.1:40001 SA', { flow: 1 })
    .add('10.0.0.1:5353 > 10.0.0.9:53', { flow: 2, query: 'example.org' })
    .add('00:1b:21:3c:4d:5e > ff:ff:ff:ff:ff:ff', { layers: 1 });
  made.flows.push(
    { state: FlowState.S0 },
    { state: FlowState.SF, host: 'secure.example.com', service: 'tls' },
    { state: FlowState.SF, service: 'dns', process: 'nginx' },
  );
  return made;
}

test.each([
  ['flow.state == "S0"', [1]],
  ['flow.state == S0', [1]],
  ['flow.state != "S0"', [2, 3, 4]],
  ['!(flow.state == "S0")', [2, 3, 4, 5]],
  ['flow.state in {"S0", "RSTO"}', [1]],
  ['flow.state', [1, 2, 3, 4]],
  ['flow.host', [2, 3]],
  ['flow.host contains "example.com" && tcp.flags.ack == 0', [2]],
  ['flow.host matches "^secure"', [2, 3]],
  ['flow.service == "dns"', [4]],
  ['flow.service in {"dns", "tls"}', [2, 3, 4]],
  ['len(flow.service) == 3', [2, 3, 4]],
  ['flow.process', [4]],
  ['flow.process == "nginx"', [4]],
  ['flow.process contains "ssh"', []],
])('%s', async (text, found) => {
  const made = rows();
  expect(await made.find(text)).toEqual(found);
  expect(made.decoded).toEqual([]);
});

test('a flow that went on is asked again', async () => {
  const made = rows();
  expect(await made.find('flow.state == "S0"')).toEqual([1]);
  made.flows[0] = { state: FlowState.SF };
  expect(await made.find('flow.state == "S0"')).toEqual([]);
});

test('says that later packets may change the answer', () => {
  const made = rows();
  expect(made.compile('tcp && !(flow.state == "S0")').readsFlows).toBe(true);
  expect(made.compile('tcp && flow == 1').readsFlows).toBe(false);
});
