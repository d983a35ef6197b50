// SPDX-License-Identifier: Apache-2.0
/* Idle loopback connections: many-sockets NAMESPACES CONNECTIONS [CONGESTION...]
 *
 * In each of NAMESPACES new network namespaces (0: in the one it was started in) a listener and
 * CONNECTIONS connections with some data in both directions, IPv4 and IPv6 by turns, both ends with one
 * of the congestion controls by turns where the kernel has it. Prints "ready" per namespace once it is idle,
 * and keeps everything until standard input ends. The process of the last namespace is the first.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void raise_loopback(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (ioctl(fd, SIOCSIFFLAGS, &lo))
		fail("lo up");
	close(fd);
}

/* Without ECN, DCTCP does as Reno. */
static void ask_for_ecn(void)
{
	FILE *ecn = fopen("/proc/sys/net/ipv4/tcp_ecn", "w");

	if (!ecn || fputs("1", ecn) < 0 || fclose(ecn))
		fail("tcp_ecn");
}

static socklen_t loopback(int family, struct sockaddr_storage *address)
{
	memset(address, 0, sizeof(*address));
	address->ss_family = family;
	if (family == AF_INET) {
		((struct sockaddr_in *)address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof(struct sockaddr_in);
	}
	((struct sockaddr_in6 *)address)->sin6_addr = in6addr_loopback;
	return sizeof(struct sockaddr_in6);
}

static int listener(int family)
{
	struct sockaddr_storage address;
	socklen_t length = loopback(family, &address);
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) || listen(fd, 128))
		fail("listen");
	return fd;
}

static void exchange(int from, int to, int bytes)
{
	static char buffer[65536];

	for (int left = bytes; left > 0;) {
		int part = left < (int)sizeof(buffer) ? left : (int)sizeof(buffer);

		if (send(from, buffer, part, 0) != part ||
		    recv(to, buffer, part, MSG_WAITALL) != part)
			fail("exchange");
		left -= part;
	}
}

/* Absent from this kernel: the usual one stays. */
static void use(int fd, const char *congestion)
{
	(void)!setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, congestion, strlen(congestion));
}

static void connection(int listening, int family, const char *congestion, int bytes)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof(address);
	int client = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), server;

	if (getsockname(listening, (struct sockaddr *)&address, &length))
		fail("getsockname");
	if (congestion) {
		use(client, congestion);
		use(listening, congestion); /* which the accepted one inherits */
	}
	if (connect(client, (struct sockaddr *)&address, length))
		fail("connect");
	server = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
	if (server < 0)
		fail("accept");
	exchange(client, server, bytes);
	exchange(server, client, bytes / 3);
}

static void make_connections(int connections, char **congestion, int controls)
{
	int v4 = listener(AF_INET), v6 = listener(AF_INET6);

	for (int i = 0; i < connections; i++) {
		const char *control = controls ? congestion[i / 2 % controls] : NULL;

		connection(i & 1 ? v6 : v4, i & 1 ? AF_INET6 : AF_INET, control,
			   controls ? 1000 * (i + 1) : 30);
	}
}

int main(int argc, char **argv)
{
	struct rlimit files = { 1 << 20, 1 << 20 };
	int namespaces;
	char byte;

	if (argc < 3) {
		fprintf(stderr, "usage: many-sockets NAMESPACES CONNECTIONS [CONGESTION...]\n");
		return 2;
	}
	setrlimit(RLIMIT_NOFILE, &files);
	namespaces = atoi(argv[1]);
	/* a process each: what others can find a namespace by */
	for (int n = 1; n < namespaces; n++)
		if (fork() == 0)
			break;
	if (namespaces) {
		if (unshare(CLONE_NEWNET))
			fail("unshare");
		raise_loopback();
		ask_for_ecn();
	}
	make_connections(atoi(argv[2]), argv + 3, argc - 3);
	if (write(1, "ready\n", 6) != 6)
		return 1;
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}
