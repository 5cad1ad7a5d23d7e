import type { FieldTable } from '../../tree/field';

export const httpFields: FieldTable = {};
