// SPDX-License-Identifier: Apache-2.0
/* Protocols on or beside plain TCP: kernel TLS, MPTCP, TCP Fast Open. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/tcp.h>
#include <linux/tls.h>
#include <string.h>
#include <unistd.h>

#include "traffic.h"

#define TLS_RECORD 16384
#define TLS_OVERHEAD (5 + 8 + 16)	/* record header, explicit nonce, tag: TLS 1.2 AES-GCM */
#define SOL_TLS_LEVEL 282

static void tls_key(int fd, int direction, unsigned char seed)
{
	struct tls12_crypto_info_aes_gcm_128 k = {
		.info = { .version = TLS_1_2_VERSION, .cipher_type = TLS_CIPHER_AES_GCM_128 },
	};

	memset(k.key, seed, sizeof(k.key));
	memset(k.salt, seed + 1, sizeof(k.salt));
	if (setsockopt(fd, SOL_TLS_LEVEL, direction, &k, sizeof(k)))
		skip("kTLS keys, direction %d", direction);
}

static uint64_t with_overhead(uint64_t plain, uint64_t chunk)
{
	return plain + (plain + chunk - 1) / chunk * TLS_OVERHEAD;
}

static void tls_dial(struct end *e, const struct sockaddr_storage *to)
{
	if (connect(e->fd, (const struct sockaddr *)to, address_len(to)))
		die("connect");
	if (setsockopt(e->fd, IPPROTO_TCP, TCP_ULP, "tls", 4))
		skip("since 6.1, as Debian builds them without CONFIG_TLS before: TCP_ULP tls");
	tls_key(e->fd, TLS_TX, 1);
	tls_key(e->fd, TLS_RX, 101);
}

/* One send of a whole record's plaintext is one record on the wire. */
static void tls_client(struct end *e)
{
	e->wire_differs = true;
	send_all(e, e->bytes, TLS_RECORD);
	e->wire.sent = with_overhead(e->app.sent, TLS_RECORD);
	recv_all(e, response_of(e->bytes), 65536);
	e->wire.received = with_overhead(e->app.received, 1000);
}

static void tls_server(struct end *e)
{
	e->wire_differs = true;
	if (setsockopt(e->fd, IPPROTO_TCP, TCP_ULP, "tls", 4))
		skip("since 6.1, as Debian builds them without CONFIG_TLS before: TCP_ULP tls");
	tls_key(e->fd, TLS_TX, 101);
	tls_key(e->fd, TLS_RX, 1);
	recv_all(e, e->bytes, 65536);
	e->wire.received = with_overhead(e->app.received, TLS_RECORD);
	send_all(e, response_of(e->bytes), 1000);
	e->wire.sent = with_overhead(e->app.sent, 1000);
}

static void ktls(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = tls_client, .server = tls_server, .dial = tls_dial,
		.note = "counted: TLS 1.2 records as TCP carries them, 29 bytes more per record",
	}, 2);
}

#define PROTOCOL_MPTCP 262

static void mptcp(const struct row *row, const struct options *o)
{
	play(row, o, &(struct script){
		.client = plain_client, .server = plain_server, .protocol = PROTOCOL_MPTCP,
		.closer_unknown = true, .wire_by_tcp = true,
		.note = "counted: payload of the subflow; MPTCP's window probes repeat single bytes",
	}, 2);
}

static void fast_open_prepare(int listener)
{
	int queue = 16;

	if (setsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof(queue)))
		die("TCP_FASTOPEN");
}

#define SYN_PAYLOAD 100

static void fast_open_dial(struct end *e, const struct sockaddr_storage *to)
{
	char buf[SYN_PAYLOAD] = "in the SYN";
	ssize_t done = sendto(e->fd, buf, sizeof(buf), MSG_FASTOPEN | MSG_NOSIGNAL,
			      (const struct sockaddr *)to, address_len(to));

	if (done < 0)
		die("sendto MSG_FASTOPEN");
	e->app.sent += done;
}

static void fast_open_client(struct end *e)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);

	send_all(e, e->bytes - e->app.sent, 10007);
	recv_all(e, response_of(e->bytes), 65536);
	if (getsockopt(e->fd, IPPROTO_TCP, TCP_INFO, &info, &len))
		die("TCP_INFO");
	if (e->index > 0)
		check(info.tcpi_options & TCPI_OPT_SYN_DATA, "the SYN carried data");
}

static void fast_open(const struct row *row, const struct options *o)
{
	if (!o->client_netns && !o->server_netns) {
		private_netns();
		write_file("/proc/sys/net/ipv4/tcp_fastopen", "3");
	}
	play(row, o, &(struct script){
		.client = fast_open_client, .server = plain_server, .bytes = 100003,
		.prepare = fast_open_prepare, .dial = fast_open_dial,
		.note = "the first connection fetches the cookie, the others use it",
	}, 4);
}

const struct row rows_proto[] = {
	{ "ktls", "kernel TLS, both directions", ktls },
	{ "mptcp", "MPTCP, one subflow", mptcp },
	{ "fast-open", "TCP Fast Open with data in the SYN (own namespace)", fast_open },
	{ 0 },
};
