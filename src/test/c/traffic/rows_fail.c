// SPDX-License-Identifier: Apache-2.0
/* Connections that never come about. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "traffic.h"

static void print_failed(const struct row *row, const struct end *client,
			 const struct sockaddr_storage *to, const char *failure, const char *note)
{
	struct truth t = {
		.row = row->name, .client = client, .dialled = to,
		.failure = failure, .note = note,
	};

	print_truth(&t);
}

static int client_socket(const struct options *o, const struct sockaddr_storage *to)
{
	int fd;

	enter_netns(o->client_netns);
	fd = socket(to->ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	leave_netns();
	if (fd < 0)
		die("socket");
	return fd;
}

static int outcome_of(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	socklen_t len = sizeof(int);
	int err = 0;

	if (poll(&p, 1, 60000) != 1 || getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &len))
		die("waiting for the connect");
	return err;
}

/*
 * Dials without blocking, so that the port the kernel chose can be asked for before the failure
 * makes the socket forget it. Where the failure is immediate (loopback) @from must be given.
 */
static int dial_in_vain(struct end *e, const char *from, const struct sockaddr_storage *to)
{
	if (from) {
		struct sockaddr_storage at = address_of(from, 0);

		if (bind(e->fd, (const struct sockaddr *)&at, address_len(&at)))
			die("bind to %s", from);
	}
	e->name = local_name(e->fd);
	if (fcntl(e->fd, F_SETFL, O_NONBLOCK))
		die("O_NONBLOCK");
	if (!connect(e->fd, (const struct sockaddr *)to, address_len(to)))
		check(false, "the connect fails");
	if (errno != EINPROGRESS)
		return errno;
	e->name = local_name(e->fd);
	return outcome_of(e->fd);
}

static void fail(const struct row *row, const struct options *o, const char *from,
		 const struct sockaddr_storage *to, int expected, const char *failure)
{
	struct end client = { .fd = client_socket(o, to), .o = o };
	int once = 1;

	if (setsockopt(client.fd, IPPROTO_TCP, TCP_SYNCNT, &once, sizeof(once)))
		die("TCP_SYNCNT");
	errno = dial_in_vain(&client, from, to);
	if (errno != expected)
		die("connect: expected %s, met", strerror(expected));
	print_failed(row, &client, to, failure, from ? "bound before" : "port chosen by connect");
	close(client.fd);
}

static void refused_at(const struct row *row, const struct options *o, const char *address)
{
	struct sockaddr_storage at = address_of(address, o->port), to;
	int holder;

	/* bound and not listening: nobody else can take the port meanwhile */
	enter_netns(o->server_netns);
	holder = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	leave_netns();
	if (holder < 0 || bind(holder, (struct sockaddr *)&at, address_len(&at)))
		die("bind to %s", address);
	to = local_name(holder);
	fail(row, o, address, &to, ECONNREFUSED, "REFUSED");
	close(holder);
}

static void refused(const struct row *row, const struct options *o)
{
	refused_at(row, o, "127.0.0.1");
	refused_at(row, o, "::1");
	refused_at(row, o, "127.0.0.1");
}

static void behind_tun(const struct row *row, const struct options *o, enum tun_answer answer,
		       int expected, const char *failure)
{
	struct sockaddr_storage to = address_of(TUN_PEER, o->port ? o->port : 8080);

	tun_peer(answer);
	fail(row, o, NULL, &to, expected, failure);
	fail(row, o, "0.0.0.0", &to, expected, failure);
	fail(row, o, "10.66.0.1", &to, expected, failure);
}

static void timed_out(const struct row *row, const struct options *o)
{
	behind_tun(row, o, TUN_SILENT, ETIMEDOUT, "TIMED_OUT");
}

static void unreachable(const struct row *row, const struct options *o)
{
	behind_tun(row, o, TUN_UNREACHABLE, EHOSTUNREACH, "UNREACHABLE");
}

static void reset_connect(const struct row *row, const struct options *o)
{
	behind_tun(row, o, TUN_RESET, ECONNRESET, "RESET");
}

/* The application loses patience before the kernel does. */
static void abandoned(const struct row *row, const struct options *o)
{
	struct sockaddr_storage to = address_of(TUN_PEER, o->port ? o->port : 8080);
	struct end client = { .o = o };

	tun_peer(TUN_SILENT);
	client.fd = client_socket(o, &to);
	if (fcntl(client.fd, F_SETFL, O_NONBLOCK))
		die("O_NONBLOCK");
	if (!connect(client.fd, (struct sockaddr *)&to, address_len(&to)) || errno != EINPROGRESS)
		die("connect");
	client.name = local_name(client.fd);
	sleep_ms(200);
	close(client.fd);
	print_failed(row, &client, &to, "ABANDONED", "closed while the SYN was unanswered");
}

const struct row rows_fail[] = {
	{ "refused", "nobody listens", refused },
	{ "timed-out", "SYNs vanish (own namespace)", timed_out },
	{ "unreachable", "ICMP host unreachable answers the SYN (own namespace)", unreachable },
	{ "reset-connect", "RST during a simultaneous open (own namespace)", reset_connect },
	{ "abandoned", "closed before the SYN was answered (own namespace)", abandoned },
	{ 0 },
};
