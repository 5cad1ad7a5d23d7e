#include "helper.h"
#include "json.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Only opened to see whether it can be: the smallest ring. */
#define PROBE_RING 65536
#define PROBE_TIMEOUT_MS 100

/* Opens an interface and reads nothing; `status` is pcap_activate's. The handle has to be closed either way; NULL: no memory. */
static pcap_t *probe(const char *name, int *status, char *error) {
  pcap_t *handle = pcap_create(name, error);
  if (handle == NULL) return NULL;
  pcap_set_snaplen(handle, MAX_SNAP_LENGTH);
  pcap_set_timeout(handle, PROBE_TIMEOUT_MS);
  pcap_set_buffer_size(handle, PROBE_RING);
  *status = pcap_activate(handle);
  return handle;
}

static void print_address(const struct sockaddr *address, bool *first) {
  char text[INET6_ADDRSTRLEN];
  const void *bytes = NULL;
  if (address == NULL) return;
  if (address->sa_family == AF_INET) bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
  if (address->sa_family == AF_INET6) bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
  if (bytes == NULL || inet_ntop(address->sa_family, bytes, text, sizeof text) == NULL) return;
  if (!*first) putchar(',');
  *first = false;
  json_string(stdout, text);
}

static void print_link_types(pcap_t *handle) {
  int *types = NULL;
  const int count = pcap_list_datalinks(handle, &types);
  for (int i = 0; i < count; i++) {
    printf("%s{\"value\":%d,\"name\":", i == 0 ? "" : ",", types[i]);
    json_string(stdout, pcap_datalink_val_to_name(types[i]));
    fputs(",\"description\":", stdout);
    json_string(stdout, pcap_datalink_val_to_description(types[i]));
    putchar('}');
  }
  if (count >= 0) pcap_free_datalinks(types);
}

static const char *connection(bpf_u_int32 flags) {
  switch (flags & PCAP_IF_CONNECTION_STATUS) {
    case PCAP_IF_CONNECTION_STATUS_CONNECTED: return "connected";
    case PCAP_IF_CONNECTION_STATUS_DISCONNECTED: return "disconnected";
    case PCAP_IF_CONNECTION_STATUS_NOT_APPLICABLE: return "not-applicable";
    default: return "unknown";
  }
}

static const char *boolean(bool value) { return value ? "true" : "false"; }

static void print_interface(const pcap_if_t *interface) {
  fputs("{\"name\":", stdout);
  json_string(stdout, interface->name);
  fputs(",\"description\":", stdout);
  json_string(stdout, interface->description);
  fputs(",\"addresses\":[", stdout);
  bool first = true;
  for (const pcap_addr_t *at = interface->addresses; at != NULL; at = at->next) print_address(at->addr, &first);
  printf("],\"loopback\":%s,\"up\":%s,\"running\":%s,\"wireless\":%s,\"connection\":\"%s\",\"linkTypes\":[",
         boolean(interface->flags & PCAP_IF_LOOPBACK), boolean(interface->flags & PCAP_IF_UP), boolean(interface->flags & PCAP_IF_RUNNING),
         boolean(interface->flags & PCAP_IF_WIRELESS), connection(interface->flags));
  char error[PCAP_ERRBUF_SIZE] = "";
  int status = PCAP_ERROR;
  pcap_t *handle = probe(interface->name, &status, error);
  if (handle != NULL && status >= 0) print_link_types(handle);
  printf("],\"usable\":%s,\"problem\":", boolean(handle != NULL && status >= 0));
  if (handle != NULL && status >= 0) {
    fputs("null", stdout);
  } else {
    fputs("{\"code\":", stdout);
    json_string(stdout, error_code(status));
    fputs(",\"message\":", stdout);
    json_string(stdout, handle == NULL ? error : error_text(handle, status));
    putchar('}');
  }
  putchar('}');
  if (handle != NULL) pcap_close(handle);
}

int run_list(void) {
  char error[PCAP_ERRBUF_SIZE] = "";
  pcap_if_t *all = NULL;
  if (pcap_findalldevs(&all, error) != 0) return report_error("open-failed", error);
  fputs("{\"library\":", stdout);
  json_string(stdout, pcap_lib_version());
  fputs(",\"interfaces\":[", stdout);
  bool first = true;
  for (const pcap_if_t *at = all; at != NULL; at = at->next) {
    if (!is_network_interface(at->name)) continue;
    if (!first) putchar(',');
    first = false;
    print_interface(at);
  }
  fputs("]}\n", stdout);
  pcap_freealldevs(all);
  return fflush(stdout) == 0 ? 0 : 1;
}

int run_check_filter(const char *filter, const char *interface, int link_type) {
  char error[PCAP_ERRBUF_SIZE] = "";
  pcap_t *handle = NULL;
  int status = 0;
  if (interface != NULL) {
    handle = probe(interface, &status, error);
    if (handle == NULL) return report_error("open-failed", error);
    if (status < 0) {
      report_error(error_code(status), error_text(handle, status));
      pcap_close(handle);
      return 1;
    }
  } else {
    handle = pcap_open_dead(link_type, MAX_SNAP_LENGTH);
    if (handle == NULL) return report_error("open-failed", "There is not enough memory.");
  }
  if (!drop_privileges()) {
    pcap_close(handle);
    return report_error("privileges", "The helper could not give its privileges up.");
  }
  struct bpf_program program;
  if (pcap_compile(handle, &program, filter, 1, PCAP_NETMASK_UNKNOWN) != 0) {
    fputs("{\"ok\":false,\"message\":", stdout);
    json_string(stdout, pcap_geterr(handle));
    fputs("}\n", stdout);
  } else {
    const bool fits = program.bf_len <= MAX_FILTER_INSTRUCTIONS;
    printf(fits ? "{\"ok\":true,\"instructions\":%u}\n" : "{\"ok\":false,\"message\":\"filter too long: %u instructions, 4096 at most\"}\n",
           program.bf_len);
    pcap_freecode(&program);
  }
  pcap_close(handle);
  return fflush(stdout) == 0 ? 0 : 1;
}
