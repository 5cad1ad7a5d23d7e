/** How an option's value is read: 'ip' and 'ips' addresses, 'text', 'seconds', numbers by size, 'flag', 'raw' bytes; others have code of their own. */
export type OptionKind =
  | 'ip'
  | 'ips'
  | 'text'
  | 'seconds'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'i32'
  | 'flag'
  | 'raw'
  | 'message'
  | 'list'
  | 'client'
  | 'relay'
  | 'overload'
  | 'fqdn'
  | 'routes';

/** [what Wireshark calls the option, kind, field name, field title when it is another]. Numbers: IANA bootp-dhcp-parameters. */
type Option = readonly [title: string, kind: OptionKind, field: string, fieldTitle?: string];

export const dhcpOptions: Readonly<Record<number, Option>> = {
  1: ['Subnet Mask', 'ip', 'subnet_mask'],
  2: ['Time Offset', 'i32', 'time_offset'],
  3: ['Router', 'ips', 'router'],
  4: ['Time Server', 'ips', 'time_server'],
  5: ['Name Server', 'ips', 'name_server'],
  6: ['Domain Name Server', 'ips', 'domain_name_server'],
  7: ['Log Server', 'ips', 'log_server'],
  8: ['Quotes Server', 'ips', 'quotes_server'],
  9: ['LPR Server', 'ips', 'lpr_server'],
  12: ['Host Name', 'text', 'hostname'],
  13: ['Boot File Size', 'u16', 'boot_file_size'],
  14: ['Merit Dump File', 'text', 'merit_dump_file'],
  15: ['Domain Name', 'text', 'domain_name'],
  16: ['Swap Server', 'ip', 'swap_server'],
  17: ['Root Path', 'text', 'root_path'],
  18: ['Extensions Path', 'text', 'extension_path'],
  19: ['IP Forwarding', 'flag', 'ip_forwarding'],
  22: ['Maximum Datagram Reassembly Size', 'u16', 'max_datagram_reassembly_size'],
  23: ['Default IP Time-to-Live', 'u8', 'default_ip_ttl'],
  26: ['Interface MTU', 'u16', 'interface_mtu'],
  28: ['Broadcast Address', 'ip', 'broadcast_address'],
  31: ['Perform Router Discover', 'flag', 'perform_router_discover'],
  33: ['Static Route', 'raw', 'value', 'Value'],
  35: ['ARP Cache Timeout', 'seconds', 'arp_cache_timeout'],
  37: ['TCP Default TTL', 'u8', 'tcp_default_ttl'],
  38: ['TCP Keepalive Interval', 'seconds', 'tcp_keepalive_interval'],
  40: ['Network Information Service Domain', 'text', 'nis_domain'],
  41: ['Network Information Service Servers', 'ips', 'nis_server', 'Network Information Service Server'],
  42: ['Network Time Protocol Servers', 'ips', 'ntp_server', 'Network Time Protocol Server'],
  43: ['Vendor-Specific Information', 'raw', 'value', 'Value'],
  44: ['NetBIOS over TCP/IP Name Server', 'ips', 'netbios_over_tcpip_name_server'],
  45: ['NetBIOS over TCP/IP Datagram Distribution Name Server', 'ips', 'netbios_over_tcpip_dd_name_server'],
  46: ['NetBIOS over TCP/IP Node Type', 'u8', 'netbios_over_tcpip_node_type'],
  47: ['NetBIOS over TCP/IP Scope', 'text', 'netbios_over_tcpip_scope'],
  50: ['Requested IP Address', 'ip', 'requested_ip_address'],
  51: ['IP Address Lease Time', 'seconds', 'ip_address_lease_time'],
  52: ['Option Overload', 'overload', 'option_overload'],
  53: ['DHCP Message Type', 'message', 'dhcp', 'DHCP'],
  54: ['DHCP Server Identifier', 'ip', 'dhcp_server_id'],
  55: ['Parameter Request List', 'list', 'request_list_item', 'Parameter Request List Item'],
  56: ['Message', 'text', 'message'],
  57: ['Maximum DHCP Message Size', 'u16', 'dhcp_max_message_size'],
  58: ['Renewal Time Value', 'seconds', 'renewal_time_value'],
  59: ['Rebinding Time Value', 'seconds', 'rebinding_time_value'],
  60: ['Vendor class identifier', 'text', 'vendor_class_id'],
  61: ['Client identifier', 'client', 'value', 'Value'],
  64: ['Network Information Service+ Domain', 'text', 'nis_plus_domain'],
  65: ['Network Information Service+ Servers', 'ips', 'nis_plus_server', 'Network Information Service+ Server'],
  66: ['TFTP Server Name', 'text', 'tftp_server_name'],
  67: ['Bootfile name', 'text', 'bootfile_name'],
  69: ['SMTP Server', 'ips', 'smtp_server'],
  70: ['POP3 Server', 'ips', 'pop3_server'],
  77: ['User Class Information', 'raw', 'value', 'Value'],
  80: ['Rapid commit', 'raw', 'value', 'Value'],
  81: ['Client Fully Qualified Domain Name', 'fqdn', 'value', 'Value'],
  82: ['Agent Information Option', 'relay', 'agent_information_option.suboption', 'Option 82 Suboption'],
  90: ['Authentication', 'raw', 'value', 'Value'],
  93: ['Client System Architecture', 'u16', 'client_system_architecture'],
  94: ['Client Network Device Interface', 'raw', 'value', 'Value'],
  95: ['LDAP', 'raw', 'value', 'Value'],
  97: ['UUID/GUID-based Client Identifier', 'raw', 'value', 'Value'],
  100: ['PCode', 'text', 'tz_pcode', 'TZ PCode'],
  101: ['TCode', 'text', 'tz_tcode', 'TZ TCode'],
  108: ['IPv6-Only Preferred', 'seconds', 'value.uint', 'Value'],
  114: ['DHCP Captive-Portal', 'text', 'captive_portal', 'Captive Portal'],
  116: ['DHCP Auto-Configuration', 'u8', 'dhcp_auto_configuration'],
  118: ['Subnet Selection Option', 'ip', 'subnet_selection_option'],
  119: ['Domain Search', 'raw', 'value', 'Value'],
  120: ['SIP Servers', 'raw', 'value', 'Value'],
  121: ['Classless Static Route', 'routes', 'value', 'Value'],
  125: ['V-I Vendor-specific Information', 'raw', 'value', 'Value'],
  138: ['CAPWAP Access Controllers', 'ips', 'capwap_access_controller'],
  150: ['TFTP Server Address', 'ips', 'tftp_server_address'],
  161: ['Manufacturer Usage Description', 'text', 'mudurl', 'MUDURL'],
  249: ['Private/Classless Static Route (Microsoft)', 'routes', 'value', 'Value'],
  252: ['Private/Proxy autodiscovery', 'text', 'private_proxy_autodiscovery'],
};

export const dhcpMessages: Readonly<Record<number, string>> = {
  1: 'Discover',
  2: 'Offer',
  3: 'Request',
  4: 'Decline',
  5: 'ACK',
  6: 'NAK',
  7: 'Release',
  8: 'Inform',
  9: 'Force Renew',
  10: 'Lease query',
  11: 'Lease Unassigned',
  12: 'Lease Unknown',
  13: 'Lease Active',
  14: 'Bulk Lease Query',
  15: 'Lease Query Done',
  16: 'Active LeaseQuery',
  17: 'Lease Query Status',
  18: 'TLS',
};

export const optionTitle = (code: number): string =>
  dhcpOptions[code]?.[0] ?? (code === 0 ? 'Padding' : code === 255 ? 'End' : code >= 224 ? 'Private' : 'Unknown');
