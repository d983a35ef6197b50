/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is remembered of a connection between two hooks. */
#ifndef WEIR_CONN_BPF_H
#define WEIR_CONN_BPF_H

#include "config.bpf.h"
#include "tcp_event.h"

enum conn_mark {
	OPEN_REPORTED = 1 << 0,
	CLOSE_REPORTED = 1 << 1,
};

struct conn {
	__u64 tried;		/* jiffies of the last report or attempt, 0 never */
	__u32 pid;		/* owner, 0 not yet seen */
	__u16 marks;		/* enum conn_mark */
	__u16 states;		/* bit n: TCP state n was entered */
	__u64 reported_sent;	/* counters at the last report, for the sweep */
	__u64 reported_received;
	__u64 open_ns;
	__u64 established_ns;
	__u64 cgroup_id;
	__u32 uid;
	__u32 flags;		/* enum weir_event_flag that stay for life */
	char comm[WEIR_COMM_LEN];
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct conn);
} conns SEC(".maps");

/* Used instead of "conns" where use_storage is off. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, __u64);
	__type(value, struct conn);
} conns_by_cookie SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, WEIR_LOSS_MAX);
	__type(key, __u32);
	__type(value, __u64);
} losses SEC(".maps");

static __always_inline void count_loss(__u32 cause)
{
	__u64 *n = bpf_map_lookup_elem(&losses, &cause);

	if (n)	/* atomic: a softirq may interrupt a program on its own CPU */
		__sync_fetch_and_add(n, 1);
}

/* One socket, as programs pass it on: @ref is what asks for the cookie, @sk and @tp are read. */
struct sock_ref {
	void *ref;
	struct sock *sk;
	struct tcp_sock *tp;
};

static __always_inline __u64 cookie_of(enum via via, const struct sock_ref *s)
{
	if (via == VIA_SOCKOPS)
		return bpf_get_socket_cookie(s->ref);
	if (via == VIA_BTF && has_tracing_cookie)
		return bpf_get_socket_cookie(s->ref);
	return GET(via, s->sk, __sk_common.skc_cookie.counter);
}

static __always_inline struct conn *find_by_cookie(enum via via, const struct sock_ref *s,
						   bool create)
{
	__u64 cookie = cookie_of(via, s);
	struct conn *c;

	if (!cookie) {
		if (create)
			count_loss(WEIR_LOSS_NO_COOKIE);
		return NULL;
	}
	c = bpf_map_lookup_elem(&conns_by_cookie, &cookie);
	if (!c && create) {
		struct conn fresh = {};

		/* accept() on another CPU may be first: what counts is that there is one */
		bpf_map_update_elem(&conns_by_cookie, &cookie, &fresh, BPF_NOEXIST);
		c = bpf_map_lookup_elem(&conns_by_cookie, &cookie);
		if (!c)
			count_loss(WEIR_LOSS_NO_STATE);
	}
	return c;
}

static __always_inline struct conn *find_in_storage(const struct sock_ref *s, bool create)
{
	struct conn *c = bpf_sk_storage_get(&conns, s->sk, NULL,
					    create ? BPF_SK_STORAGE_GET_F_CREATE : 0);

	if (!c && create)
		count_loss(WEIR_LOSS_NO_STATE);
	return c;
}

static __always_inline struct conn *conn_of(enum via via, const struct sock_ref *s, bool create)
{
	if (via != VIA_KPROBE && use_storage)
		return find_in_storage(s, create);
	return find_by_cookie(via, s, create);
}

static __always_inline void conn_forget(enum via via, const struct sock_ref *s)
{
	__u64 cookie;

	if (via != VIA_KPROBE && use_storage)
		return;	/* goes with the socket */
	cookie = cookie_of(via, s);
	bpf_map_delete_elem(&conns_by_cookie, &cookie);
}

/* Call only in the owner's context: connect, accept, send, receive, listen. */
static __always_inline void own(enum via via, struct conn *c)
{
	__u32 tgid;

	if (via == VIA_SOCKOPS)
		return;
	tgid = bpf_get_current_pid_tgid() >> 32;
	if (!tgid)
		return;	/* the idle task: this is softirq */
	c->pid = tgid;
	c->uid = bpf_get_current_uid_gid();
	c->cgroup_id = bpf_get_current_cgroup_id();
	bpf_get_current_comm(c->comm, sizeof(c->comm));
}

/* A new connection on this socket, whatever it carried before. */
static __always_inline void conn_open(struct conn *c, __u32 role)
{
	__u64 now = bpf_ktime_get_ns();

	__builtin_memset(c, 0, sizeof(*c));
	c->open_ns = now;
	c->flags = role;
}

#endif
