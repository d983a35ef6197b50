// SPDX-License-Identifier: Apache-2.0
/* The many system calls that put bytes into a socket or take them out. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/errqueue.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "traffic.h"

static int file_of(uint64_t bytes)
{
	void *buf = pattern(bytes);
	int fd = memfd_create("traffic", MFD_CLOEXEC);

	if (fd < 0 || write(fd, buf, bytes) != (ssize_t)bytes)
		die("memfd");
	free(buf);
	return fd;
}

static void sendfile_client(struct end *e)
{
	int file = file_of(e->bytes);
	off_t at = 0;

	while (e->app.sent < e->bytes) {
		ssize_t done = sendfile(e->fd, file, &at, min_u64(e->bytes - e->app.sent, 262144));

		if (done <= 0)
			die("sendfile");
		e->app.sent += done;
	}
	close(file);
	recv_all(e, response_of(e->bytes), 65536);
}

static void row_sendfile(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = sendfile_client, .server = plain_server }, 2);
}

static uint64_t splice_through(int from, loff_t *from_at, int to, uint64_t n, const int pipes[2])
{
	ssize_t in = splice(from, from_at, pipes[1], NULL, min_u64(n, 65536), SPLICE_F_MOVE);
	ssize_t left = in;

	if (in <= 0)
		die("splice in");
	while (left > 0) {
		ssize_t out = splice(pipes[0], NULL, to, NULL, left, SPLICE_F_MOVE | SPLICE_F_MORE);

		if (out <= 0)
			die("splice out");
		left -= out;
	}
	return in;
}

static void splice_client(struct end *e)
{
	int file = file_of(e->bytes), pipes[2];
	loff_t at = 0;

	if (pipe2(pipes, O_CLOEXEC))
		die("pipe2");
	while (e->app.sent < e->bytes)
		e->app.sent += splice_through(file, &at, e->fd, e->bytes - e->app.sent, pipes);
	close(file);
	close(pipes[0]);
	close(pipes[1]);
	recv_all(e, response_of(e->bytes), 65536);
}

static void splice_server(struct end *e)
{
	int sink = open("/dev/null", O_WRONLY | O_CLOEXEC), pipes[2];

	if (sink < 0 || pipe2(pipes, O_CLOEXEC))
		die("pipe2");
	while (e->app.received < e->bytes)
		e->app.received += splice_through(e->fd, NULL, sink, e->bytes - e->app.received,
						  pipes);
	close(sink);
	close(pipes[0]);
	close(pipes[1]);
	send_all(e, response_of(e->bytes), 65536);
}

static void row_splice(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = splice_client, .server = splice_server }, 2);
}

/* writev of three pieces and sendmmsg of four messages by turns; readv on the other side. */
#define VECTOR_ROUND (1000 + 2000 + 3003 + 4 * 777)

static void vector_client(struct end *e)
{
	char *buf = pattern(4096);
	struct iovec three[] = { { buf, 1000 }, { buf, 2000 }, { buf, 3003 } };
	struct iovec one = { buf, 777 };
	struct mmsghdr four[4];

	memset(four, 0, sizeof(four));
	for (int i = 0; i < 4; i++)
		four[i].msg_hdr = (struct msghdr){ .msg_iov = &one, .msg_iovlen = 1 };
	while (e->app.sent < e->bytes) {
		ssize_t done = writev(e->fd, three, 3);
		int messages = sendmmsg(e->fd, four, 4, MSG_NOSIGNAL);

		check(done == 1000 + 2000 + 3003, "writev took everything");
		check(messages == 4, "sendmmsg took everything");
		e->app.sent += done;
		for (int i = 0; i < messages; i++)
			e->app.sent += four[i].msg_len;
	}
	free(buf);
	recv_all(e, response_of(e->bytes), 65536);
}

static void vector_server(struct end *e)
{
	uint64_t all = (e->bytes + VECTOR_ROUND - 1) / VECTOR_ROUND * VECTOR_ROUND;
	char *buf = pattern(16384);

	while (e->app.received < all) {
		struct iovec two[] = { { buf, 100 }, { buf + 100, 16000 } };
		ssize_t done = readv(e->fd, two, 2);

		if (done <= 0)
			die("readv");
		e->app.received += done;
	}
	free(buf);
	send_all(e, response_of(e->bytes), 65536);
}

static void writev_sendmmsg(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = vector_client, .server = vector_server }, 2);
}

static void wait_for(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	if (poll(&p, 1, 10000) != 1)
		die("poll");
}

/* Attempts far larger than the send buffer: most of each call's size is not taken. */
static void nonblocking_client(struct end *e)
{
	unsigned int refused = 0, partial = 0, size = 16384;
	void *buf = pattern(262144);

	if (setsockopt(e->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)))
		die("SO_SNDBUF");
	while (e->app.sent < e->bytes) {
		uint64_t want = min_u64(e->bytes - e->app.sent, 262144);
		ssize_t done = send(e->fd, buf, want, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (done < 0 && errno != EAGAIN)
			die("send");
		refused += done < 0;
		partial += done >= 0 && (uint64_t)done < want;
		e->app.sent += done < 0 ? 0 : done;
		if (done < 0)
			wait_for(e->fd, POLLOUT);
	}
	check(refused > 0, "some sends met EAGAIN");
	check(partial > 0, "some sends were partial");
	free(buf);
	recv_all(e, response_of(e->bytes), 65536);
}

static void nonblocking_server(struct end *e)
{
	unsigned int empty = 0;
	void *buf = pattern(20000);

	while (e->app.received < e->bytes) {
		ssize_t done = recv(e->fd, buf, 20000, MSG_DONTWAIT);

		if (done == 0 || (done < 0 && errno != EAGAIN))
			die("recv");
		e->app.received += done < 0 ? 0 : done;
		if (done >= 0)
			continue;
		empty++;
		wait_for(e->fd, POLLIN);
	}
	check(empty > 0, "some reads met EAGAIN");
	free(buf);
	send_all(e, response_of(e->bytes), 65536);
}

static void nonblocking(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = nonblocking_client, .server = nonblocking_server,
	}, 2);
}

static uint32_t reap_completions(int fd)
{
	char control[256];
	struct msghdr m = { .msg_control = control, .msg_controllen = sizeof(control) };
	const struct sock_extended_err *err;
	const struct cmsghdr *c;

	if (recvmsg(fd, &m, MSG_ERRQUEUE) < 0)
		return 0;
	c = CMSG_FIRSTHDR(&m);
	if (!c)
		return 0;
	err = (const void *)CMSG_DATA(c);
	check(err->ee_origin == SO_EE_ORIGIN_ZEROCOPY, "error queue holds zerocopy completions");
	return err->ee_data - err->ee_info + 1;
}

static void zerocopy_client(struct end *e)
{
	unsigned char *buf = pattern(65536);
	uint32_t sends = 0, complete = 0;
	int one = 1;

	if (setsockopt(e->fd, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof(one)))
		skip("SO_ZEROCOPY");
	while (e->app.sent < e->bytes) {
		uint64_t want = min_u64(e->bytes - e->app.sent, 65536);
		ssize_t done = send(e->fd, buf, want, MSG_ZEROCOPY | MSG_NOSIGNAL);

		if (done < 0 && errno != ENOBUFS)
			die("send MSG_ZEROCOPY");
		sends += done >= 0;
		e->app.sent += done < 0 ? 0 : done;
		complete += reap_completions(e->fd);
	}
	for (int i = 0; i < 1000 && complete < sends; i++) {
		wait_for(e->fd, POLLERR);
		complete += reap_completions(e->fd);
	}
	check(complete == sends, "every zerocopy send completed");
	recv_all(e, response_of(e->bytes), 65536);
	free(buf);
}

static void zerocopy(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = zerocopy_client, .server = plain_server }, 2);
}

const struct row rows_calls[] = {
	{ "sendfile", "sendfile from a file", row_sendfile },
	{ "splice", "splice from a file and to a pipe", row_splice },
	{ "writev-sendmmsg", "writev and sendmmsg, readv", writev_sendmmsg },
	{ "nonblocking", "EAGAIN and partial sends and reads", nonblocking },
	{ "zerocopy", "MSG_ZEROCOPY", zerocopy },
	{ 0 },
};
