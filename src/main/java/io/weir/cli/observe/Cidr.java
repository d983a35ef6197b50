package io.weir.cli.observe;

import io.weir.config.Given;
import io.weir.net.IpAddress;

/**
 * A block of addresses, such as {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
 *
 * @param network any address of the block
 * @param bits leading bits that count, 0 to 128; an IPv4 block counts from its mapped form's start
 */
public record Cidr(IpAddress network, int bits) {
    private static final int V4_OFFSET = 96;
    private static final String ALLOWED =
            "Use an address or a block, such as 10.0.0.7, 10.0.0.0/8 or fd00::/8";

    /** Reads an address, or an address, a slash and a number of bits. */
    public static Cidr parse(Given given) {
        int slash = given.text().indexOf('/');
        String address = slash < 0 ? given.text() : given.text().substring(0, slash);
        try {
            IpAddress network = IpAddress.parse(address);
            int most = network.isV4() ? 32 : 128;
            int bits = slash < 0 ? most : Integer.parseInt(given.text().substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw given.refused("has no prefix of 0 to " + most + " bits", ALLOWED);
            }
            return new Cidr(network, network.isV4() ? bits + V4_OFFSET : bits);
        } catch (IllegalArgumentException e) {
            throw given.refused("is not an address", ALLOWED);
        }
    }

    /** Whether {@code address} is in the block. */
    public boolean contains(IpAddress address) {
        return ((network.high() ^ address.high()) & mask(Math.min(bits, 64))) == 0
                && ((network.low() ^ address.low()) & mask(Math.max(bits - 64, 0))) == 0;
    }

    private static long mask(int leading) {
        return leading == 0 ? 0 : -1L << (64 - leading);
    }
}
