// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Fills a ring buffer with numbered records, for tests and benchmarks of who reads it. A socket
 * filter, since bpf_prog_test_run runs those on every kernel since 5.8 without any hook.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define MAX_RUN 1024	/* records of one run: what the verifier follows */
#define MAX_LENGTH 512	/* a power of two, so that a mask bounds it */

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} ring SEC(".maps");

/* Read and written by the test through the mapping of .bss, in this order. */
struct {
	__u64 next;		/* number of the next record */
	__u64 full;		/* records the ring had no room for */
	__u32 count;		/* records a run writes, at most MAX_RUN */
	__u32 length;		/* bytes of a record, below MAX_LENGTH */
	__u32 discard_every;	/* every n-th number is reserved and discarded; 0: none */
	__u32 flags;		/* of bpf_ringbuf_output: BPF_RB_NO_WAKEUP, BPF_RB_FORCE_WAKEUP */
} run;

static __u64 record[MAX_LENGTH / sizeof(__u64)];

static void discard_one(void)
{
	void *reserved = bpf_ringbuf_reserve(&ring, 64, 0);

	if (reserved)
		bpf_ringbuf_discard(reserved, run.flags);
	else
		run.full++;
}

SEC("socket")
int fill(struct __sk_buff *skb)
{
	__u32 length = run.length & (MAX_LENGTH - 1);
	__u32 i;

	for (i = 0; i < MAX_RUN && i < run.count; i++) {
		record[0] = run.next++;
		if (run.discard_every && record[0] % run.discard_every == 0)
			discard_one();
		else if (bpf_ringbuf_output(&ring, record, length, run.flags))
			run.full++;
	}
	return 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
