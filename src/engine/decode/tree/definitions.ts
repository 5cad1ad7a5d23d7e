import type { FieldDefinition, FieldType } from './field';

type Names = Readonly<Record<number, string>>;
type Extra = Partial<Pick<FieldDefinition, 'mask' | 'littleEndian' | 'unit' | 'names'>>;

/** A number of `size` bytes, written in decimal. */
export const uint = (title: string, size: number, names?: Names, extra: Extra = {}): FieldDefinition =>
  names === undefined ? { type: 'uint', title, size, ...extra } : { type: 'uint', title, size, names, ...extra };

/** A number of `size` bytes, written as '0x0800'. */
export const hexUint = (title: string, size: number, names?: Names, extra: Extra = {}): FieldDefinition => ({
  ...uint(title, size, names, extra),
  base: 'hex',
});

/** Some bits of a number. */
export const bits = (title: string, size: number, mask: number, names?: Names, extra: Extra = {}): FieldDefinition =>
  uint(title, size, names, { mask, ...extra });

/** One bit: true where it is set. `names` replace 'Not set' (0) and 'Set' (1). */
export const flag = (title: string, size: number, mask: number, names?: Names, extra: Extra = {}): FieldDefinition => ({
  ...uint(title, size, names, { mask, ...extra }),
  type: 'bool',
});

/** Little-endian form of a definition. */
export const little = (definition: FieldDefinition): FieldDefinition => ({ ...definition, littleEndian: true });

const plain =
  (type: FieldType) =>
  (title: string): FieldDefinition => ({ type, title });

export const ipv4Address = plain('ipv4');
export const ipv6Address = plain('ipv6');
export const macAddress = plain('ether');
export const byteArray = plain('bytes');
export const text = plain('string');
export const time = plain('time');
/** A node without a value of its own. */
export const node = plain('none');
/** A number that is worked out, not read. */
export const derivedUint = plain('uint');
export const derivedFlag = plain('bool');
