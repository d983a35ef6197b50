// SPDX-License-Identifier: Apache-2.0
/* One ordinary connection: both ends as threads, self-checked, closed by turns, printed. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "traffic.h"

int listen_at(const struct sockaddr_storage *at, int protocol, int backlog)
{
	int one = 1, zero = 0, fd;

	fd = socket(at->ss_family, SOCK_STREAM | SOCK_CLOEXEC, protocol);
	if (fd < 0 && protocol)
		skip("since 6.1, as Debian builds them without CONFIG_MPTCP before: socket");
	if (fd < 0)
		skip("socket of family %d", at->ss_family);
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)))
		die("SO_REUSEADDR");
	if (at->ss_family == AF_INET6 &&
	    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero)))
		die("IPV6_V6ONLY");
	if (bind(fd, (const struct sockaddr *)at, address_len(at)))
		die("bind to port %u", port_of(at));
	if (listen(fd, backlog))
		die("listen");
	return fd;
}

static void dial_plainly(struct end *e, const struct sockaddr_storage *to)
{
	if (connect(e->fd, (const struct sockaddr *)to, address_len(to)))
		die("connect to port %u", port_of(to));
}

void open_pair(struct end *client, struct end *server, const struct options *o,
	       const struct script *s)
{
	const char *bind_to = o->bind ? o->bind : s->bind ? s->bind : "127.0.0.1";
	const char *dial_to = o->connect ? o->connect : o->bind ? o->bind :
			      s->connect ? s->connect : bind_to;
	struct sockaddr_storage at = address_of(bind_to, o->port), to;
	int listener;

	client->o = server->o = o;
	client->peer = server;
	server->peer = client;
	client->bytes = server->bytes = o->bytes ? o->bytes : s->bytes ? s->bytes : 3145739;
	enter_netns(o->server_netns);
	listener = listen_at(&at, s->protocol, 16);
	leave_netns();
	if (s->prepare)
		s->prepare(listener);
	at = local_name(listener);
	to = address_of(dial_to, port_of(&at));
	enter_netns(o->client_netns);
	client->fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, s->protocol);
	leave_netns();
	if (client->fd < 0)
		die("socket");
	(s->dial ? s->dial : dial_plainly)(client, &to);
	server->fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (server->fd < 0)
		die("accept");
	client->name = local_name(client->fd);
	server->name = local_name(server->fd);
	close(listener);
}

struct part {
	void (*play)(struct end *e);
	struct end *end;
};

static void *play_part(void *arg)
{
	struct part *p = arg;

	p->play(p->end);
	return NULL;
}

void check_wire(const char *which, const struct end *e)
{
	struct tally tcp;
	bool fin;

	check(tcp_tally(e->fd, &tcp), "TCP_INFO has byte counters");
	fin = e->peer->shut && tcp.received == e->wire.received + 1;
	if (tcp.sent == e->wire.sent && (tcp.received == e->wire.received || fin))
		return;
	errno = 0;
	die("self-check failed: %s: TCP_INFO sent %llu received %llu, truth %llu and %llu", which,
	    (unsigned long long)tcp.sent, (unsigned long long)tcp.received,
	    (unsigned long long)e->wire.sent, (unsigned long long)e->wire.received);
}

/* What TCP carried is its own word, held against the application's and the other end's. */
static void ask_tcp(struct end *client, struct end *server)
{
	wait_quiet(client->fd);
	wait_quiet(server->fd);
	check(tcp_tally(client->fd, &client->wire), "TCP_INFO of the client");
	check(tcp_tally(server->fd, &server->wire), "TCP_INFO of the server");
	check(client->wire.sent == server->wire.received, "TCP received what the client's sent");
	check(server->wire.sent == client->wire.received, "TCP received what the server's sent");
	check(client->wire.sent >= client->app.sent, "TCP carried all of the client's bytes");
	check(server->wire.sent >= server->app.sent, "TCP carried all of the server's bytes");
	client->wire_differs = server->wire_differs = true;
}

static void check_pair(struct end *client, struct end *server)
{
	if (!client->wire_differs)
		client->wire = client->app;
	if (!server->wire_differs)
		server->wire = server->app;
	check(client->app.sent == server->app.received, "server read what the client sent");
	check(server->app.sent == client->app.received, "client read what the server sent");
	check_wire("client", client);
	check_wire("server", server);
}

static void play_once(const struct row *row, const struct options *o, const struct script *s,
		      unsigned int index)
{
	struct end client = { .index = index }, server = { .index = index };
	struct part part = { s->server, &server };
	bool client_first = s->closer_client || index % 2 == 0;
	struct truth t = { .row = row->name, .client = &client, .server = &server };
	pthread_t thread;

	open_pair(&client, &server, o, s);
	if (pthread_create(&thread, NULL, play_part, &part))
		die("pthread_create");
	s->client(&client);
	pthread_join(thread, NULL);
	if (s->wire_by_tcp)
		ask_tcp(&client, &server);
	check_pair(&client, &server);
	t.note = s->note;
	t.closer = s->closer_unknown ? CLOSER_UNKNOWN : client_first ? CLOSER_CLIENT : CLOSER_SERVER;
	t.close_kind = "FIN";
	print_truth(&t);
	if (s->print_before_close)
		sleep_ms(o->hold_s * 1000);
	close(client_first ? client.fd : server.fd);
	sleep_ms(20);	/* so that the FIN is there first on any path but a lossy one */
	close(client_first ? server.fd : client.fd);
}

void play(const struct row *row, const struct options *o, const struct script *s,
	  unsigned int count)
{
	for (unsigned int i = 0; i < (o->connections ? o->connections : count); i++)
		play_once(row, o, s, i);
}

void print_name(const char *key, const struct sockaddr_storage *name)
{
	const struct in6_addr *a6 = &((const struct sockaddr_in6 *)name)->sin6_addr;
	char text[INET6_ADDRSTRLEN];

	if (name->ss_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)name)->sin_addr, text, sizeof(text));
	else if (IN6_IS_ADDR_V4MAPPED(a6))
		inet_ntop(AF_INET, &a6->s6_addr[12], text, sizeof(text));
	else
		inet_ntop(AF_INET6, a6, text, sizeof(text));
	printf("\"%s\":{\"address\":\"%s\",\"port\":%u},", key, text, port_of(name));
}

static void print_tally(const char *who, const struct tally *t)
{
	printf("\"%sSent\":%llu,\"%sReceived\":%llu,", who, (unsigned long long)t->sent, who,
	       (unsigned long long)t->received);
}

static void print_text(const char *key, const char *value, char last)
{
	if (value)
		printf("\"%s\":\"%s\"%c", key, value, last);
	else
		printf("\"%s\":null%c", key, last);
}

void print_truth(const struct truth *t)
{
	static const char *const closers[] = { NULL, "CLIENT", "SERVER" };
	static const struct end nobody;
	const struct end *server = t->server ? t->server : &nobody;

	putchar('{');
	print_text("row", t->row, ',');
	print_name("client", &t->client->name);
	print_name("server", t->server ? &server->name : t->dialled);
	printf("\"serverEnd\":%s,", t->server ? "true" : "false");
	print_tally("client", &t->client->app);
	print_tally("server", &server->app);
	fputs("\"wire\":{", stdout);
	print_tally("client", &t->client->wire);
	printf("\"serverSent\":%llu,\"serverReceived\":%llu},",
	       (unsigned long long)server->wire.sent, (unsigned long long)server->wire.received);
	print_text("failure", t->failure, ',');
	print_text("closedBy", closers[t->closer], ',');
	print_text("closeKind", t->close_kind, ',');
	print_text("note", t->note, '}');
	putchar('\n');
	fflush(stdout);
}
