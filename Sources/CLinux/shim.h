// Linux calls that the toolchain's Glibc module leaves out.
#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/socket.h>

// glibc declares accept4 only under _GNU_SOURCE, which the Glibc module is not built with.
extern int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags);

// Socket filters: a listening socket that turns new connections away (ListenSocket).
#include <linux/filter.h>

// SOCK_STREAM and its flags are an enumeration in a header that no module owns: in an optimised build it belongs to
// whichever module was read first, curl's perhaps, and is then hidden from files that do not import that one.
static inline int interflow_stream_socket(int family) {
  return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}
static inline int interflow_waiting_stream_socket(int family) {
  return socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
}
static inline int interflow_accept(int listening, struct sockaddr *address, socklen_t *length) {
  return accept4(listening, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
