// SPDX-License-Identifier: Apache-2.0
/* Command line, and the list of rows. */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "traffic.h"

static const struct row *const tables[] = {
	rows_plain, rows_calls, rows_uring, rows_proto, rows_abort, rows_fail, rows_bulk,
};

static const struct row *find_row(const char *name)
{
	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++)
		for (const struct row *r = tables[t]; r->name; r++)
			if (!strcmp(r->name, name))
				return r;
	return NULL;
}

static void list_rows(void)
{
	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++)
		for (const struct row *r = tables[t]; r->name; r++)
			printf("%-17s %s\n", r->name, r->help);
}

static void usage(FILE *to)
{
	fputs("Usage: traffic ROW [options]    plays one row of the exactness table\n"
	      "       traffic --list           names the rows\n\n"
	      "Prints one JSON line per connection: what the application moved (clientSent,\n"
	      "serverReceived, ...) and what TCP carried (wire), which is what records must equal.\n"
	      "Exit status: 0 played and self-checked, 1 failed, 77 not possible on this kernel.\n\n"
	      "  --bind ADDRESS        the server's address\n"
	      "  --connect ADDRESS     the address the client dials\n"
	      "  --server-netns PATH   network namespace of the server, e.g. /run/netns/a\n"
	      "  --client-netns PATH   network namespace of the client\n"
	      "  --port N              server port (default: the kernel chooses)\n"
	      "  --bytes N             payload from client to server\n"
	      "  --connections N       how many connections\n"
	      "  --threads N           client threads of a bulk row (default 8)\n"
	      "  --detail FILE         bulk rows: one line per connection, as FILE's first line says\n"
	      "  --hold SECONDS        keepalive-idle: how long it stays open (default 12)\n"
	      "  --timeout SECONDS     give up after this long (default 240)\n",
	      to);
}

static unsigned long long number(const char *option, const char *text, unsigned long long max)
{
	char *end;
	unsigned long long n;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (errno || end == text || *end || *text == '-' || n > max) {
		fprintf(stderr, "traffic: --%s: a number from 0 to %llu, not \"%s\"\n", option, max,
			text);
		exit(2);
	}
	return n;
}

static void out_of_time(int sig)
{
	static const char message[] = "traffic: out of time\n";

	(void)sig;
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(3);
	_exit(1);
}

static const struct option long_options[] = {
	{ "list", no_argument, NULL, 'l' },
	{ "help", no_argument, NULL, 'h' },
	{ "bind", required_argument, NULL, 'b' },
	{ "connect", required_argument, NULL, 'c' },
	{ "server-netns", required_argument, NULL, 's' },
	{ "client-netns", required_argument, NULL, 'C' },
	{ "port", required_argument, NULL, 'p' },
	{ "bytes", required_argument, NULL, 'B' },
	{ "connections", required_argument, NULL, 'n' },
	{ "threads", required_argument, NULL, 't' },
	{ "detail", required_argument, NULL, 'd' },
	{ "hold", required_argument, NULL, 'H' },
	{ "timeout", required_argument, NULL, 'T' },
	{ 0 },
};

static void take_option(int c, const char *name, struct options *o)
{
	switch (c) {
	case 'l':
		list_rows();
		exit(0);
	case 'h':
		usage(stdout);
		exit(0);
	case 'b': o->bind = optarg; break;
	case 'c': o->connect = optarg; break;
	case 's': o->server_netns = optarg; break;
	case 'C': o->client_netns = optarg; break;
	case 'd': o->detail = optarg; break;
	case 'p': o->port = number(name, optarg, 65535); break;
	case 'B': o->bytes = number(name, optarg, 1ULL << 40); break;
	case 'n': o->connections = number(name, optarg, 1000000); break;
	case 't': o->threads = number(name, optarg, 256); break;
	case 'H': o->hold_s = number(name, optarg, 3600); break;
	case 'T': alarm(number(name, optarg, 3600)); break;
	default:
		usage(stderr);
		exit(2);
	}
}

int main(int argc, char **argv)
{
	struct options o = { .threads = 8, .hold_s = 12 };
	const struct row *row;
	int c, at = 0;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, out_of_time);
	alarm(240);
	while ((c = getopt_long(argc, argv, "", long_options, &at)) != -1)
		take_option(c, long_options[at].name, &o);
	if (optind != argc - 1) {
		usage(stderr);
		return 2;
	}
	row = find_row(argv[optind]);
	if (!row) {
		fprintf(stderr, "traffic: no row \"%s\": see traffic --list\n", argv[optind]);
		return 2;
	}
	row->run(row, &o);
	return 0;
}
