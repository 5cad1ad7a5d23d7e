import { ascii, concat, u16, u32 } from './bytes';

export const DnsType = { A: 1, MX: 15, TXT: 16, AAAA: 28 } as const;

/** QR, RD and RA as resolvers set them; AA for servers of a zone. */
export const DnsFlags = { Query: 0x0100, Answer: 0x8180, Authoritative: 0x8500, NoSuchName: 0x8183 } as const;

const nameOf = (name: string): Uint8Array => concat(...name.split('.').map((label) => concat([label.length], ascii(label))), [0]);

/** A question (RFC 1035). `identifier` and the rest of a header come first. */
export const dnsQuestion = (identifier: number, name: string, type: number): Uint8Array =>
  concat(u16(identifier), u16(DnsFlags.Query), u16(1), u16(0), u16(0), u16(0), nameOf(name), u16(type), u16(1));

/** Its answer, with one record for each data. */
export function dnsAnswer(
  identifier: number,
  name: string,
  type: number,
  data: readonly Uint8Array[],
  flags: number = DnsFlags.Answer,
  timeToLive = 300,
): Uint8Array {
  const records = data.map((each) => concat([0xc0, 12], u16(type), u16(1), u32(timeToLive), u16(each.length), each));
  const header = concat(u16(identifier), u16(flags), u16(1), u16(data.length), u16(0), u16(0));
  return concat(header, nameOf(name), u16(type), u16(1), ...records);
}

export const textData = (text: string): Uint8Array => concat([text.length], ascii(text));

export const mailData = (preference: number, exchange: string): Uint8Array => concat(u16(preference), nameOf(exchange));
