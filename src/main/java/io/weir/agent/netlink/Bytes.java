package io.weir.agent.netlink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in a byte array, unsigned. A message is copied to the heap before it is read: that is six
 * times faster than reading each field where it was received, because each such read brings its own
 * checks.
 */
final class Bytes {
    private static final VarHandle SHORT = handle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = handle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = handle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle NETWORK_SHORT = handle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NETWORK_INT = handle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NETWORK_LONG = handle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    private static VarHandle handle(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order).withInvokeExactBehavior();
    }

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    static long u32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) & 0xffff_ffffL;
    }

    static int i32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long i64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int networkU16(byte[] bytes, int at) {
        return (short) NETWORK_SHORT.get(bytes, at) & 0xffff;
    }

    static long networkU32(byte[] bytes, int at) {
        return (int) NETWORK_INT.get(bytes, at) & 0xffff_ffffL;
    }

    static long networkI64(byte[] bytes, int at) {
        return (long) NETWORK_LONG.get(bytes, at);
    }
}
