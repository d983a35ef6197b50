// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Tells every TCP socket of the opener's network namespace in 96 bytes, to measure what that costs
 * against a dump by inet_diag.
 */
#include "compat.bpf.h"

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct bpf_iter__tcp {
	struct bpf_iter_meta *meta;
	struct sock_common *sk_common;
} __attribute__((preserve_access_index));

struct told {
	__u64 cookie;
	__u64 bytes_sent;
	__u64 bytes_retrans;
	__u64 bytes_acked;
	__u64 bytes_received;
	__u32 segs_out;
	__u32 segs_in;
	__u32 total_retrans;
	__u32 srtt_us;
	__u32 snd_cwnd;
	__u32 rest[9];
};

_Static_assert(sizeof(struct told) == 96, "as much as is measured");

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("iter/tcp")
int tell(struct bpf_iter__tcp *ctx)
{
	struct sock_common *sk = ctx->sk_common;
	struct tcp_sock *tp = sk ? bpf_skc_to_tcp_sock(sk) : NULL;
	struct told told = {};

	if (!tp)
		return 0;
	told.cookie = tp->inet_conn.icsk_inet.sk.__sk_common.skc_cookie.counter;
	told.bytes_sent = tp->bytes_sent;
	told.bytes_retrans = tp->bytes_retrans;
	told.bytes_acked = tp->bytes_acked;
	told.bytes_received = tp->bytes_received;
	told.segs_out = tp->segs_out;
	told.segs_in = tp->segs_in;
	told.total_retrans = tp->total_retrans;
	told.srtt_us = tp->srtt_us;
	told.snd_cwnd = tp->snd_cwnd;
	bpf_seq_write(ctx->meta->seq, &told, sizeof(told));
	return 0;
}
