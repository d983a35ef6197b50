/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* struct sock and struct tcp_sock → struct tcp_event. */
#ifndef WEIR_SOCK_BPF_H
#define WEIR_SOCK_BPF_H

#include "conn.bpf.h"

static __always_inline bool is_tcp(enum via via, struct sock *sk)
{
	return GET(via, sk, sk_protocol) == IPPROTO_TCP;
}

/* tcp_fin() sets SOCK_DONE, and nothing else does: the peer's FIN is in bytes_received. */
static __always_inline bool fin_received(enum via via, struct sock *sk)
{
	return GET(via, sk, __sk_common.skc_flags) & BIT(bpf_core_enum_value(enum sock_flags, SOCK_DONE));
}

static __always_inline void put_v4(__u8 to[16], __be32 addr)
{
	to[10] = 0xff;
	to[11] = 0xff;
	__builtin_memcpy(to + 12, &addr, 4);
}

static __always_inline void read_tuple(enum via via, struct sock *sk, struct tcp_sock *tp,
				       struct tcp_event *e)
{
	e->family = GET(via, sk, __sk_common.skc_family);
	/* skc_num is already 0 at TCP_CLOSE, inet_sport is not; a listener has both */
	e->local_port = GET(via, tp, inet_conn.icsk_inet.inet_sport);
	e->remote_port = GET(via, sk, __sk_common.skc_dport);
	if (e->family == AF_INET) {
		put_v4(e->local_addr, GET(via, sk, __sk_common.skc_rcv_saddr));
		put_v4(e->remote_addr, GET(via, sk, __sk_common.skc_daddr));
		return;
	}
	if (via == VIA_KPROBE) {
		bpf_core_read(e->local_addr, 16, &sk->__sk_common.skc_v6_rcv_saddr);
		bpf_core_read(e->remote_addr, 16, &sk->__sk_common.skc_v6_daddr);
	} else {
		__u32 *l = (__u32 *)e->local_addr, *r = (__u32 *)e->remote_addr;

		l[0] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[0];
		l[1] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[1];
		l[2] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[2];
		l[3] = sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[3];
		r[0] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[0];
		r[1] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[1];
		r[2] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[2];
		r[3] = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[3];
	}
	if (!*(__u64 *)e->remote_addr && *(__u32 *)(e->remote_addr + 8) == bpf_htonl(0xffff))
		e->flags |= WEIR_V4_MAPPED;
}

static __always_inline void read_counters(enum via via, struct tcp_sock *tp, struct tcp_event *e)
{
	e->bytes_sent = GET(via, tp, bytes_sent);
	e->bytes_retrans = GET(via, tp, bytes_retrans);
	e->bytes_acked = GET(via, tp, bytes_acked);
	e->bytes_received = GET(via, tp, bytes_received);
	e->segs_out = GET(via, tp, segs_out);
	e->segs_in = GET(via, tp, segs_in);
	e->data_segs_out = GET(via, tp, data_segs_out);
	e->data_segs_in = GET(via, tp, data_segs_in);
	e->segs_retrans = GET(via, tp, total_retrans);
}

static __always_inline void read_path(enum via via, struct tcp_sock *tp, struct tcp_event *e)
{
	e->srtt_us = GET(via, tp, srtt_us) >> 3;
	e->rttvar_us = GET(via, tp, mdev_us) >> 2;
	e->min_rtt_us = GET(via, tp, rtt_min.s[0].v);
	e->snd_cwnd = GET(via, tp, snd_cwnd);
	e->snd_ssthresh = GET(via, tp, snd_ssthresh);
	e->mss = GET(via, tp, mss_cache);
	e->delivered = GET(via, tp, delivered);
	e->delivered_ce = GET(via, tp, delivered_ce);
	e->lost = GET(via, tp, lost);
	e->reordering_seen = GET(via, tp, reord_seen);
	e->ooo_segs = GET(via, tp, rcv_ooopack);
	e->packets_out = GET(via, tp, packets_out);
	e->snd_wnd = GET(via, tp, snd_wnd);
	e->rcv_wnd = GET(via, tp, rcv_wnd);
	e->unsent = GET(via, tp, write_seq) - GET(via, tp, snd_nxt);
	e->unread = GET(via, tp, rcv_nxt) - GET(via, tp, copied_seq);
	e->rate_delivered = GET(via, tp, rate_delivered);
	e->rate_interval_us = GET(via, tp, rate_interval_us);
	if (via == VIA_KPROBE)
		e->ca_state = BPF_CORE_READ_BITFIELD_PROBED(&tp->inet_conn, icsk_ca_state);
	else
		e->ca_state = BPF_CORE_READ_BITFIELD(&tp->inet_conn, icsk_ca_state);
}

/* The socket's own cgroup: right in any context, where the owner was not seen. 0 before 5.15. */
static __always_inline __u64 cgroup_of(enum via via, struct sock *sk)
{
	struct kernfs_node *kn;
	struct cgroup *cgroup;

	if (!bpf_core_field_exists(struct sock_cgroup_data, cgroup))
		return 0;
	cgroup = GET(via, sk, sk_cgrp_data.cgroup);
	if (!cgroup)
		return 0;
	kn = GET(via, cgroup, kn);
	return kn ? GET(via, kn, id) : 0;
}

static __always_inline __u32 netns_of(enum via via, struct sock *sk)
{
	struct net *net = GET(via, sk, __sk_common.skc_net.net);

	return net ? GET(via, net, ns.inum) : 0;
}

static __always_inline void read_socket(enum via via, const struct sock_ref *s,
					struct tcp_event *e)
{
	e->version = WEIR_EVENT_VERSION;
	e->time_ns = bpf_ktime_get_ns();
	e->cookie = cookie_of(via, s);
	e->netns = netns_of(via, s->sk);
	e->ifindex = GET(via, s->sk, __sk_common.skc_bound_dev_if);
	e->err = GET(via, s->sk, sk_err);
	e->err_soft = GET(via, s->sk, sk_err_soft);
	if (bpf_core_field_exists(struct tcp_sock, is_mptcp) && GET(via, s->tp, is_mptcp))
		e->flags |= WEIR_MPTCP;
	read_tuple(via, s->sk, s->tp, e);
	read_counters(via, s->tp, e);
	/* after the counter: a FIN that arrives in between makes one byte too few, which the next
	 * report corrects; one too many would stay */
	if (fin_received(via, s->sk))
		e->flags |= WEIR_FIN_RECEIVED;
	read_path(via, s->tp, e);
}

#endif
