/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What userspace decides before load. Frozen .rodata: the verifier sees constants and drops the
 * branches (and their helpers and maps) that this kernel does not have.
 */
#ifndef WEIR_CONFIG_BPF_H
#define WEIR_CONFIG_BPF_H

#include "compat.bpf.h"

/* At most one activity event per socket in this many jiffies; 0: every call (debugging). */
const volatile __u64 interval_jiffies = 250;
/* State in socket storage (5.11, typed programs only), else in a hash map keyed by cookie. */
const volatile bool use_storage = true;
/* bpf_get_socket_cookie in tracing programs: 5.12, c5dbb89fc2ac. */
const volatile bool has_tracing_cookie = true;
/* Number of arguments of inet_csk_accept: 4 before 6.10 (92ef0fd55ac8), then 2. */
const volatile __u32 accept_args = 4;
/* Another program reports tcp_set_state, and state is in a hash map that its close deletes:
 * the tracepoint then only adds the transitions which bypass tcp_set_state. */
const volatile bool tracepoint_supplements = false;
/* Wake the reader each time this many bytes more wait in the ring. A power of two. */
const volatile __u64 wake_bytes = 256 * 1024;

#endif
