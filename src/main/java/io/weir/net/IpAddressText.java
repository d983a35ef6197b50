package io.weir.net;

/** Textual forms of {@link IpAddress}: RFC 4291 in, RFC 5952 out. */
final class IpAddressText {
    private static final int GROUPS = 8;

    private IpAddressText() {}

    static String format(IpAddress address) {
        return address.isV4() ? formatV4((int) address.low()) : formatV6(address);
    }

    private static String formatV4(int address) {
        return (address >>> 24)
                + "."
                + (address >>> 16 & 0xff)
                + "."
                + (address >>> 8 & 0xff)
                + "."
                + (address & 0xff);
    }

    private static String formatV6(IpAddress address) {
        int[] groups = groupsOf(address);
        int zerosAt = longestZeros(groups);
        int zerosEnd = zerosAt < 0 ? -1 : endOfZeros(groups, zerosAt);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == zerosAt) {
                text.append("::");
                i = zerosEnd - 1;
                continue;
            }
            if (i > 0 && i != zerosEnd) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static int[] groupsOf(IpAddress address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < 4 ? address.high() : address.low();
            groups[i] = (int) (half >>> (48 - 16 * (i % 4))) & 0xffff;
        }
        return groups;
    }

    /** Start of the first longest run of at least two zero groups, -1 without one. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = endOfZeros(groups, i) - i;
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int endOfZeros(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end;
    }

    static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? IpAddress.ofV4(parseV4(text, text)) : parseV6(text);
    }

    private static int parseV4(String dotted, String text) {
        int address = 0;
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int dot = part == 3 ? dotted.length() : dotted.indexOf('.', start);
            if (dot < 0) {
                throw bad(text, "IPv4 needs four numbers");
            }
            address = address << 8 | number(dotted, start, dot, text);
            start = dot + 1;
        }
        return address;
    }

    private static int number(String dotted, int start, int end, String text) {
        if (end == start || end - start > 3 || (end - start > 1 && dotted.charAt(start) == '0')) {
            throw bad(text, "'" + dotted.substring(start, end) + "' is not a number 0 to 255");
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = dotted.charAt(i);
            if (c < '0' || c > '9') {
                throw bad(text, "'" + dotted.substring(start, end) + "' is not a number 0 to 255");
            }
            value = value * 10 + (c - '0');
        }
        if (value > 255) {
            throw bad(text, value + " is not a number 0 to 255");
        }
        return value;
    }

    private static IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            throw bad(text, "'::' may stand only once");
        }
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            if (readGroups(text, text, groups) != GROUPS) {
                throw bad(text, "IPv6 without '::' needs eight groups");
            }
            return join(groups);
        }
        int[] tail = new int[GROUPS];
        int headLength = readGroups(text.substring(0, gap), text, groups);
        int tailLength = readGroups(text.substring(gap + 2), text, tail);
        if (headLength + tailLength >= GROUPS) {
            throw bad(text, "'::' leaves no room for a zero group");
        }
        System.arraycopy(tail, 0, groups, GROUPS - tailLength, tailLength);
        return join(groups);
    }

    /** Reads colon-separated groups, the last of which may be dotted IPv4; returns how many. */
    private static int readGroups(String part, String text, int[] groups) {
        int count = 0;
        int start = 0;
        while (start < part.length() || (count > 0 && start == part.length())) {
            int colon = part.indexOf(':', start);
            int end = colon < 0 ? part.length() : colon;
            if (colon < 0 && part.indexOf('.', start) >= 0) {
                requireRoom(count + 2, text);
                int v4 = parseV4(part.substring(start), text);
                groups[count] = v4 >>> 16;
                groups[count + 1] = v4 & 0xffff;
                return count + 2;
            }
            requireRoom(count + 1, text);
            groups[count++] = group(part, start, end, text);
            if (colon < 0) {
                break;
            }
            start = end + 1;
        }
        return count;
    }

    private static void requireRoom(int count, String text) {
        if (count > GROUPS) {
            throw bad(text, "IPv6 has at most eight groups");
        }
    }

    private static int group(String part, int start, int end, String text) {
        if (end == start || end - start > 4) {
            throw bad(text, "'" + part.substring(start, end) + "' is not 1 to 4 hex digits");
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit(part.charAt(i), 16);
            if (digit < 0 || part.charAt(i) > 'f') {
                throw bad(text, "'" + part.substring(start, end) + "' is not 1 to 4 hex digits");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static IpAddress join(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return new IpAddress(high, low);
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("not an IP address: '" + text + "': " + why);
    }
}
