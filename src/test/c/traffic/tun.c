// SPDX-License-Identifier: Apache-2.0
/* A peer played by hand behind a TUN device: it swallows SYNs, or answers them as no stack would. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "traffic.h"

static int tun_fd = -1;
static enum tun_answer tun_answer;

static uint16_t checksum(uint32_t sum, const void *data, size_t len)
{
	const unsigned char *p = data;

	for (size_t i = 0; i + 1 < len; i += 2)
		sum += p[i] << 8 | p[i + 1];
	if (len % 2)
		sum += p[len - 1] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum);
}

static void ip_header(struct iphdr *ip, size_t len, uint8_t protocol, const struct iphdr *to)
{
	memset(ip, 0, sizeof(*ip));
	ip->version = 4;
	ip->ihl = 5;
	ip->tot_len = htons(len);
	ip->ttl = 64;
	ip->protocol = protocol;
	ip->saddr = to->daddr;
	ip->daddr = to->saddr;
	ip->check = checksum(0, ip, sizeof(*ip));
}

static void put(const void *packet, size_t len)
{
	if (write(tun_fd, packet, len) != (ssize_t)len)
		die("write to the TUN device");
}

static void answer_unreachable(const struct iphdr *syn)
{
	struct {
		struct iphdr ip;
		struct icmphdr icmp;
		unsigned char quoted[sizeof(struct iphdr) + 8];
	} p = { .icmp = { .type = ICMP_DEST_UNREACH, .code = ICMP_HOST_UNREACH } };

	memcpy(p.quoted, syn, sizeof(p.quoted));
	p.icmp.checksum = checksum(0, &p.icmp, sizeof(p) - sizeof(p.ip));
	ip_header(&p.ip, sizeof(p), IPPROTO_ICMP, syn);
	put(&p, sizeof(p));
}

struct segment {
	struct iphdr ip;
	struct tcphdr tcp;
};

static void put_segment(struct segment *s, const struct iphdr *to)
{
	struct {
		uint32_t from, to;
		uint16_t protocol, len;
	} pseudo = { to->daddr, to->saddr, htons(IPPROTO_TCP), htons(sizeof(s->tcp)) };
	uint16_t partial = checksum(0, &pseudo, sizeof(pseudo));

	s->tcp.doff = sizeof(s->tcp) / 4;
	s->tcp.window = htons(65535);
	s->tcp.check = 0;
	s->tcp.check = checksum((uint16_t)~ntohs(partial), &s->tcp, sizeof(s->tcp));
	ip_header(&s->ip, sizeof(*s), IPPROTO_TCP, to);
	put(s, sizeof(*s));
}

/* A SYN that crosses theirs takes their socket to SYN_RECV; the RST then is ECONNRESET. */
static void answer_reset(const struct iphdr *ip, const struct tcphdr *tcp)
{
	struct segment syn = { .tcp = { .source = tcp->dest, .dest = tcp->source,
					.seq = htonl(1000), .syn = 1 } };
	struct segment rst = { .tcp = { .source = tcp->dest, .dest = tcp->source,
					.seq = htonl(1001), .rst = 1, .ack = 1,
					.ack_seq = htonl(ntohl(tcp->seq) + 1) } };

	if (!tcp->syn || tcp->ack)
		return;
	put_segment(&syn, ip);
	put_segment(&rst, ip);
}

static void *tun_thread(void *arg)
{
	union {
		struct iphdr ip;
		unsigned char bytes[2048];
	} p;

	for (;;) {
		ssize_t len = read(tun_fd, &p, sizeof(p));
		const struct tcphdr *tcp = (const void *)(p.bytes + p.ip.ihl * 4);

		if (len < 40 || p.ip.version != 4 || p.ip.protocol != IPPROTO_TCP)
			continue;
		sleep_ms(50);	/* time for the client to ask for its port */
		if (tun_answer == TUN_UNREACHABLE)
			answer_unreachable(&p.ip);
		else if (tun_answer == TUN_RESET)
			answer_reset(&p.ip, tcp);
	}
	return arg;
}

static void configure(int fd, unsigned long what, struct ifreq *ifr, const char *name)
{
	if (ioctl(fd, what, ifr))
		die("TUN device: %s", name);
}

static void set_address(int fd, unsigned long what, struct ifreq *ifr, const char *text)
{
	struct sockaddr_storage a = address_of(text, 0);

	memcpy(&ifr->ifr_addr, &a, sizeof(ifr->ifr_addr));
	configure(fd, what, ifr, text);
}

void tun_peer(enum tun_answer answer)
{
	struct ifreq ifr = { .ifr_name = "peer", .ifr_flags = IFF_TUN | IFF_NO_PI };
	pthread_t thread;
	int fd;

	private_netns();
	tun_answer = answer;
	tun_fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (tun_fd < 0)
		skip("/dev/net/tun");
	configure(tun_fd, TUNSETIFF, &ifr, "TUNSETIFF");
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	set_address(fd, SIOCSIFADDR, &ifr, "10.66.0.1");
	set_address(fd, SIOCSIFNETMASK, &ifr, "255.255.255.0");
	ifr.ifr_flags = IFF_UP | IFF_RUNNING;
	configure(fd, SIOCSIFFLAGS, &ifr, "up");
	close(fd);
	if (pthread_create(&thread, NULL, tun_thread, NULL))
		die("pthread_create");
}
