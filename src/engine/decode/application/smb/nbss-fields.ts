import { fieldList } from '../field-list';
import type { LayerOwner } from '../layer';

export const nbss: LayerOwner = {
  name: 'nbss',
  title: 'NetBIOS Session Service',
  fields: fieldList(
    'nbss',
    'NetBIOS Session Service',
    `.type uint Message Type
    .flags uint Flags
    .length uint Length
    .called_name string Called name
    .calling_name string Calling name
    .error_code uint Error code
    .continuation_data bytes Continuation data`,
  ),
};
