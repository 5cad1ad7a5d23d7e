#ifndef PORTLIGHT_HELPER_H
#define PORTLIGHT_HELPER_H

#include <pcap/pcap.h>
#include <stdbool.h>

/* No format that Portlight reads stores longer frames (MAX_CAPTURED_LENGTH of src/engine/sources/source.ts). */
#define MAX_SNAP_LENGTH 262144
/* Linux refuses longer programs (BPF_MAXINSNS); libpcap would then filter here, and the kernel's counts would be of all packets. */
#define MAX_FILTER_INSTRUCTIONS 4096
#define MAX_FILTER_BYTES 16384

struct capture_options {
  const char *interface;
  const char *filter; /* NULL: none */
  int snap_length;    /* bytes */
  int ring;           /* bytes */
  int flush_ms;
  bool promiscuous;
};

/* Each runs to its end and gives the process's exit status: 0 done, 1 failed (the reason is on standard error as a JSON line). */
int run_list(void);
int run_check_filter(const char *filter, const char *interface, int link_type);
int run_capture(const struct capture_options *options);

/* Network interfaces of this name, and Linux's "any"; libpcap's other devices (USB, D-Bus, netfilter queues) are never opened. */
bool is_network_interface(const char *name);

/* Says on standard error why this ends: {"type":"error","code":...,"message":...}. Gives the exit status 1. */
int report_error(const char *code, const char *message);

/* The stable word for what pcap_activate or pcap_dispatch gave. */
const char *error_code(int status);

/* What libpcap knows about a failure of this status. */
const char *error_text(pcap_t *handle, int status);

/* Gives up every capability and root, for good; false where that failed. */
bool drop_privileges(void);

/* Makes the kernel end this process with its parent; false where the parent (`parent`, asked for at the start) is gone already. */
bool follow_parent(int parent);

#endif
