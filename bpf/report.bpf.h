/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Into the ring; into the park when the ring is full and the event is a connection's last. */
#ifndef WEIR_REPORT_BPF_H
#define WEIR_REPORT_BPF_H

#include "sock.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1024 * 1024);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 32768);
	__uint(value_size, sizeof(struct tcp_event));
} parked SEC(".maps");

/* Unused, but keeps the struct in BTF, where the loader checks its layout. */
struct tcp_event tcp_event_layout SEC(".data.layout");

/*
 * A wake-up costs more than the event (2 µs here against 0.1): the reader looks by itself every
 * 100 ms, and is woken only as another wake_bytes have piled up.
 */
static __always_inline __u64 wake_flags(void)
{
	__u64 waiting = bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA);
	__u64 then = waiting + sizeof(struct tcp_event) + BPF_RINGBUF_HDR_SZ;

	return (waiting ^ then) & ~(wake_bytes - 1) ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
}

static __always_inline __u32 loss_of(__u16 flags)
{
	if (flags & WEIR_LISTEN)
		return WEIR_LOSS_LISTEN;
	if (flags & WEIR_CLOSED)
		return WEIR_LOSS_RING_CLOSE;
	return flags & WEIR_OPENED ? WEIR_LOSS_RING_OPEN : WEIR_LOSS_RING_ACTIVE;
}

/* @return whether userspace will get the event */
static __always_inline bool send_event(struct tcp_event *e)
{
	if (bpf_ringbuf_output(&events, e, sizeof(*e), wake_flags()) == 0)
		return true;
	count_loss(loss_of(e->flags));
	if (!(e->flags & WEIR_CLOSED) || e->flags & WEIR_LISTEN)
		return false;
	e->flags |= WEIR_PARKED;
	if (bpf_map_push_elem(&parked, e, 0) == 0)
		return true;
	count_loss(WEIR_LOSS_PARK_FULL);
	return false;
}

/* What the connection remembers, over what the socket says now. */
static __always_inline void put_conn(enum via via, struct sock *sk, const struct conn *c,
				     struct tcp_event *e)
{
	__u64 cgroup_id;

	e->flags |= c->flags;
	e->states = c->states;
	e->open_ns = c->open_ns;
	e->established_ns = c->established_ns;
	e->pid = c->pid;
	e->uid = c->uid;
	cgroup_id = c->cgroup_id;
	barrier_var(cgroup_id);	/* or clang loads both alternatives by one instruction */
	if (!c->pid)
		cgroup_id = cgroup_of(via, sk);
	e->cgroup_id = cgroup_id;
	__builtin_memcpy(e->comm, c->comm, sizeof(e->comm));
	if (!(c->marks & OPEN_REPORTED) && !(c->flags & WEIR_ADOPTED))
		e->flags |= WEIR_OPENED;
}

/*
 * Report @c with @flags; what it remembers as reported changes only if the event got out. That it
 * was tried counts against the interval either way: a full ring must not make every call an attempt.
 */
static __always_inline bool report(enum via via, const struct sock_ref *s, struct conn *c,
				   __u16 flags, __u8 old_state, __u8 state)
{
	struct tcp_event e;

	__builtin_memset(&e, 0, sizeof(e));
	e.flags = flags;
	e.old_state = old_state;
	e.state = state;
	read_socket(via, s, &e);
	put_conn(via, s->sk, c, &e);
	c->tried = bpf_jiffies64();
	if (!send_event(&e))
		return false;
	c->marks |= OPEN_REPORTED;
	c->reported_sent = e.bytes_sent;
	c->reported_received = e.bytes_received;
	return true;
}

#endif
