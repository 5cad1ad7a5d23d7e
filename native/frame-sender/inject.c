/* A sender on a veth pair does all of the work on the way to the receiving end, and on two cores it is the limit. So the kernel makes the
 * frames itself: a test run of an XDP program with live frames (BPF_PROG_TEST_RUN, BPF_F_TEST_XDP_LIVE_FRAMES) hands those that the program
 * passes to the interface's receive path, several million a second. */
#include "inject.h"

#include <errno.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SOURCE_PORT 34
#define RUN_AT_ONCE 64
#define INSTRUCTIONS(program) (sizeof(program) / sizeof *(program))

/* Packets of other interfaces pass as they are, see `keep`. */
static int load(uint32_t interface) {
  const struct bpf_insn program[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_6, .src_reg = BPF_REG_1},
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_6, .off = offsetof(struct xdp_md, ingress_ifindex)},
      {.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = BPF_REG_2, .off = 9, .imm = (int32_t)interface},
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_get_prandom_u32},
      /* In network order: the high byte is 4 to 7. */
      {.code = BPF_ALU64 | BPF_AND | BPF_K, .dst_reg = BPF_REG_0, .imm = 0xff03},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_0, .imm = 4},
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_6, .off = offsetof(struct xdp_md, data)},
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_3, .src_reg = BPF_REG_6, .off = offsetof(struct xdp_md, data_end)},
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_4, .src_reg = BPF_REG_2},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_4, .imm = SOURCE_PORT + 2},
      /* The verifier wants to see that the frame is long enough. */
      {.code = BPF_JMP | BPF_JGT | BPF_X, .dst_reg = BPF_REG_4, .src_reg = BPF_REG_3, .off = 1},
      {.code = BPF_STX | BPF_MEM | BPF_H, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_0, .off = SOURCE_PORT},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = XDP_PASS},
      {.code = BPF_JMP | BPF_EXIT},
  };
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.prog_type = BPF_PROG_TYPE_XDP;
  attributes.insns = (uintptr_t)program;
  attributes.insn_cnt = INSTRUCTIONS(program);
  attributes.license = (uintptr_t) "GPL";
  return (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes);
}

/* The kernel rewrites its dispatcher when the first user of a program comes and when the last one goes, and waits some 20 ms for all processors
 * each time. As long as the loopback interface has the program too, a run is neither. Without it runs are slow. */
static void keep(int program) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.link_create.prog_fd = (uint32_t)program;
  attributes.link_create.target_ifindex = if_nametoindex("lo");
  attributes.link_create.attach_type = BPF_XDP;
  attributes.link_create.flags = XDP_FLAGS_SKB_MODE;
  /* Until this process ends. */
  syscall(SYS_bpf, BPF_LINK_CREATE, &attributes, sizeof attributes);
}

int injector_open(struct injector *injector, const char *interface, const unsigned char *frame, size_t length) {
  memset(injector, 0, sizeof *injector);
  injector->context.ingress_ifindex = if_nametoindex(interface);
  if (injector->context.ingress_ifindex == 0) return -1;
  injector->context.data_end = (uint32_t)length;
  const int program = load(injector->context.ingress_ifindex);
  if (program < 0) return -1;
  keep(program);
  injector->run.test.prog_fd = (uint32_t)program;
  injector->run.test.data_in = (uintptr_t)frame;
  injector->run.test.data_size_in = (uint32_t)length;
  injector->run.test.ctx_in = (uintptr_t)&injector->context;
  injector->run.test.ctx_size_in = sizeof injector->context;
  injector->run.test.flags = BPF_F_TEST_XDP_LIVE_FRAMES;
  injector->run.test.batch_size = RUN_AT_ONCE;
  return 0;
}

int inject(struct injector *injector, unsigned count) {
  injector->run.test.repeat = count;
  return (int)syscall(SYS_bpf, BPF_PROG_TEST_RUN, &injector->run, sizeof injector->run);
}
