// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Fills a ring buffer with the events of live connections, for benchmarks of the whole way from the
 * ring to the flow table. Run like ring_fill.bpf.c, whose test mapping it shares.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "tcp_event.h"

#define MAX_RUN 1024	/* records of one run: what the verifier follows */
#define STRIDE 7919	/* coprime: an order no cache foresees */

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} ring SEC(".maps");

/* Read and written by the test through the mapping of .bss, in this order. */
struct {
	__u64 next;		/* number of the next event */
	__u64 full;		/* events the ring had no room for */
	__u32 count;		/* events a run writes, at most MAX_RUN */
	__u32 connections;	/* that take turns */
	__u32 discard_every;	/* unused */
	__u32 flags;		/* of bpf_ringbuf_output: BPF_RB_NO_WAKEUP, BPF_RB_FORCE_WAKEUP */
} run;

SEC("socket")
int fill(struct __sk_buff *skb)
{
	struct tcp_event event = {};
	__u32 connections = run.connections;
	__u32 i;

	event.version = WEIR_EVENT_VERSION;
	event.state = 1;
	event.flags = WEIR_OPENED | WEIR_CLIENT;
	for (i = 0; i < MAX_RUN && i < run.count; i++) {
		__u64 n = run.next++;

		event.cookie = 1 + n * STRIDE % connections;
		event.open_ns = event.cookie * 1000000;
		event.time_ns = n;
		event.bytes_sent = n;
		event.segs_out = n;
		event.pid = event.cookie;
		if (bpf_ringbuf_output(&ring, &event, sizeof(event), run.flags))
			run.full++;
	}
	return 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
