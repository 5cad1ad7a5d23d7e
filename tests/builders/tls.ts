const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const u24 = (value: number): number[] => [(value >> 16) & 0xff, ...u16(value)];
const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const list16 = (values: readonly number[]): number[] => [...u16(values.length * 2), ...values.flatMap(u16)];
const numbers = (hex: string): number[] => (hex === '' ? [] : hex.split(',').map((one) => Number.parseInt(one, 16)));

export interface HelloShape {
  /** Hexadecimal numbers with commas, in the order of the wire; of extensions without data too. */
  readonly ciphers?: string;
  readonly extensions?: string;
  readonly signatures?: string;
  readonly groups?: string;
  readonly versions?: string;
  readonly alpn?: readonly string[];
  readonly name?: string;
  readonly version?: number;
}

function extensionData(type: number, hello: HelloShape): number[] {
  if (type === 0) {
    const name = ascii(hello.name ?? '');
    return [...u16(name.length + 3), 0, ...u16(name.length), ...name];
  }
  if (type === 10) return list16(numbers(hello.groups ?? '001d,0017'));
  if (type === 11) return [1, 0];
  if (type === 13) return list16(numbers(hello.signatures ?? '0403,0804'));
  if (type === 16) {
    const names = (hello.alpn ?? []).flatMap((one) => [one.length, ...ascii(one)]);
    return [...u16(names.length), ...names];
  }
  if (type === 43) {
    const versions = numbers(hello.versions ?? '0304,0303').flatMap(u16);
    return [versions.length, ...versions];
  }
  return [];
}

const message = (type: number, body: readonly number[]): Uint8Array => Uint8Array.from([type, ...u24(body.length), ...body]);

/** A Client Hello as a handshake message (RFC 8446, 4.1.2). */
export function clientHello(hello: HelloShape = {}): Uint8Array {
  const extensions = numbers(hello.extensions ?? '0000,000a,000d,002b').flatMap((type) => {
    const data = extensionData(type, hello);
    return [...u16(type), ...u16(data.length), ...data];
  });
  const body = [
    ...u16(hello.version ?? 0x0303),
    ...Array.from({ length: 32 }, (_, i) => i),
    0,
    ...list16(numbers(hello.ciphers ?? '1301,c02f')),
    1,
    0,
    ...(extensions.length === 0 ? [] : [...u16(extensions.length), ...extensions]),
  ];
  return message(1, body);
}

/** A Server Hello that selects `selected`: by supported_versions where it is TLS 1.3. */
export function serverHello(selected: number, cipher = 0x1301): Uint8Array {
  const extensions = selected === 0x0304 ? [...u16(43), ...u16(2), ...u16(selected)] : [];
  const body = [
    ...u16(Math.min(selected, 0x0303)),
    ...new Array<number>(32).fill(7),
    0,
    ...u16(cipher),
    0,
    ...u16(extensions.length),
    ...extensions,
  ];
  return message(2, body);
}

/** A TLS record around `body`; 22 handshake, 23 application data, 20 Change Cipher Spec, 21 alert. */
export const record = (type: number, body: ArrayLike<number>, version = 0x0301): Uint8Array =>
  Uint8Array.from([type, ...u16(version), ...u16(body.length), ...Array.from(body)]);

export const join = (...parts: readonly ArrayLike<number>[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

const der = (tag: number, ...parts: readonly (readonly number[])[]): number[] => {
  const body = parts.flat();
  return [tag, ...(body.length < 128 ? [body.length] : [0x82, ...u16(body.length)]), ...body];
};
const rdn = (type: number, text: string): number[] => der(0x31, der(0x30, der(0x06, [0x55, 0x04, type]), der(0x0c, ascii(text))));

/** A Certificate message of TLS 1.2 with one certificate (RFC 5280), without a key that is one. */
export function certificate(subject: string, issuer: string, names: readonly string[]): Uint8Array {
  const algorithm = der(0x30, der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]), [0x05, 0x00]);
  const alternative = der(0x30, ...names.map((name) => der(0x82, ascii(name))));
  const body = der(
    0x30,
    der(0xa0, [0x02, 0x01, 0x02]),
    der(0x02, [0x01, 0x23]),
    algorithm,
    der(0x30, rdn(10, 'Lab'), rdn(3, issuer)),
    der(0x30, der(0x17, ascii('250101000000Z')), der(0x18, ascii('20510101000000Z'))),
    der(0x30, rdn(3, subject)),
    der(0x30, algorithm, der(0x03, [0, 1, 2, 3])),
    der(0xa3, der(0x30, der(0x30, der(0x06, [0x55, 0x1d, 0x11]), der(0x04, alternative)))),
  );
  const whole = der(0x30, body, algorithm, der(0x03, [0, 9, 9]));
  return message(11, [...u24(whole.length + 3), ...u24(whole.length), ...whole]);
}
