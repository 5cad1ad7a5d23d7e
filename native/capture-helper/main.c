/* Captures packets for Portlight, which itself has no rights. See README.md for the protocol. */
#include "helper.h"
#include "json.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB (1024 * 1024)

static const char USAGE[] =
    "portlight-capture --list\n"
    "portlight-capture --check-filter FILTER (--interface NAME | --link-type NUMBER)\n"
    "portlight-capture --interface NAME [--snap-length BYTES] [--ring MEBIBYTES] [--filter FILTER] [--flush MILLISECONDS]\n"
    "                  [--no-promiscuous]\n";

bool is_network_interface(const char *name) {
#ifdef __linux__
  if (strcmp(name, "any") == 0) return true;
#endif
  return strlen(name) < IF_NAMESIZE && if_nametoindex(name) != 0;
}

int report_error(const char *code, const char *message) {
  fputs("{\"type\":\"error\",\"code\":", stderr);
  json_string(stderr, code);
  fputs(",\"message\":", stderr);
  json_string(stderr, message);
  fputs("}\n", stderr);
  return 1;
}

const char *error_code(int status) {
  switch (status) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
      return "no-rights";
    case PCAP_ERROR_NO_SUCH_DEVICE:
      return "no-such-interface";
    case PCAP_ERROR_IFACE_NOT_UP:
      return "interface-down";
    default:
      return "open-failed";
  }
}

const char *error_text(pcap_t *handle, int status) {
  const char *text = pcap_geterr(handle);
  return text[0] != '\0' ? text : pcap_statustostr(status);
}

static int usage(const char *reason) {
  report_error("usage", reason);
  fputs(USAGE, stderr);
  return 2;
}

/* A whole decimal number within bounds; anything else ends the program. */
static int number(const char *option, const char *text, int low, int high) {
  char *end = NULL;
  errno = 0;
  const long value = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < low || value > high) {
    char reason[128];
    snprintf(reason, sizeof reason, "%s takes a number from %d to %d.", option, low, high);
    exit(usage(reason));
  }
  return (int)value;
}

int main(int count, char **arguments) {
  static const struct option known[] = {
      {"list", no_argument, NULL, 'l'},
      {"check-filter", required_argument, NULL, 'c'},
      {"link-type", required_argument, NULL, 't'},
      {"interface", required_argument, NULL, 'i'},
      {"snap-length", required_argument, NULL, 's'},
      {"ring", required_argument, NULL, 'b'},
      {"filter", required_argument, NULL, 'f'},
      {"flush", required_argument, NULL, 'w'},
      {"no-promiscuous", no_argument, NULL, 'p'},
      {NULL, 0, NULL, 0},
  };
  struct capture_options options = {
      .interface = NULL, .filter = NULL, .snap_length = MAX_SNAP_LENGTH, .ring = 16 * MIB, .flush_ms = 50, .promiscuous = true};
  const char *checked = NULL;
  int link_type = -1;
  bool list = false;
  opterr = 0;
  for (int option; (option = getopt_long(count, arguments, "", known, NULL)) != -1;) {
    switch (option) {
      case 'l': list = true; break;
      case 'c': checked = optarg; break;
      case 't': link_type = number("--link-type", optarg, 0, USHRT_MAX); break;
      case 'i': options.interface = optarg; break;
      case 's': options.snap_length = number("--snap-length", optarg, 1, MAX_SNAP_LENGTH); break;
      case 'b': options.ring = number("--ring", optarg, 1, 1024) * MIB; break;
      case 'f': options.filter = optarg[0] == '\0' ? NULL : optarg; break;
      case 'w': options.flush_ms = number("--flush", optarg, 1, 1000); break;
      case 'p': options.promiscuous = false; break;
      default: return usage("This option is not known, or its value is missing.");
    }
  }
  if (optind != count) return usage("There are words that belong to no option.");
  const char *filter = checked != NULL ? checked : options.filter;
  if (filter != NULL && strlen(filter) > MAX_FILTER_BYTES) return usage("The filter is too long.");
  if (list) return run_list();
  if (options.interface != NULL && !is_network_interface(options.interface)) {
    return report_error("no-such-interface", "There is no network interface of this name.");
  }
  if (checked != NULL) {
    if (options.interface == NULL && link_type < 0) return usage("--check-filter needs --interface or --link-type.");
    return run_check_filter(checked, options.interface, link_type);
  }
  return options.interface == NULL ? usage("One of --list, --check-filter and --interface is needed.") : run_capture(&options);
}
