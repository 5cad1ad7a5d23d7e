import type { FieldTable } from '../../tree/field';

export const tlsFields: FieldTable = {};
