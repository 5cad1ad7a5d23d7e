import { fieldList } from '../field-list';
import type { LayerOwner } from '../layer';

export const ntpOwner: LayerOwner = {
  name: 'ntp',
  title: 'Network Time Protocol',
  fields: fieldList(
    'ntp',
    'Network Time Protocol',
    `.flags uint Flags
    .flags.li uint Leap Indicator
    .flags.vn uint Version number
    .flags.mode uint Mode
    .stratum uint Peer Clock Stratum
    .ppoll uint Peer Polling Interval
    .precision int Peer Clock Precision
    .rootdelay uint Root Delay
    .rootdispersion uint Root Dispersion
    .refid bytes Reference ID
    .reftime time Reference Timestamp
    .org time Origin Timestamp
    .rec time Receive Timestamp
    .xmt time Transmit Timestamp
    .keyid bytes Key ID
    .mac bytes Message Authentication Code
    .ext none Extension
    .ext.type uint Field Type
    .ext.length uint Length
    .ext.value bytes Value
    .ctrl.flags2 uint Flags 2
    .ctrl.flags2.r uint Response bit
    .ctrl.flags2.error uint Error bit
    .ctrl.flags2.more uint More bit
    .ctrl.flags2.opcode uint Opcode
    .ctrl.sequence uint Sequence
    .ctrl.status uint Status
    .ctrl.associd uint AssociationID
    .ctrl.offset uint Offset
    .ctrl.count uint Count
    .ctrl.item none Item
    .ctrl.data bytes Data
    .priv.flags.r uint Response bit
    .priv.flags.more uint More bit
    .priv.auth_seq uint Auth, sequence
    .priv.auth uint Auth bit
    .priv.seq uint Sequence number
    .priv.impl uint Implementation
    .priv.reqcode uint Request code
    .priv.err uint Err
    .priv.numitems uint Number of data items
    .priv.itemsize uint Size of data item`,
  ),
};
