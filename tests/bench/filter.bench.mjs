// A display filter over every packet: until the first page of what it takes is there, until the end, and for how long it blocks.
import { longestBlock, median, quantile, round } from './measure.mjs';

const PAGE = 50;
const ON_COLUMNS = [
  'tcp',
  'tcp.port == 443',
  'ip.addr == 10.0.0.0/30',
  'ip.src == 10.0.0.5 && tcp.flags.syn == 1',
  'udp || frame.len > 120',
  '!(tcp.dstport in {22, 80, 443})',
  'dns.qry.name contains "host12"',
  'tls.handshake.extensions_server_name == "www7.site.org"',
];
/** Decode packets that columns cannot decide; slow by nature. */
const ON_TREES = ['tcp.port == 3306 && ip.ttl < 32', 'dns.id == 0x1234'];

export default async function filters({ file, runs, parts }) {
  const { Capture, RowDissector, FilterScan, compileFilter, filterFields, protocolNames } = parts;
  const opened = await Capture.openFile(file, { randomAccess: true });
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const capture = opened.value;
  while ((await capture.next()) !== null);
  const dissector = new RowDissector(capture);
  const scan = async (text) => {
    const compiled = compileFilter(text, filterFields, { ...capture.tables, protocolNames });
    if (!compiled.ok) throw new Error(`${text}: ${compiled.problem.sentence}`);
    const found = new FilterScan(compiled.value);
    const decodeRows = (rows) => dissector.dissectAll(rows, compiled.value.readsHeadersOnly);
    const started = performance.now();
    let firstPage = null;
    const onProgress = () => {
      if (firstPage === null && found.count >= PAGE) firstPage = performance.now() - started;
    };
    const { longest } = await longestBlock(() => found.run({ decodeRows, onProgress }));
    const whole = performance.now() - started;
    return { whole, firstPage: firstPage ?? whole, longest, shown: found.count };
  };
  const result = {};
  for (const [texts, times] of [
    [ON_COLUMNS, runs],
    [ON_TREES, 1],
  ]) {
    for (const text of texts) {
      const all = [];
      for (let i = 0; i < times; i++) all.push(await scan(text));
      result[text] = {
        shown: all[0].shown,
        medianMs: round(median(all.map(({ whole }) => whole)), 1),
        slowestMs: round(
          quantile(
            all.map(({ whole }) => whole),
            1,
          ),
          1,
        ),
        firstPageMs: round(median(all.map(({ firstPage }) => firstPage)), 1),
        longestBlockMs: round(Math.max(...all.map(({ longest }) => longest)), 1),
      };
    }
  }
  await capture.source.close();
  return result;
}
