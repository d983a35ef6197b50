// SPDX-License-Identifier: Apache-2.0
/* Established connections that end with a RST. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "traffic.h"

/* Reads on until the connection breaks, and says how. */
static int drain(struct end *e)
{
	char *buf = pattern(65536);
	ssize_t done;
	int err;

	while ((done = recv(e->fd, buf, 65536, 0)) > 0)
		e->app.received += done;
	err = done < 0 ? errno : 0;
	free(buf);
	return err;
}

/* Sends without blocking until the socket takes no more. */
static void fill(struct end *e)
{
	char *buf = pattern(65536);
	ssize_t done;

	while ((done = send(e->fd, buf, 65536, MSG_DONTWAIT | MSG_NOSIGNAL)) > 0)
		e->app.sent += done;
	if (errno != EAGAIN)
		die("send");
	free(buf);
}

/* Else the window may grow until the writer has nothing left to hold back. */
static void keep_window_small(int fd)
{
	int size = 131072;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)))
		die("SO_RCVBUF");
}

static void print_abort(const struct row *row, const struct end *client, const struct end *server,
			enum closer closer, const char *note)
{
	struct truth t = {
		.row = row->name, .client = client, .server = server,
		.closer = closer, .close_kind = "RST", .note = note,
	};

	print_truth(&t);
}

/*
 * The writer is stopped by a closed window with data still unsent, everything at rest, so TCP_INFO
 * of both ends is the exact truth when the writer then aborts. What it accepted and never sent was
 * never carried and is not counted.
 */
static void abort_at_rest(const struct row *row, const struct options *o, bool client_writes)
{
	static const struct script s = { .bytes = 1 };
	struct end client = { 0 }, server = { 0 };
	struct end *writer = client_writes ? &client : &server;
	struct end *reader = writer == &client ? &server : &client;
	struct tally before;

	open_pair(&client, &server, o, &s);
	keep_window_small(reader->fd);
	send_all(reader, 4099, 4099);
	recv_all(writer, 4099, 4099);
	fill(writer);
	recv_all(reader, 300007, 65536);
	wait_quiet(writer->fd);
	fill(writer);
	wait_quiet(writer->fd);
	wait_quiet(reader->fd);
	check(tcp_tally(writer->fd, &writer->wire), "TCP_INFO of the writer");
	check(tcp_tally(reader->fd, &before), "TCP_INFO of the reader");
	abort_on_close(writer->fd);
	close(writer->fd);
	check(drain(reader) == ECONNRESET, "the reader met a reset");
	check(tcp_tally(reader->fd, &reader->wire), "TCP_INFO of the reader after the reset");
	check(!memcmp(&before, &reader->wire, sizeof(before)), "nothing came with the reset");
	check(reader->wire.received == reader->app.received, "the reader read what TCP received");
	check(reader->wire.received == writer->wire.sent, "TCP received what TCP sent");
	check(writer->wire.sent < writer->app.sent, "the writer had more to send");
	print_abort(row, &client, &server, client_writes ? CLOSER_CLIENT : CLOSER_SERVER,
		    "wire is TCP_INFO at rest just before the abort; the rest was never sent");
	close(reader->fd);
}

struct reading {
	struct end *end;
	int err;
};

static void *read_on(void *arg)
{
	struct reading *r = arg;

	r->err = drain(r->end);
	return NULL;
}

/*
 * Aborted while bytes fly. The sender's counters die with its socket; on a path without loss what
 * it sent is what the receiver's TCP has, which outlives the reset.
 */
static void abort_moving(const struct row *row, const struct options *o)
{
	static const struct script s = { .bytes = 1 };
	struct end client = { 0 }, server = { 0 };
	struct reading r = { .end = &server };
	pthread_t thread;

	open_pair(&client, &server, o, &s);
	if (pthread_create(&thread, NULL, read_on, &r))
		die("pthread_create");
	send_all(&client, 5000011, 65536);
	abort_on_close(client.fd);
	close(client.fd);
	pthread_join(thread, NULL);
	check(r.err == ECONNRESET, "the reader met a reset");
	check(tcp_tally(server.fd, &server.wire), "TCP_INFO of the reader after the reset");
	check(server.wire.received == server.app.received, "the reader read what TCP received");
	client.wire.sent = server.wire.received;
	print_abort(row, &client, &server, CLOSER_CLIENT,
		    "wire is TCP_INFO of the receiver after the reset");
	close(server.fd);
}

static void rst_mid_transfer(const struct row *row, const struct options *o)
{
	abort_at_rest(row, o, true);
	abort_at_rest(row, o, false);
	abort_moving(row, o);
}

/* Request and response, then one side slams the door. */
static void reset_once(const struct row *row, const struct options *o, bool by_client)
{
	static const struct script s = { .bytes = 100003 };
	struct end client = { 0 }, server = { 0 };
	struct end *stays = by_client ? &server : &client;
	int goes;

	open_pair(&client, &server, o, &s);
	send_all(&client, 10007, 10007);
	recv_all(&server, 10007, 65536);
	send_all(&server, 333, 333);
	recv_all(&client, 333, 333);
	client.wire = client.app;
	server.wire = server.app;
	check_wire("client", &client);
	check_wire("server", &server);
	goes = by_client ? client.fd : server.fd;
	abort_on_close(goes);
	close(goes);
	check(drain(stays) == ECONNRESET, "the other end met a reset");
	print_abort(row, &client, &server, by_client ? CLOSER_CLIENT : CLOSER_SERVER, NULL);
	close(stays->fd);
}

static void reset(const struct row *row, const struct options *o)
{
	reset_once(row, o, true);
	reset_once(row, o, false);
}

const struct row rows_abort[] = {
	{ "rst-mid-transfer", "SO_LINGER 0 with data unsent, unread and in flight", rst_mid_transfer },
	{ "reset", "SO_LINGER 0 after request and response", reset },
	{ 0 },
};
