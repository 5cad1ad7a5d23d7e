#include "helper.h"
#include "json.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/filter.h>
#include <linux/if_packet.h>
#endif

/* A batch is handed on when it has so many bytes, or after the flush interval. */
#define BATCH (1024 * 1024)
#define RECORD_HEADER 16
#define FILE_HEADER 24
/* The kernel hands a part-full block of its ring on after so long. */
#define RING_TIMEOUT_MS 10
#define STATISTICS_MS 1000
/* At the end: longer than the kernel needs to hand over what it has; a count that then does not match is told as it is. */
#define DRAIN_MS 500
/* A reader that takes nothing for so long after the end is no longer waited for. */
#define LAST_WRITE_MS 5000

enum stage { RUNNING, DRAINING, OVER };

struct counts {
  uint64_t received, dropped_by_kernel, dropped_by_interface, written;
};

struct capture {
  pcap_t *handle;
  unsigned char *batch; /* BATCH bytes and room for one more record */
  size_t filled, sent;
  uint64_t in_batch;      /* packets of it */
  int64_t batch_started;  /* ms */
  struct counts counts;   /* since the filter was set */
  struct pcap_stat last;  /* as libpcap last gave them: 32 bits that wrap */
  const char *reason;     /* why it ends */
  bool loopback_twice;    /* the kernel counts each packet of a loopback interface twice, going out and coming in */
  int flags_socket;       /* to ask for the interface's flags; -1: it has none to ask for */
  const char *interface;
  char error[PCAP_ERRBUF_SIZE + 1];
};

static int signal_pipe[2];

static void on_signal(int number) {
  const int kept = errno;
  const unsigned char byte = (unsigned char)number;
  if (write(signal_pipe[1], &byte, 1) < 0) { /* It is full: there is a signal to be seen already. */
  }
  errno = kept;
}

static bool watch_signals(void) {
  if (pipe(signal_pipe) != 0) return false;
  for (int end = 0; end < 2; end++) {
    fcntl(signal_pipe[end], F_SETFL, O_NONBLOCK);
    fcntl(signal_pipe[end], F_SETFD, FD_CLOEXEC);
  }
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, NULL);
  return true;
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void put32(unsigned char *at, uint32_t value) { memcpy(at, &value, sizeof value); }

static void keep_packet(unsigned char *user, const struct pcap_pkthdr *header, const unsigned char *bytes) {
  struct capture *capture = (struct capture *)(void *)user;
  const uint32_t captured = header->caplen <= MAX_SNAP_LENGTH ? header->caplen : MAX_SNAP_LENGTH;
  unsigned char *at = capture->batch + capture->filled;
  if (capture->filled == 0) capture->batch_started = now_ms();
  put32(at, (uint32_t)header->ts.tv_sec);
  put32(at + 4, (uint32_t)header->ts.tv_usec);
  put32(at + 8, captured);
  put32(at + 12, header->len);
  memcpy(at + RECORD_HEADER, bytes, captured);
  capture->filled += RECORD_HEADER + captured;
  capture->in_batch++;
  if (capture->filled >= BATCH) pcap_breakloop(capture->handle);
}

/* libpcap writes the file header, so that the link type's number in files and the magic of the time's precision are its own. */
static bool write_header(struct capture *capture) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&bytes, &length);
  if (memory == NULL) return false;
  pcap_dumper_t *dumper = pcap_dump_fopen(capture->handle, memory);
  if (dumper == NULL) {
    fclose(memory);
    free(bytes);
    return false;
  }
  pcap_dump_close(dumper);
  if (length == FILE_HEADER) {
    memcpy(capture->batch, bytes, length);
    capture->filled = length;
  }
  free(bytes);
  return length == FILE_HEADER;
}

static void read_counts(struct capture *capture) {
  struct pcap_stat now;
  if (pcap_stats(capture->handle, &now) != 0) return;
  capture->counts.received += (uint32_t)(now.ps_recv - capture->last.ps_recv);
  capture->counts.dropped_by_kernel += (uint32_t)(now.ps_drop - capture->last.ps_drop);
  capture->counts.dropped_by_interface += (uint32_t)(now.ps_ifdrop - capture->last.ps_ifdrop);
  capture->last = now;
  if (capture->loopback_twice) capture->counts.received = capture->counts.dropped_by_kernel + capture->counts.written + capture->in_batch;
}

/* The interface's IFF_ flags; of what cannot be asked, that it is up. */
static int interface_flags(const struct capture *capture) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strncpy(request.ifr_name, capture->interface, sizeof request.ifr_name - 1);
  if (capture->flags_socket < 0 || ioctl(capture->flags_socket, SIOCGIFFLAGS, &request) != 0) return IFF_UP;
  return request.ifr_flags;
}

/* libpcap waits silently while an interface is down. */
static bool is_up(const struct capture *capture) { return (interface_flags(capture) & IFF_UP) != 0; }

static void print_counts(const struct capture *capture, const char *type) {
  const struct counts *counts = &capture->counts;
  fprintf(stderr,
          "{\"type\":\"%s\",\"received\":%" PRIu64 ",\"droppedByKernel\":%" PRIu64 ",\"droppedByInterface\":%" PRIu64
          ",\"written\":%" PRIu64,
          type, counts->received, counts->dropped_by_kernel, counts->dropped_by_interface, counts->written);
  fprintf(stderr, ",\"up\":%s", is_up(capture) ? "true" : "false");
  if (capture->reason != NULL) fprintf(stderr, ",\"reason\":\"%s\"", capture->reason);
  if (capture->error[0] != '\0') {
    fputs(",\"message\":", stderr);
    json_string(stderr, capture->error);
  }
  fputs("}\n", stderr);
}

static enum stage end(struct capture *capture, const char *reason, enum stage next) {
  if (capture->reason == NULL) capture->reason = reason;
  return next;
}

/* Takes what the ring holds until the batch is full; false where the interface failed. */
static bool take_packets(struct capture *capture) {
  while (capture->filled < BATCH) {
    const int taken = pcap_dispatch(capture->handle, -1, keep_packet, (unsigned char *)capture);
    if (taken == PCAP_ERROR_BREAK) continue;
    if (taken < 0) {
      snprintf(capture->error, sizeof capture->error, "%s", error_text(capture->handle, taken));
      return false;
    }
    if (taken == 0) return true;
  }
  return true;
}

/* Hands on as much of the batch as the reader takes now; false where nobody reads any more. */
static bool send_batch(struct capture *capture) {
  while (capture->sent < capture->filled) {
    const ssize_t count = write(STDOUT_FILENO, capture->batch + capture->sent, capture->filled - capture->sent);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    capture->sent += (size_t)count;
  }
  capture->counts.written += capture->in_batch;
  capture->filled = capture->sent = 0;
  capture->in_batch = 0;
  return true;
}

/* Lets nothing new into the ring, so that it can be emptied to the last packet. */
static void close_ring(pcap_t *handle) {
#ifdef __linux__
  struct sock_filter nothing[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
  const struct sock_fprog program = {.len = 1, .filter = nothing};
  setsockopt(pcap_fileno(handle), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
#else
  (void)handle;
#endif
}

static enum stage read_standard_input(struct capture *capture) {
  unsigned char ignored[256];
  const ssize_t count = read(STDIN_FILENO, ignored, sizeof ignored);
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN)) ? RUNNING : end(capture, "parent", DRAINING);
}

static int64_t nearest(int64_t one, int64_t other) { return one < other ? one : other; }

static void run(struct capture *capture, int flush_ms) {
  enum { PACKETS, INPUT, OUTPUT, SIGNALS };
  enum stage stage = RUNNING;
  int64_t next_statistics = now_ms() + STATISTICS_MS, drained = 0, abandoned = 0;
  bool sending = true; /* the file header */
  while (stage != OVER) {
    if (sending && !send_batch(capture)) {
      end(capture, "closed", OVER);
      break;
    }
    sending = capture->sent < capture->filled && sending;
    int64_t now = now_ms();
    if (now >= next_statistics && stage == RUNNING) {
      read_counts(capture);
      print_counts(capture, "statistics");
      next_statistics = now + STATISTICS_MS;
    }
    int64_t deadline = stage == RUNNING ? next_statistics : nearest(now + RING_TIMEOUT_MS, abandoned);
    if (!sending && capture->filled > 0) deadline = nearest(deadline, capture->batch_started + flush_ms);
    struct pollfd polled[] = {
        [PACKETS] = {.fd = sending ? -1 : pcap_get_selectable_fd(capture->handle), .events = POLLIN},
        [INPUT] = {.fd = stage == RUNNING ? STDIN_FILENO : -1, .events = POLLIN},
        [OUTPUT] = {.fd = STDOUT_FILENO, .events = sending ? POLLOUT : 0},
        [SIGNALS] = {.fd = stage == RUNNING ? signal_pipe[0] : -1, .events = POLLIN},
    };
    poll(polled, sizeof polled / sizeof polled[0], deadline > now ? (int)(deadline - now) : 0);
    now = now_ms();
    if (polled[OUTPUT].revents & (POLLERR | POLLHUP | POLLNVAL)) stage = end(capture, "closed", OVER);
    if (stage == RUNNING && polled[SIGNALS].revents != 0) stage = end(capture, "signal", DRAINING);
    if (stage == RUNNING && polled[INPUT].revents != 0) stage = read_standard_input(capture);
    if (stage == DRAINING && drained == 0) {
      close_ring(capture->handle);
      drained = now + (capture->loopback_twice ? 5 * RING_TIMEOUT_MS : DRAIN_MS);
      abandoned = now + LAST_WRITE_MS;
    }
    if (!sending && stage != OVER && !take_packets(capture)) {
      /* What came before the failure is handed on. */
      stage = end(capture, "interface", DRAINING);
      drained = now;
      abandoned = now + LAST_WRITE_MS;
    }
    if (stage == DRAINING && !sending) {
      read_counts(capture);
      const struct counts *counts = &capture->counts;
      const bool complete = !capture->loopback_twice && counts->received == counts->dropped_by_kernel + counts->written + capture->in_batch;
      if (capture->filled == 0 && (complete || now >= drained)) stage = OVER;
      sending = capture->filled > 0;
    }
    if (stage == DRAINING && now >= abandoned) stage = OVER;
    if (capture->filled >= BATCH || (capture->filled > 0 && now >= capture->batch_started + flush_ms)) sending = true;
  }
  read_counts(capture);
  print_counts(capture, "end");
}

static pcap_t *open_interface(const struct capture_options *options) {
  char error[PCAP_ERRBUF_SIZE] = "";
  pcap_t *handle = pcap_create(options->interface, error);
  if (handle == NULL) {
    report_error("open-failed", error);
    return NULL;
  }
  pcap_set_snaplen(handle, options->snap_length);
  pcap_set_promisc(handle, options->promiscuous);
  pcap_set_timeout(handle, RING_TIMEOUT_MS);
  pcap_set_buffer_size(handle, options->ring);
  /* Where there are no nanoseconds, the header says microseconds. */
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
  const int status = pcap_activate(handle);
  if (status < 0) {
    report_error(error_code(status), error_text(handle, status));
    pcap_close(handle);
    return NULL;
  }
  return handle;
}

static void forget_packet(unsigned char *user, const struct pcap_pkthdr *header, const unsigned char *bytes) {
  (void)user, (void)header, (void)bytes;
}

/* libpcap hands over packets of a loopback interface once, as they come in. The kernel is told to do so too, else its counts would not be
 * of these packets; on "any" it cannot be. */
static void take_loopback_once(struct capture *capture) {
#if defined(__linux__) && defined(PACKET_IGNORE_OUTGOING)
  const int on = 1;
  capture->loopback_twice =
      strcmp(capture->interface, "any") == 0 ||
      ((interface_flags(capture) & IFF_LOOPBACK) != 0 &&
       setsockopt(pcap_fileno(capture->handle), SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) != 0);
#else
  (void)capture;
#endif
}

/* Sets the filter; an empty one takes everything. What came before is thrown away and not counted, so that counts are of packets that pass. */
static bool set_filter(struct capture *capture, const struct capture_options *options, bpf_u_int32 netmask) {
  struct bpf_program program;
  const char *filter = options->filter == NULL ? "" : options->filter;
  if (pcap_compile(capture->handle, &program, filter, 1, netmask) != 0) {
    report_error("bad-filter", pcap_geterr(capture->handle));
    return false;
  }
  if (program.bf_len > MAX_FILTER_INSTRUCTIONS) {
    pcap_freecode(&program);
    report_error("bad-filter", "the filter is too long for the kernel");
    return false;
  }
  close_ring(capture->handle);
  for (int64_t until = now_ms() + 3 * RING_TIMEOUT_MS; now_ms() < until;) {
    if (pcap_dispatch(capture->handle, -1, forget_packet, NULL) < 0) break;
    poll(NULL, 0, 1);
  }
  if (pcap_stats(capture->handle, &capture->last) != 0) memset(&capture->last, 0, sizeof capture->last);
  const int status = pcap_setfilter(capture->handle, &program);
  if (status != 0) report_error("bad-filter", pcap_geterr(capture->handle));
  pcap_freecode(&program);
  return status == 0;
}

/* The more fits between here and the reader, the less either waits for the other on a busy machine. What the system does not allow is not
 * had. Node's pipes are sockets on Linux. */
static void widen_output(void) {
  const int wanted = BATCH;
  if (setsockopt(STDOUT_FILENO, SOL_SOCKET, SO_SNDBUF, &wanted, sizeof wanted) == 0) return;
#ifdef F_SETPIPE_SZ
  fcntl(STDOUT_FILENO, F_SETPIPE_SZ, wanted);
#endif
}

int run_capture(const struct capture_options *options) {
  const int parent = (int)getppid();
  char error[PCAP_ERRBUF_SIZE] = "";
  bpf_u_int32 network, netmask = PCAP_NETMASK_UNKNOWN;
  if (pcap_lookupnet(options->interface, &network, &netmask, error) != 0) netmask = PCAP_NETMASK_UNKNOWN;
  struct capture capture = {
      .handle = open_interface(options), .interface = options->interface, .flags_socket = socket(AF_INET, SOCK_DGRAM, 0)};
  if (capture.handle == NULL) return 1;
  int status = 1;
  take_loopback_once(&capture);
  capture.batch = malloc(BATCH + RECORD_HEADER + MAX_SNAP_LENGTH);
  if (!drop_privileges()) {
    report_error("privileges", "The helper could not give its privileges up.");
  } else if (!follow_parent(parent)) {
    report_error("parent", "The program that started the helper is gone.");
  } else if (capture.batch == NULL || !watch_signals()) {
    report_error("open-failed", "There is not enough memory.");
  } else if (pcap_setnonblock(capture.handle, 1, error) != 0) {
    report_error("open-failed", error);
  } else if (set_filter(&capture, options, netmask)) {
    if (write_header(&capture)) {
      fprintf(stderr, "{\"type\":\"ready\",\"linkType\":%d,\"snapLength\":%d}\n", pcap_datalink(capture.handle),
              pcap_snapshot(capture.handle));
      fcntl(STDOUT_FILENO, F_SETFL, fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
      widen_output();
      run(&capture, options->flush_ms);
      status = capture.error[0] == '\0' ? 0 : 1;
    } else {
      report_error("open-failed", pcap_geterr(capture.handle));
    }
  }
  if (capture.flags_socket >= 0) close(capture.flags_socket);
  pcap_close(capture.handle);
  free(capture.batch);
  return status;
}
