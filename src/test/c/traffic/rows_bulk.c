// SPDX-License-Identifier: Apache-2.0
/* Many short connections, each with sizes of its own, as fast as the machine makes them. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "traffic.h"

#define SERVERS 4	/* server ports, so that no port range runs out */

/* Leads each request; the rest is filling. */
struct request {
	uint32_t index;
	uint32_t request_len;
	uint32_t response_len;
	uint32_t server_closes;
};

struct done {
	uint32_t client_port;
	uint32_t request_len;
	uint32_t response_len;
	uint32_t server_received;
	uint32_t server_sent;
};

static struct bulk {
	struct done *done;
	unsigned int count, next, threads;
	int listeners[SERVERS];
	struct sockaddr_storage at[SERVERS];
	volatile bool over;
} bulk;

static struct request request_of(uint32_t i)
{
	return (struct request){
		.index = i, .request_len = sizeof(struct request) + i % 997,
		.response_len = 1 + i % 4999, .server_closes = i % 2,
	};
}

static void serve_one(int fd)
{
	struct end e = { .fd = fd };
	struct request r;

	if (recv(fd, &r, sizeof(r), MSG_WAITALL) != sizeof(r))
		die("recv of a request");
	e.app.received = sizeof(r);
	check(r.index < bulk.count, "a request is one of ours");
	if (r.request_len > sizeof(r))
		recv_all(&e, r.request_len - sizeof(r), 8192);
	send_all(&e, r.response_len, 8192);
	bulk.done[r.index].server_received = e.app.received;
	bulk.done[r.index].server_sent = e.app.sent;
	if (!r.server_closes)
		recv_eof(&e);
	close(fd);
}

static void *serve(void *arg)
{
	struct pollfd p = { .fd = *(int *)arg, .events = POLLIN };

	while (!__atomic_load_n(&bulk.over, __ATOMIC_ACQUIRE)) {
		int fd = accept4(p.fd, NULL, NULL, SOCK_CLOEXEC);

		if (fd >= 0)
			serve_one(fd);
		else if (errno == EAGAIN)
			poll(&p, 1, 100);
		else
			die("accept");
	}
	return NULL;
}

/* An address of its own for each client, so that no two connections ever share both ends. */
static void source_text(uint32_t i, char text[INET_ADDRSTRLEN])
{
	snprintf(text, INET_ADDRSTRLEN, "127.%hhu.%hhu.%hhu", (uint8_t)(1 + (i >> 16)),
		 (uint8_t)(i >> 8), (uint8_t)i);
}

static struct sockaddr_storage source_of(uint32_t i)
{
	char text[INET_ADDRSTRLEN];

	source_text(i, text);
	return address_of(text, 0);
}

static void ask_one(uint32_t i)
{
	struct sockaddr_storage from = source_of(i), name;
	const struct sockaddr_storage *to = &bulk.at[i / 2 % SERVERS];
	struct request r = request_of(i);
	struct end e = { .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	char *buf = pattern(r.request_len);
	int one = 1;

	memcpy(buf, &r, sizeof(r));
	if (e.fd < 0 || setsockopt(e.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof(one)) ||
	    bind(e.fd, (struct sockaddr *)&from, address_len(&from)) ||
	    connect(e.fd, (const struct sockaddr *)to, address_len(to)))
		die("connection %u", i);
	name = local_name(e.fd);
	if (send(e.fd, buf, r.request_len, MSG_NOSIGNAL) != (ssize_t)r.request_len)
		die("send of request %u", i);
	free(buf);
	recv_all(&e, r.response_len, 8192);
	if (r.server_closes)
		recv_eof(&e);
	close(e.fd);
	bulk.done[i].client_port = port_of(&name);
	bulk.done[i].request_len = r.request_len;
	bulk.done[i].response_len = r.response_len;
}

static void *ask(void *arg)
{
	uint32_t i;

	while ((i = __atomic_fetch_add(&bulk.next, 1, __ATOMIC_RELAXED)) < bulk.count)
		ask_one(i);
	return arg;
}

static void start(pthread_t *threads, unsigned int n, void *(*run)(void *))
{
	for (unsigned int i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, run, &bulk.listeners[i % SERVERS]))
			die("pthread_create");
}

static void join(pthread_t *threads, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
}

static void write_detail(const char *path)
{
	FILE *f = fopen(path, "w");

	if (!f)
		die("open %s", path);
	fputs("#client-address client-port server-port client-sent server-sent closed-by\n", f);
	for (uint32_t i = 0; i < bulk.count; i++) {
		char source[INET_ADDRSTRLEN];

		source_text(i, source);
		fprintf(f, "%s %u %u %u %u %s\n", source, bulk.done[i].client_port,
			port_of(&bulk.at[i / 2 % SERVERS]), bulk.done[i].request_len,
			bulk.done[i].response_len, i % 2 ? "SERVER" : "CLIENT");
	}
	if (fclose(f))
		die("write %s", path);
}

static void print_summary(const char *row, uint64_t us)
{
	uint64_t requests = 0, responses = 0;

	for (uint32_t i = 0; i < bulk.count; i++) {
		const struct done *d = &bulk.done[i];

		check(d->server_received == d->request_len, "every request arrived whole");
		check(d->server_sent == d->response_len, "every response was sent whole");
		requests += d->request_len;
		responses += d->response_len;
	}
	printf("{\"row\":\"%s\",\"summary\":true,\"connections\":%u,\"clientSent\":%llu,"
	       "\"serverSent\":%llu,\"clientReceived\":%llu,\"serverReceived\":%llu,"
	       "\"server\":{\"address\":\"127.0.0.1\",\"ports\":[%u,%u,%u,%u]},"
	       "\"elapsedUs\":%llu}\n",
	       row, bulk.count, (unsigned long long)requests, (unsigned long long)responses,
	       (unsigned long long)responses, (unsigned long long)requests, port_of(&bulk.at[0]),
	       port_of(&bulk.at[1]), port_of(&bulk.at[2]), port_of(&bulk.at[3]),
	       (unsigned long long)us);
	fflush(stdout);
}

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000ULL + t.tv_nsec / 1000;
}

static void open_servers(const struct options *o)
{
	for (int i = 0; i < SERVERS; i++) {
		struct sockaddr_storage at = address_of("127.0.0.1", o->port ? o->port + i : 0);

		bulk.listeners[i] = listen_at(&at, 0, 4096);
		bulk.at[i] = local_name(bulk.listeners[i]);
		if (fcntl(bulk.listeners[i], F_SETFL, O_NONBLOCK))
			die("O_NONBLOCK");
	}
}

static void short_20000(const struct row *row, const struct options *o)
{
	unsigned int threads = o->threads ? o->threads : 1;
	pthread_t clients[256], servers[256];
	uint64_t started;

	bulk.count = o->connections ? o->connections : 20000;
	bulk.done = calloc(bulk.count, sizeof(*bulk.done));
	if (!bulk.done)
		die("calloc");
	open_servers(o);
	started = now_us();
	start(servers, threads < SERVERS ? SERVERS : threads, serve);
	start(clients, threads, ask);
	join(clients, threads);
	started = now_us() - started;
	__atomic_store_n(&bulk.over, true, __ATOMIC_RELEASE);
	join(servers, threads < SERVERS ? SERVERS : threads);
	if (o->detail)
		write_detail(o->detail);
	print_summary(row->name, started);
}

const struct row rows_bulk[] = {
	{ "short-20000", "20,000 connections of one request and one response", short_20000 },
	{ 0 },
};
