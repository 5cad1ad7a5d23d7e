import type { FieldTable } from '../../tree/field';

export const quicFields: FieldTable = {};
export const gquicFields: FieldTable = {};
