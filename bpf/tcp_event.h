/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the kernel tells the agent: the wire between bpf/tcpflow.bpf.c and
 * io.weir.agent.event.TcpEventView. Read by clang and by jextract, checked at load against the
 * object's BTF. Native byte order except ports and addresses, which are network order as the
 * kernel holds them. All counters are the socket's own cumulative ones: a lost event delays, and
 * never loses.
 */
#ifndef WEIR_TCP_EVENT_H
#define WEIR_TCP_EVENT_H

#ifndef __VMLINUX_H__
#include <linux/types.h>
#endif

#define WEIR_EVENT_VERSION 1
#define WEIR_COMM_LEN 16

/* struct tcp_event.flags */
enum weir_event_flag {
	WEIR_OPENED = 1 << 0,	/* first report of a connection whose opening was seen */
	WEIR_CLOSED = 1 << 1,	/* last report: the socket went to TCP_CLOSE */
	WEIR_FAILED = 1 << 2,	/* with CLOSED: it never reached ESTABLISHED */
	WEIR_CLIENT = 1 << 3,	/* active open */
	WEIR_SERVER = 1 << 4,	/* passive open */
	WEIR_ADOPTED = 1 << 5,	/* opened before the hooks: counters hold unseen history */
	WEIR_PARKED = 1 << 6,	/* the ring was full: came through the map of parked events */
	WEIR_FIN_RECEIVED = 1 << 7, /* bytes_received counts the peer's FIN as one byte */
	WEIR_LISTEN = 1 << 8,	/* a listener: with OPENED it appeared, with CLOSED it went */
	WEIR_LOCAL_FIRST = 1 << 9, /* the local side closed first (FIN_WAIT1 before CLOSE_WAIT) */
	WEIR_REMOTE_FIRST = 1 << 10, /* the remote side closed first */
	WEIR_SWEPT = 1 << 11,	/* found by the window sweep, not by a hook */
	WEIR_V4_MAPPED = 1 << 12, /* an AF_INET6 socket speaking IPv4; addresses are ::ffff:a.b.c.d */
	WEIR_MPTCP = 1 << 13,	/* a subflow of an MPTCP connection */
	WEIR_SAMPLED = 1 << 14,	/* not an event: made by the agent from an inet_diag message */
};

/* Why something could not be told. Index of the per-CPU array map "losses". */
enum weir_loss {
	WEIR_LOSS_RING_ACTIVE,	/* ring full, interval report: delayed to the next one */
	WEIR_LOSS_RING_OPEN,	/* ring full, open report: delayed to the next one */
	WEIR_LOSS_RING_CLOSE,	/* ring full, close report: parked, not lost */
	WEIR_LOSS_PARK_FULL,	/* ring and park full, close report: lost */
	WEIR_LOSS_NO_STATE,	/* no memory or room for the connection's state */
	WEIR_LOSS_NO_COOKIE,	/* the socket had no cookie yet (5.10 only) */
	WEIR_LOSS_LISTEN,	/* ring full, listener report: lost */
	WEIR_LOSS_MAX,
};

/* 248 bytes: with the ring buffer's 8-byte header one record is four cache lines. */
struct tcp_event {
	__u16 version;		/* WEIR_EVENT_VERSION */
	__u16 flags;		/* enum weir_event_flag */
	__u8 state;		/* enum TCP state after this event */
	__u8 old_state;		/* state before it; differs from state at transitions */
	__u8 family;		/* AF_INET or AF_INET6, of the socket */
	__u8 ca_state;		/* inet_connection_sock.icsk_ca_state */
	__u64 time_ns;		/* CLOCK_MONOTONIC */
	__u64 cookie;		/* sock_common.skc_cookie */
	__u64 open_ns;		/* SYN sent or received, CLOCK_MONOTONIC; 0: before the hooks */
	__u64 established_ns;	/* handshake done; 0: not seen */
	__u64 bytes_sent;	/* tcp_sock.bytes_sent: payload, retransmissions included */
	__u64 bytes_retrans;	/* tcp_sock.bytes_retrans */
	__u64 bytes_acked;	/* tcp_sock.bytes_acked: SYN and FIN are one byte each */
	__u64 bytes_received;	/* tcp_sock.bytes_received: see WEIR_FIN_RECEIVED */
	__u64 cgroup_id;	/* cgroup v2 id of the owner, 0 unknown */
	__u32 netns;		/* net.ns.inum */
	__u32 pid;		/* tgid of the owner seen in process context, 0 unknown */
	__u32 uid;		/* of the owner; meaningful only with pid */
	__u32 ifindex;		/* sock_common.skc_bound_dev_if */
	__u8 local_addr[16];	/* IPv4 as ::ffff:a.b.c.d */
	__u8 remote_addr[16];
	__be16 local_port;
	__be16 remote_port;
	__u16 states;		/* bit n: TCP state n was entered */
	__u16 err;		/* sk_err */
	char comm[WEIR_COMM_LEN]; /* of the owner, NUL-padded */
	__u32 srtt_us;		/* smoothed RTT, already >> 3; 0 before the first sample */
	__u32 rttvar_us;	/* mdev_us >> 2 */
	__u32 min_rtt_us;	/* 0xffffffff: no sample */
	__u32 snd_cwnd;		/* segments */
	__u32 snd_ssthresh;	/* segments */
	__u32 mss;		/* mss_cache, bytes */
	__u32 segs_out;
	__u32 segs_in;
	__u32 data_segs_out;
	__u32 data_segs_in;
	__u32 segs_retrans;	/* total_retrans */
	__u32 delivered;	/* segments acknowledged, tcp_sock.delivered */
	__u32 reordering_seen;	/* reord_seen */
	__u32 ooo_segs;		/* rcv_ooopack */
	__u32 err_soft;		/* sk_err_soft */
	__u32 lost;		/* segments marked lost, tcp_sock.lost */
	__u32 packets_out;	/* segments in flight */
	__u32 snd_wnd;		/* peer's receive window, bytes */
	__u32 rcv_wnd;		/* own receive window, bytes */
	__u32 unsent;		/* bytes written and not yet sent: write_seq - snd_nxt */
	__u32 unread;		/* bytes received and not yet read: rcv_nxt - copied_seq */
	__u32 rate_delivered;	/* segments of the last delivery-rate sample */
	__u32 rate_interval_us;	/* its time; 0: no sample */
	__u32 delivered_ce;	/* segments acknowledged with ECN congestion marks */
};

_Static_assert(sizeof(struct tcp_event) == 248, "tcp_event is wire format");
_Static_assert(__builtin_offsetof(struct tcp_event, netns) == 80, "no hidden padding");

#endif
