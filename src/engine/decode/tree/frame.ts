import { linkTypeName } from '../../../shared/model/link-types';
import { derivedUint, node, text, time } from './definitions';
import type { Dissection } from './dissection';
import type { Field } from './field';
import { fieldWriter, oneLine } from './writer';

export const frameFields = {
  'frame.interface_name': text('Interface name'),
  'frame.time': time('Arrival Time'),
  'frame.time_epoch': time('Epoch Time'),
  'frame.time_delta': { type: 'float', title: 'Time delta from previous captured frame' },
  'frame.time_relative': { type: 'float', title: 'Time since reference or first frame' },
  'frame.number': derivedUint('Frame Number'),
  'frame.len': derivedUint('Frame Length'),
  'frame.cap_len': derivedUint('Capture Length'),
  'frame.protocols': text('Protocols in frame'),
  '_ws.malformed': node('Malformed Packet'),
  '_ws.short': node('Packet size limited during capture'),
} as const;
const write = fieldWriter(frameFields);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 'Mar  7, 2013 21:42:06.869344000 UTC'; seconds beyond what a Date can hold stay a number. */
function utc(second: number, nanosecond: number): string {
  const date = new Date(second * 1000);
  if (Number.isNaN(date.getTime())) return `${second}`;
  const clock = date.toISOString().replace(/^.*T([\d:]+)\..*$/, '$1');
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}, ${date.getUTCFullYear()} ${clock}.${String(nanosecond).padStart(9, '0')} UTC`;
}

const lengthWords = (bytes: number): string => `${bytes} bytes (${bytes * 8} bits)`;

/** The node about the frame itself. `frameProtocols` completes it when the layers are known. */
export function openFrame(d: Dissection): Field {
  const { context, frame } = d;
  const on = context.interfaceName === null ? '' : ` on interface ${oneLine(context.interfaceName)}`;
  const label = `Frame ${context.number}: ${lengthWords(context.length)} on wire, ${lengthWords(frame.length)} captured${on}`;
  const field = d.add('frame', label, null, 0, frame.length);
  d.nest(field);
  if (context.interfaceName !== null) {
    d.add('frame.interface_name', `Interface name: ${oneLine(context.interfaceName)}`, context.interfaceName, 0, 0);
  }
  const encapsulation = linkTypeName(context.linkType);
  d.add('', `Encapsulation type: ${encapsulation} (${context.linkType})`, null, 0, 0);
  if (context.hasTime) {
    const epoch = context.epochSecond + context.nanosecond / 1e9;
    const fraction = String(context.nanosecond).padStart(9, '0');
    d.add('frame.time', `Arrival Time: ${utc(context.epochSecond, context.nanosecond)}`, epoch, 0, 0);
    d.add('frame.time_epoch', `Epoch Time: ${context.epochSecond}.${fraction} seconds`, epoch, 0, 0);
  }
  if (context.secondsSincePrevious !== null) {
    write.derived(d, 'frame.time_delta', context.secondsSincePrevious, `${context.secondsSincePrevious.toFixed(9)} seconds`);
  }
  if (context.secondsSinceFirst !== null) {
    write.derived(d, 'frame.time_relative', context.secondsSinceFirst, `${context.secondsSinceFirst.toFixed(9)} seconds`);
  }
  d.add('frame.number', `Frame Number: ${context.number}`, context.number, 0, 0);
  d.add('frame.len', `Frame Length: ${lengthWords(context.length)}`, context.length, 0, 0);
  d.add('frame.cap_len', `Capture Length: ${lengthWords(frame.length)}`, frame.length, 0, 0);
  d.close();
  return field;
}

export function frameProtocols(d: Dissection, frame: Field): void {
  d.nest(frame);
  write.derived(d, 'frame.protocols', d.protocols.join(':'));
  d.close();
}
