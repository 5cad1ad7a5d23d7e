import type { FieldTable } from '../../tree/field';

export const dnsFields: FieldTable = {};
