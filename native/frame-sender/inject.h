#ifndef PORTLIGHT_INJECT_H
#define PORTLIGHT_INJECT_H

#include <linux/bpf.h>
#include <stddef.h>

/* Of one call: a few milliseconds at a million a second. */
#define MAX_INJECTED 4096

struct injector {
  union bpf_attr run;
  struct xdp_md context;
};

/* Frames as if the interface had received them; -1 and errno where the kernel does not (before 5.18, or without the right). `frame` stays
 * with the injector, and so does the injector where it is. */
int injector_open(struct injector *injector, const char *interface, const unsigned char *frame, size_t length);

/* So many, with source ports of 1024 to 2047 at random: that many flows. -1 and errno. */
int inject(struct injector *injector, unsigned count);

#endif
