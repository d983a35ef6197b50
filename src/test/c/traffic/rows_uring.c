// SPDX-License-Identifier: Apache-2.0
/* io_uring send and recv, by raw system calls: one operation in flight at a time. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/io_uring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "traffic.h"

struct uring {
	int fd;
	unsigned char *sq, *cq;
	struct io_uring_sqe *sqes;
	struct io_uring_params p;
};

static void *map_ring(int fd, size_t len, off_t what)
{
	void *p = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, what);

	if (p == MAP_FAILED)
		die("mmap of the io_uring");
	return p;
}

static void uring_open(struct uring *r)
{
	memset(r, 0, sizeof(*r));
	r->fd = syscall(SYS_io_uring_setup, 8, &r->p);
	if (r->fd < 0)
		skip("since 5.6: io_uring_setup");
	r->sq = map_ring(r->fd, r->p.sq_off.array + r->p.sq_entries * sizeof(uint32_t),
			 IORING_OFF_SQ_RING);
	r->cq = map_ring(r->fd, r->p.cq_off.cqes + r->p.cq_entries * sizeof(struct io_uring_cqe),
			 IORING_OFF_CQ_RING);
	r->sqes = map_ring(r->fd, r->p.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
}

static uint32_t *word(unsigned char *ring, uint32_t offset)
{
	return (uint32_t *)(ring + offset);
}

/* Submits one operation and waits for it. */
static int32_t uring_do(struct uring *r, uint8_t op, int fd, void *buf, uint32_t len)
{
	uint32_t tail = *word(r->sq, r->p.sq_off.tail);
	uint32_t mask = *word(r->sq, r->p.sq_off.ring_mask);
	uint32_t head = *word(r->cq, r->p.cq_off.head);
	struct io_uring_sqe *sqe = &r->sqes[tail & mask];
	const struct io_uring_cqe *cqe;
	int32_t res;

	memset(sqe, 0, sizeof(*sqe));
	sqe->opcode = op;
	sqe->fd = fd;
	sqe->addr = (uintptr_t)buf;
	sqe->len = len;
	word(r->sq, r->p.sq_off.array)[tail & mask] = tail & mask;
	__atomic_store_n(word(r->sq, r->p.sq_off.tail), tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, r->fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) != 1)
		die("io_uring_enter");
	while (__atomic_load_n(word(r->cq, r->p.cq_off.tail), __ATOMIC_ACQUIRE) == head)
		syscall(SYS_io_uring_enter, r->fd, 0, 1, IORING_ENTER_GETEVENTS, NULL, 0);
	cqe = (const void *)(r->cq + r->p.cq_off.cqes);
	res = cqe[head & *word(r->cq, r->p.cq_off.ring_mask)].res;
	__atomic_store_n(word(r->cq, r->p.cq_off.head), head + 1, __ATOMIC_RELEASE);
	if (res == -EINVAL) {
		errno = EINVAL;
		skip("since 5.6: IORING_OP_SEND and IORING_OP_RECV");
	}
	if (res <= 0) {
		errno = -res;
		die("io_uring operation %u", op);
	}
	return res;
}

static void uring_send(struct uring *r, struct end *e, uint64_t n, uint32_t chunk)
{
	void *buf = pattern(chunk);

	while (n > 0) {
		int32_t done = uring_do(r, IORING_OP_SEND, e->fd, buf, min_u64(n, chunk));

		e->app.sent += done;
		n -= done;
	}
	free(buf);
}

static void uring_recv(struct uring *r, struct end *e, uint64_t n, uint32_t chunk)
{
	void *buf = pattern(chunk);

	while (n > 0) {
		int32_t done = uring_do(r, IORING_OP_RECV, e->fd, buf, min_u64(n, chunk));

		e->app.received += done;
		n -= done;
	}
	free(buf);
}

static void uring_client(struct end *e)
{
	struct uring r;

	uring_open(&r);
	uring_send(&r, e, e->bytes, 50021);
	uring_recv(&r, e, response_of(e->bytes), 65536);
	close(r.fd);
}

static void uring_server(struct end *e)
{
	struct uring r;

	uring_open(&r);
	uring_recv(&r, e, e->bytes, 65536);
	uring_send(&r, e, response_of(e->bytes), 20011);
	close(r.fd);
}

static void io_uring(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = uring_client, .server = uring_server }, 2);
}

const struct row rows_uring[] = {
	{ "io-uring", "IORING_OP_SEND and IORING_OP_RECV", io_uring },
	{ 0 },
};
