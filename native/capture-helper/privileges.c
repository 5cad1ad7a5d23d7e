#include "helper.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

/* Linux's "nobody"; nothing is owned by it, elsewhere neither. */
#define NOBODY 65534

/* True where this root may not become another user: in a container without that capability, or a user namespace that has no "nobody". It
 * is no more than an ordinary user then, once its capabilities are gone. */
static bool is_tied(void) {
#ifdef __linux__
  return errno == EPERM || errno == EINVAL;
#else
  return false;
#endif
}

static bool leave_root(void) {
  if (geteuid() != 0 && getuid() != 0) return true;
  if (setgroups(0, NULL) != 0 && !is_tied()) return false;
  if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0) return is_tied();
  return setuid(0) != 0;
}

#ifdef __linux__
static bool leave_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 && errno != EINVAL) return false;
  if (syscall(SYS_capset, &header, none) != 0) return false;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}
#endif

bool drop_privileges(void) {
  if (!leave_root()) return false;
#ifdef __linux__
  return leave_capabilities();
#else
  return true;
#endif
}

bool follow_parent(int parent) {
#ifdef __linux__
  /* A change of credentials forgets this signal: it is asked for last. */
  if (prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0) != 0) return false;
#endif
  return getppid() == parent;
}
