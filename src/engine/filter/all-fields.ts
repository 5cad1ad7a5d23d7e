import { allFields, fieldAliases, protocolFilterNames } from '../decode/tree/fields';
import type { FilterFields } from './field-catalog';

/** What filters can name: everything that the second tier can decode. */
export const filterFields: FilterFields = {
  definitions: allFields(),
  aliases: new Map(Object.entries(fieldAliases)),
  protocols: protocolFilterNames,
};
