import { wire } from './wire';

/** 'example.org' as labels; '' is the root; '@12' is a pointer to offset 12. */
export function nameBytes(name: string): number[] {
  const out: number[] = [];
  for (const label of name === '' ? [] : name.split('.')) {
    if (label.startsWith('@')) return [...out, 0xc0 | (Number(label.slice(1)) >> 8), Number(label.slice(1)) & 0xff];
    out.push(label.length, ...Array.from(label, (character) => character.charCodeAt(0)));
  }
  return [...out, 0];
}

const u16 = (value: number): number[] => [value >> 8, value & 0xff];

export interface Answer {
  readonly name: string;
  readonly type: number;
  /** In the form of `wire`, or a name. */
  readonly data: string | { readonly name: string };
  readonly class?: number;
}

/** A DNS message: questions are 'name' and type; records have a time to live of 60 s. */
export function dnsMessage(message: {
  readonly id?: number;
  readonly flags?: number;
  readonly questions?: readonly (readonly [string, number])[];
  readonly answers?: readonly Answer[];
  readonly additional?: readonly Answer[];
}): Uint8Array {
  const { id = 0x1234, flags = 0x0100, questions = [], answers = [], additional = [] } = message;
  const out = [...u16(id), ...u16(flags), ...u16(questions.length), ...u16(answers.length), 0, 0, ...u16(additional.length)];
  for (const [name, type] of questions) out.push(...nameBytes(name), ...u16(type), 0, 1);
  for (const record of [...answers, ...additional]) {
    const data = typeof record.data === 'string' ? [...wire(record.data)] : nameBytes(record.data.name);
    out.push(...nameBytes(record.name), ...u16(record.type), ...u16(record.class ?? 1), 0, 0, 0, 60, ...u16(data.length), ...data);
  }
  return Uint8Array.from(out);
}
