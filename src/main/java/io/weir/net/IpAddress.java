package io.weir.net;

import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address.
 *
 * <p>Sixteen bytes in network order, as the kernel's {@code struct in6_addr} holds them. An IPv4
 * address is its IPv4-mapped form ({@code ::ffff:a.b.c.d}), so an IPv4 peer of an IPv6 socket is
 * the same value, and prints the same, as that peer of an IPv4 socket.
 *
 * @param high bytes 0 to 7
 * @param low bytes 8 to 15
 */
public record IpAddress(long high, long low) {
    /** {@code 0.0.0.0}: a listener on every IPv4 address. */
    public static final IpAddress ANY_V4 = ofV4(0);

    /** {@code ::}: a listener on every address. */
    public static final IpAddress ANY_V6 = new IpAddress(0, 0);

    private static final long MAPPED_PREFIX = 0x0000_ffffL;

    /** An IPv4 address from its 32 bits, the first of the dotted form's bytes in the highest. */
    public static IpAddress ofV4(int address) {
        return new IpAddress(0, MAPPED_PREFIX << 32 | Integer.toUnsignedLong(address));
    }

    /**
     * An address from its 4 or 16 bytes in network order.
     *
     * @throws IllegalArgumentException if there is another number of them
     */
    public static IpAddress of(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> ofV4(ByteBuffer.wrap(bytes).getInt());
            case 16 -> {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                yield new IpAddress(buffer.getLong(), buffer.getLong());
            }
            default ->
                    throw new IllegalArgumentException(
                            "an IP address has 4 or 16 bytes: length=" + bytes.length);
        };
    }

    /**
     * Reads dotted IPv4 or any textual IPv6 form of RFC 4291; resolves no names.
     *
     * @throws IllegalArgumentException naming the text and what is wrong with it
     */
    public static IpAddress parse(String text) {
        return IpAddressText.parse(text);
    }

    /** Whether this is an IPv4 address, whichever socket family spoke it. */
    public boolean isV4() {
        return high == 0 && low >>> 32 == MAPPED_PREFIX;
    }

    /** Whether this is {@code 0.0.0.0} or {@code ::}. */
    public boolean isAny() {
        return equals(ANY_V4) || equals(ANY_V6);
    }

    /** 4 bytes for IPv4, 16 for IPv6, in network order. */
    public byte[] bytes() {
        return isV4()
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    /** Dotted IPv4, or IPv6 as RFC 5952 wants it: lower case, longest run of zeros as {@code ::}. */
    @Override
    public String toString() {
        return IpAddressText.format(this);
    }
}
