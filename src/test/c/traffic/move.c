// SPDX-License-Identifier: Apache-2.0
/* Bytes through a connected socket, counted at the application and at TCP. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "traffic.h"

void *pattern(size_t len)
{
	unsigned char *p = malloc(len);

	if (!p)
		die("malloc %zu", len);
	for (size_t i = 0; i < len; i++)
		p[i] = (unsigned char)(i * 31 + 7);
	return p;
}

void send_all(struct end *e, uint64_t n, size_t chunk)
{
	unsigned char *buf = pattern(chunk);

	while (n > 0) {
		ssize_t done = send(e->fd, buf, min_u64(n, chunk), MSG_NOSIGNAL);

		if (done < 0)
			die("send");
		e->app.sent += done;
		n -= done;
	}
	free(buf);
}

void recv_all(struct end *e, uint64_t n, size_t chunk)
{
	unsigned char *buf = pattern(chunk);

	while (n > 0) {
		ssize_t done = recv(e->fd, buf, min_u64(n, chunk), 0);

		if (done <= 0)
			die("recv: %llu bytes short", (unsigned long long)n);
		e->app.received += done;
		n -= done;
	}
	free(buf);
}

/* The peer has sent all it will: nothing but its FIN may come. */
void recv_eof(struct end *e)
{
	char c;
	ssize_t done = recv(e->fd, &c, 1, 0);

	check(done == 0, "end of stream where the peer shut down");
}

/* What the kernel's own counters of this socket say; false where they cannot be had. */
bool tcp_tally(int fd, struct tally *out)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);

	memset(&info, 0, sizeof(info));
	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len))
		return false;
	if (len < offsetof(struct tcp_info, tcpi_bytes_retrans) + sizeof(info.tcpi_bytes_retrans))
		return false;
	out->sent = info.tcpi_bytes_sent - info.tcpi_bytes_retrans;
	out->received = info.tcpi_bytes_received;
	return true;
}

/* Waits until the socket's counters have stood still for 100 ms; at most 10 s. */
void wait_quiet(int fd)
{
	struct tally before = { 0 }, now;
	int still = 0;

	for (int i = 0; i < 500 && still < 5; i++) {
		check(tcp_tally(fd, &now), "TCP_INFO has byte counters");
		still = memcmp(&now, &before, sizeof(now)) ? 0 : still + 1;
		before = now;
		sleep_ms(20);
	}
	check(still >= 5, "transfer came to rest");
}

/* Differs from the request, so that a swap of directions shows. */
uint64_t response_of(uint64_t request)
{
	return request / 3 + 17;
}

void plain_client(struct end *e)
{
	send_all(e, e->bytes, 10007);
	recv_all(e, response_of(e->bytes), 65536);
}

void plain_server(struct end *e)
{
	recv_all(e, e->bytes, 30011);
	send_all(e, response_of(e->bytes), 65536);
}
