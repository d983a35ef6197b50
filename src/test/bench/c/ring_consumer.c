// SPDX-License-Identifier: Apache-2.0
/*
 * libbpf's own ring buffer consumer, as a C program would use it: the yardstick of
 * io.weir.bench.RingDrain. Counts records and adds up their first word, as the Java side does.
 */
#include <stddef.h>
#include <stdint.h>
#include <bpf/libbpf.h>

struct tally {
	uint64_t records;
	uint64_t sum;
};

static int on_record(void *ctx, void *data, size_t size __attribute__((unused)))
{
	struct tally *tally = ctx;

	tally->records++;
	tally->sum += *(uint64_t *)data;
	return 0;
}

struct ring_buffer *weir_bench_open(int map_fd, struct tally *tally)
{
	return ring_buffer__new(map_fd, on_record, tally, NULL);
}

int weir_bench_drain(struct ring_buffer *ring)
{
	return ring_buffer__consume(ring);
}

void weir_bench_close(struct ring_buffer *ring)
{
	ring_buffer__free(ring);
}
