import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('TELNET');
const IAC = 255;
const SUBNEGOTIATION = 250;
const SUBNEGOTIATION_END = 240;

const commands: Readonly<Record<number, string>> = {
  236: 'End of File',
  239: 'End of Record',
  240: 'Suboption End',
  241: 'No-Operation',
  242: 'Data Mark',
  243: 'Break',
  244: 'Interrupt Process',
  245: 'Abort Output',
  246: 'Are You There?',
  247: 'Escape Character',
  248: 'Erase Line',
  249: 'Go Ahead',
  250: 'Suboption',
  251: 'Will',
  252: "Won't",
  253: 'Do',
  254: "Don't",
};
const options: Readonly<Record<number, string>> = {
  0: 'Binary Transmission',
  1: 'Echo',
  3: 'Suppress Go Ahead',
  5: 'Status',
  6: 'Timing Mark',
  24: 'Terminal Type',
  31: 'Negotiate About Window Size',
  32: 'Terminal Speed',
  33: 'Remote Flow Control',
  34: 'Linemode',
  35: 'X Display Location',
  36: 'Environment Option',
  37: 'Authentication Option',
  38: 'Encryption Option',
  39: 'New Environment Option',
};

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, telnet, start, end);
  while (layer.more) {
    if (u8(layer.bytes, layer.at) === IAC && layer.left >= 2 && u8(layer.bytes, layer.at + 1) !== IAC) command(layer);
    else {
      let stop = layer.at + 1;
      while (stop < end && u8(layer.bytes, stop) !== IAC && u8(layer.bytes, stop - 1) !== 0x0a) stop++;
      layer.text('telnet.data', stop - layer.at);
    }
  }
  layer.finish();
  say(d, 'Telnet Data ...');
}

function command(layer: Layer): void {
  const code = u8(layer.bytes, layer.at + 1);
  const option = u8(layer.bytes, layer.at + 2);
  const hasOption = code >= SUBNEGOTIATION && code < IAC && layer.left >= 3;
  const title = `${commands[code] ?? `Command ${code}`}${hasOption ? ` ${options[option] ?? `option ${option}`}` : ''}`;
  const node = layer.open('', title);
  layer.take(1);
  layer.uint('telnet.cmd', 1, commands);
  if (hasOption) layer.uint('telnet.subcmd', 1, options);
  if (code === SUBNEGOTIATION && layer.left > 0) {
    let stop = indexOf(layer.bytes, IAC, layer.at, layer.end);
    while (stop >= 0 && stop + 1 < layer.end && u8(layer.bytes, stop + 1) !== SUBNEGOTIATION_END)
      stop = indexOf(layer.bytes, IAC, stop + 2, layer.end);
    const length = (stop < 0 ? layer.end : stop) - layer.at;
    if (length > 0) layer.data('telnet.option_data', length);
  }
  layer.close(node);
}

/** RFC 854. */
export const telnet: ApplicationProtocol = {
  name: 'telnet',
  title: 'Telnet',
  tcpPorts: [23],
  summarise: (_bytes, _start, _end, _conversation, summary) => {
    summary.protocol = name;
    return true;
  },
  fields: fieldList(
    'telnet',
    'Telnet',
    `.cmd uint Command
    .subcmd uint Subcommand
    .option_data bytes Option data
    .data string Data`,
  ),
  dissect,
};
