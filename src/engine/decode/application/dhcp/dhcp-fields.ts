import { fieldList } from '../field-list';
import type { LayerOwner } from '../layer';
import { dhcpOptions, type OptionKind } from './dhcp-options';

const optionLines = Object.values(dhcpOptions)
  .map(([title, kind, field, fieldTitle]) => `.option.${field} ${typeOf(kind)} ${fieldTitle ?? title}`)
  .join('\n');

function typeOf(kind: OptionKind): string {
  if (kind === 'ip' || kind === 'ips') return 'ipv4';
  if (kind === 'text') return 'string';
  if (kind === 'flag') return 'bool';
  if (kind === 'i32') return 'int';
  return kind === 'raw' || kind === 'client' || kind === 'routes' || kind === 'fqdn' ? 'bytes' : 'uint';
}

export const MAGIC_COOKIE = 0x63825363;
export const OPTIONS = 240;

export const dhcpOwner: LayerOwner = {
  name: 'dhcp',
  title: 'Dynamic Host Configuration Protocol',
  fields: fieldList(
    'dhcp',
    'Dynamic Host Configuration Protocol',
    `.type uint Message type
    .hw.type uint Hardware type
    .hw.len uint Hardware address length
    .hops uint Hops
    .id uint Transaction ID
    .secs uint Seconds elapsed
    .flags uint Bootp flags
    .flags.bc bool Broadcast flag
    .flags.reserved uint Reserved flags
    .ip.client ipv4 Client IP address
    .ip.your ipv4 Your (client) IP address
    .ip.server ipv4 Next server IP address
    .ip.relay ipv4 Relay agent IP address
    .hw.mac_addr ether Client MAC address
    .hw.addr bytes Client hardware address
    .hw.addr_padding bytes Client hardware address padding
    .server string Server host name
    .file string Boot file name
    .cookie ipv4 Magic cookie
    .client_id bytes Identifier
    .client_id.type uint Type
    .client_id.undef string Client Identifier
    .fqdn.flags uint Flags
    .fqdn.rcode1 uint A-RR result
    .fqdn.rcode2 uint PTR-RR result
    .fqdn.name string Client name
    .option.type uint Option
    .option.length uint Length
    .option.padding bytes Padding
    .option.end uint Option End
    .option.suboption_length uint Length
    .option.agent_information_option.agent_circuit_id bytes Agent Circuit ID
    .option.agent_information_option.agent_remote_id bytes Agent Remote ID
    .option.agent_information_option.link_selection ipv4 Link selection
    .option.agent_information_option.subscriber_id string Subscriber ID
    .option.agent_information_option.server_id_override ipv4 Server ID Override
    .option.agent_information_option.value bytes Value
    ${optionLines}`,
  ),
};
