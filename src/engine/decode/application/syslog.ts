import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { decimal, indexOf, u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('Syslog');
const facilities: readonly string[] = [
  'KERN',
  'USER',
  'MAIL',
  'DAEMON',
  'AUTH',
  'SYSLOG',
  'LPR',
  'NEWS',
  'UUCP',
  'CRON',
  'AUTHPRIV',
  'FTP',
  'NTP',
  'LOGAUDIT',
  'LOGALERT',
  'CRON',
  'LOCAL0',
  'LOCAL1',
  'LOCAL2',
  'LOCAL3',
  'LOCAL4',
  'LOCAL5',
  'LOCAL6',
  'LOCAL7',
];
const levels: readonly string[] = ['EMERG', 'ALERT', 'CRIT', 'ERR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'];

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, syslog, start, end);
  const close = indexOf(layer.bytes, 0x3e, start, Math.min(end, start + 5));
  const priority = u8(layer.bytes, start) === 0x3c && close > 0 ? decimal(layer.bytes, start + 1, close) : -1;
  let info = '';
  if (priority >= 0) {
    layer.take(close + 1 - start);
    const [facility, level] = [priority >>> 3, priority & 7];
    layer.add('syslog.facility', facility, `${facilities[facility] ?? 'Unknown'} (${facility})`, start, close + 1 - start);
    layer.add('syslog.level', level, `${levels[level]} (${level})`, start, close + 1 - start);
    info = `${facilities[facility] ?? facility}.${levels[level]}: `;
  }
  info += readable(layer.text('syslog.msg', layer.left));
  layer.finish();
  say(d, info);
}

/** RFC 3164 and 5424. */
export const syslog: ApplicationProtocol = {
  name: 'syslog',
  title: 'Syslog Message',
  udpPorts: [514],
  summarise: (_bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return end > start;
  },
  fields: fieldList(
    'syslog',
    'Syslog Message',
    `.facility uint Facility
    .level uint Level
    .msg string Message`,
  ),
  dissect,
};
