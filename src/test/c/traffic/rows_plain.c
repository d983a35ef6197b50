// SPDX-License-Identifier: Apache-2.0
/* Plain transfers: what differs is how they are read, who stops first, and the addresses. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/socket.h>

#include "traffic.h"

static void plain(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = plain_client, .server = plain_server }, 2);
}

/* The reader asks for everything at once while the writer dribbles. */
static void waitall_client(struct end *e)
{
	for (uint64_t left = e->bytes; left > 0;) {
		uint64_t n = min_u64(left, 70001);

		send_all(e, n, 70001);
		sleep_ms(1);
		left -= n;
	}
	recv_all(e, response_of(e->bytes), 65536);
}

static void waitall_server(struct end *e)
{
	void *buf = pattern(e->bytes);
	ssize_t done = recv(e->fd, buf, e->bytes, MSG_WAITALL);

	check(done == (ssize_t)e->bytes, "MSG_WAITALL returned everything");
	e->app.received += done;
	free(buf);
	send_all(e, response_of(e->bytes), 65536);
}

static void waitall(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = waitall_client, .server = waitall_server }, 2);
}

/* Every byte is looked at twice before it is taken. */
static void peek_server(struct end *e)
{
	void *buf = pattern(8192);

	while (e->app.received < e->bytes) {
		ssize_t seen = recv(e->fd, buf, 8192, MSG_PEEK);

		if (seen <= 0 || recv(e->fd, buf, seen, MSG_PEEK) != seen)
			die("recv MSG_PEEK");
		recv_all(e, seen, seen);
	}
	free(buf);
	send_all(e, response_of(e->bytes), 65536);
}

static void peek(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){ .client = plain_client, .server = peek_server }, 2);
}

/* The client has said all it wants; the server goes on for a MiB. */
#define AFTER_HALF_CLOSE 1048576

static void half_close_client(struct end *e)
{
	send_all(e, e->bytes, 10007);
	if (shutdown(e->fd, SHUT_WR))
		die("shutdown");
	e->shut = true;
	recv_all(e, AFTER_HALF_CLOSE, 65536);
}

static void half_close_server(struct end *e)
{
	recv_all(e, e->bytes, 65536);
	recv_eof(e);
	send_all(e, AFTER_HALF_CLOSE, 4096);
}

static void half_close(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = half_close_client, .server = half_close_server, .closer_client = true,
		.note = "client shuts down, then the server sends 1 MiB more",
	}, 2);
}

static void v4(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = plain_client, .server = plain_server,
		.bind = "127.0.0.1", .bytes = 100003,
	}, 2);
}

static void v6(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = plain_client, .server = plain_server, .bind = "::1", .bytes = 100003,
	}, 2);
}

static void v4_mapped(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = plain_client, .server = plain_server,
		.bind = "::", .connect = "127.0.0.1", .bytes = 100003,
		.note = "the server's socket is AF_INET6, the client's AF_INET",
	}, 2);
	play(row, o, &(struct script){
		.client = plain_client, .server = plain_server,
		.bind = "::", .connect = "::ffff:127.0.0.1", .bytes = 100003,
		.note = "both sockets are AF_INET6",
	}, 2);
}

static void netns(const struct row *row, const struct options *o)
{
	if (!o->server_netns || !o->client_netns || !o->bind) {
		check(false, "netns needs --server-netns, --client-netns and --bind");
		return;
	}
	plain(row, o);
}

static void loss_client(struct end *e)
{
	send_all(e, e->bytes, 65536);
	recv_all(e, 1048576, 65536);
}

static void loss_server(struct end *e)
{
	recv_all(e, e->bytes, 65536);
	send_all(e, 1048576, 65536);
}

static void loss(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = loss_client, .server = loss_server, .bytes = 52428800,
		.closer_unknown = true, .note = "the caller makes the path lossy",
	}, 1);
}

/* Ten requests within 100 ms, then silence: the last interval report comes before the last byte. */
static void keepalive_client(struct end *e)
{
	for (int i = 0; i < 10; i++) {
		send_all(e, e->bytes, 4096);
		recv_all(e, response_of(e->bytes), 4096);
		sleep_ms(10);
	}
}

static void keepalive_server(struct end *e)
{
	for (int i = 0; i < 10; i++) {
		recv_all(e, e->bytes, 4096);
		send_all(e, response_of(e->bytes), 4096);
	}
}

static void keepalive_idle(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = keepalive_client, .server = keepalive_server, .bytes = 1009,
		.print_before_close = true, .note = "printed when it falls silent, closed later",
	}, 1);
}

const struct row rows_plain[] = {
	{ "plain", "send and recv", plain },
	{ "waitall", "one recv(MSG_WAITALL) for everything", waitall },
	{ "peek", "MSG_PEEK twice, then read", peek },
	{ "half-close", "the client shuts down, the server sends 1 MiB more", half_close },
	{ "v4", "IPv4", v4 },
	{ "v6", "IPv6", v6 },
	{ "v4-mapped", "IPv4 over AF_INET6 sockets", v4_mapped },
	{ "netns", "client and server in different network namespaces (given)", netns },
	{ "loss", "50 MiB over the path given", loss },
	{ "keepalive-idle", "10 requests in 100 ms, then idle", keepalive_idle },
	{ 0 },
};
