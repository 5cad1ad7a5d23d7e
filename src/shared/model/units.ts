/** Units and indices, named so that a signature says what a number is. */
export type Bytes = number;
export type Nanoseconds = number;
/** Row of the packet table, from 0. The packet number that people see is this plus one. */
export type PacketIndex = number;
export type FlowIndex = number;
/** Index into the table of interned addresses; -1 where there is none. */
export type AddressIndex = number;
/** Index into the table of interned texts; -1 where there is none. */
export type TextIndex = number;

/** "No value" in unsigned 16-bit columns (ports need a flag beside it: 65,535 is a valid port). */
export const NONE_16 = 0xffff;
/** "No value" in unsigned 32-bit columns. */
export const NONE_32 = 0xffffffff;
