/* Sends UDP frames at a fixed rate, for the benchmark and the tests of capturing: portlight-send INTERFACE COUNT RATE [LENGTH [received]].
 * Prints how many the kernel took and in how many seconds. `received`: as if they had come in by the interface, see inject.c. */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "inject.h"

#define BATCH 64
#define MIN_LENGTH 60
#define MAX_LENGTH 1514
#define SOURCES 1000

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void put16(unsigned char *at, unsigned value) {
  at[0] = (unsigned char)(value >> 8);
  at[1] = (unsigned char)value;
}

/* Ethernet, IPv4 (its checksum is right), UDP (without one). */
static void make_frame(unsigned char *frame, size_t length, unsigned number) {
  static const unsigned char macs[] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0};
  memset(frame, 0, length);
  memcpy(frame, macs, sizeof macs);
  unsigned char *ip = frame + 14;
  ip[0] = 0x45;
  put16(ip + 2, (unsigned)(length - 14));
  ip[8] = 64;
  ip[9] = 17;
  put16(ip + 12, 0x0a00);
  put16(ip + 14, number % SOURCES);
  put16(ip + 16, 0x0a01);
  put16(ip + 18, 1);
  unsigned sum = 0;
  for (int i = 0; i < 20; i += 2) sum += (unsigned)(ip[i] << 8 | ip[i + 1]);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  put16(ip + 10, ~sum & 0xffff);
  put16(ip + 20, 1024 + number % SOURCES);
  put16(ip + 22, 9);
  put16(ip + 24, (unsigned)(length - 34));
}

/* How many more the clock allows by now, at most `most`; waits a moment where it is none. */
static uint64_t due(double start, double rate, uint64_t sent, uint64_t wanted, uint64_t most) {
  const uint64_t allowed = (uint64_t)((seconds() - start) * rate) + 1;
  if (allowed <= sent) {
    const struct timespec pause = {.tv_nsec = 20000};
    nanosleep(&pause, NULL);
    return 0;
  }
  uint64_t batch = allowed - sent;
  if (batch > most) batch = most;
  return batch > wanted - sent ? wanted - sent : batch;
}

static int told(uint64_t sent, uint64_t wanted, double start) {
  printf("{\"sent\":%" PRIu64 ",\"seconds\":%.6f}\n", sent, seconds() - start);
  return sent == wanted ? 0 : 1;
}

/* The kernel makes all frames of one. */
static int receive(const char *interface, uint64_t wanted, double rate, size_t length) {
  static unsigned char frame[MAX_LENGTH];
  make_frame(frame, length, 0);
  struct injector injector;
  if (injector_open(&injector, interface, frame, length) != 0) {
    perror("portlight-send: frames cannot be injected");
    return 1;
  }
  uint64_t sent = 0;
  const double start = seconds();
  while (sent < wanted) {
    const uint64_t batch = due(start, rate, sent, wanted, MAX_INJECTED);
    if (batch == 0) continue;
    if (inject(&injector, (unsigned)batch) != 0) {
      if (errno == EINTR) continue;
      perror("portlight-send");
      break;
    }
    sent += batch;
  }
  return told(sent, wanted, start);
}

int main(int count, char **arguments) {
  const uint64_t wanted = count > 2 ? strtoull(arguments[2], NULL, 10) : 0;
  const double rate = count > 3 ? strtod(arguments[3], NULL) : 0;
  const size_t length = count > 4 ? strtoul(arguments[4], NULL, 10) : 100;
  if (wanted == 0 || rate <= 0 || length < MIN_LENGTH || length > MAX_LENGTH) {
    fputs("portlight-send INTERFACE COUNT RATE [LENGTH [received]]\n", stderr);
    return 2;
  }
  if (count > 5 && strcmp(arguments[5], "received") == 0) return receive(arguments[1], wanted, rate, length);
  struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(arguments[1])};
  const int sender = socket(AF_PACKET, SOCK_RAW, 0);
  const int on = 1;
  if (sender < 0 || bind(sender, (struct sockaddr *)&to, sizeof to) != 0) {
    perror("portlight-send");
    return 1;
  }
  setsockopt(sender, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on);
  static unsigned char frames[SOURCES][MAX_LENGTH];
  for (unsigned i = 0; i < SOURCES; i++) make_frame(frames[i], length, i);
  uint64_t sent = 0;
  const double start = seconds();
  while (sent < wanted) {
    struct iovec pieces[BATCH];
    struct mmsghdr messages[BATCH];
    memset(messages, 0, sizeof messages);
    const uint64_t batch = due(start, rate, sent, wanted, BATCH);
    if (batch == 0) continue;
    for (uint64_t i = 0; i < batch; i++) {
      pieces[i] = (struct iovec){.iov_base = frames[(sent + i) % SOURCES], .iov_len = length};
      messages[i].msg_hdr.msg_iov = &pieces[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
    const int taken = sendmmsg(sender, messages, (unsigned)batch, 0);
    if (taken > 0) sent += (uint64_t)taken;
    else if (errno != ENOBUFS && errno != EINTR && errno != EAGAIN) {
      perror("portlight-send");
      break;
    }
  }
  close(sender);
  return told(sent, wanted, start);
}
