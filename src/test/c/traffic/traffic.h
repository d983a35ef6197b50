/* SPDX-License-Identifier: Apache-2.0 */
/*
 * traffic: plays one row of the exactness table with real sockets and prints what was really
 * carried, one JSON line per connection. It is the truth the agent's records are held against, so
 * it witnesses itself three ways before it prints: what the sender's socket accepted, what the
 * receiver's application read, and what TCP_INFO of both ends says.
 */
#ifndef WEIR_TRAFFIC_H
#define WEIR_TRAFFIC_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#define EXIT_SKIP 77	/* this kernel or machine cannot play the row; the reason is on stderr */

struct options {
	const char *bind;		/* server address; NULL: the row's own */
	const char *connect;		/* address the client dials; NULL: the row's own */
	const char *server_netns;	/* path of a network namespace; NULL: the caller's */
	const char *client_netns;
	const char *detail;		/* file for one line per connection of a bulk row */
	uint64_t bytes;			/* payload client to server; 0: the row's own */
	unsigned int port;		/* server port; 0: the kernel's choice */
	unsigned int connections;	/* 0: the row's own */
	unsigned int threads;		/* client threads of a bulk row */
	unsigned int hold_s;		/* how long keepalive-idle stays open */
};

struct row {
	const char *name;
	const char *help;
	void (*run)(const struct row *row, const struct options *o);
};

/* Payload bytes of one end. */
struct tally {
	uint64_t sent;
	uint64_t received;
};

/* One end of one connection, owned by the thread that plays it. */
struct end {
	int fd;
	struct tally app;	/* accepted from and handed to the application */
	struct tally wire;	/* carried by TCP; equals app unless the row says otherwise */
	bool wire_differs;	/* wire was set by the row */
	bool shut;		/* this end sent its FIN before the check */
	uint64_t bytes;		/* payload the client shall send */
	unsigned int index;	/* number of the connection within the row */
	struct end *peer;
	const struct options *o;
	struct sockaddr_storage name;
};

enum closer { CLOSER_UNKNOWN, CLOSER_CLIENT, CLOSER_SERVER };

/* What is printed about a connection. */
struct truth {
	const char *row;
	const struct end *client;
	const struct end *server;	/* NULL: no socket ever answered */
	const struct sockaddr_storage *dialled;	/* with server NULL */
	const char *failure;		/* NULL or the name of enum Failure in the records */
	enum closer closer;
	const char *close_kind;		/* NULL unknown, "FIN", "RST" */
	const char *note;
};

/* How play() runs one ordinary connection. */
struct script {
	void (*client)(struct end *e);
	void (*server)(struct end *e);
	const char *bind;	/* default 127.0.0.1 */
	const char *connect;	/* default: what bind says */
	uint64_t bytes;		/* default 3 MiB and a bit */
	int protocol;		/* IPPROTO_MPTCP or 0 */
	void (*prepare)(int listener);
	void (*dial)(struct end *e, const struct sockaddr_storage *to);
	bool closer_unknown;
	bool closer_client;	/* always, else by turns */
	bool print_before_close;
	bool wire_by_tcp;	/* TCP may carry more than the application's bytes */
	const char *note;
};

/* common.c */
void die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
void skip(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
void check(bool ok, const char *what);
void sleep_ms(unsigned int ms);
struct sockaddr_storage address_of(const char *text, unsigned int port);
socklen_t address_len(const struct sockaddr_storage *a);
unsigned int port_of(const struct sockaddr_storage *a);
struct sockaddr_storage local_name(int fd);
void enter_netns(const char *path);
void leave_netns(void);
void private_netns(void);
void write_file(const char *path, const char *text);
void abort_on_close(int fd);
uint64_t min_u64(uint64_t a, uint64_t b);

/* move.c: bytes through a connected socket, counted */
void *pattern(size_t len);
void send_all(struct end *e, uint64_t n, size_t chunk);
void recv_all(struct end *e, uint64_t n, size_t chunk);
void recv_eof(struct end *e);
bool tcp_tally(int fd, struct tally *out);
void wait_quiet(int fd);
uint64_t response_of(uint64_t request);
void plain_client(struct end *e);
void plain_server(struct end *e);

/* play.c */
int listen_at(const struct sockaddr_storage *at, int protocol, int backlog);
void play(const struct row *row, const struct options *o, const struct script *s,
	  unsigned int count);
void open_pair(struct end *client, struct end *server, const struct options *o,
	       const struct script *s);
void check_wire(const char *which, const struct end *e);
void print_truth(const struct truth *t);
void print_name(const char *key, const struct sockaddr_storage *name);

/* tun.c: a peer played by hand behind a TUN device of a private namespace */
enum tun_answer { TUN_SILENT, TUN_UNREACHABLE, TUN_RESET };
#define TUN_PEER "10.66.0.2"
void tun_peer(enum tun_answer answer);

extern const struct row rows_plain[], rows_calls[], rows_uring[], rows_proto[];
extern const struct row rows_abort[], rows_fail[], rows_bulk[];

#endif
