package io.weir.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One socket as {@code ss -OtinemHa --tos} prints it, compared with what {@code weir sockets} says of
 * it: everything ss prints has to be there, and a word of ss this class does not know is a difference.
 */
public final class SsLine {
    /** ss prints six digits of a fraction. */
    private static final double DIGITS = 2e-5;

    /** How long may pass between the two programs. */
    private static final long APART_MS = 60_000;

    private static final Map<String, String> STATES =
            Map.of(
                    "ESTAB", "ESTABLISHED",
                    "SYN-SENT", "SYN_SENT",
                    "SYN-RECV", "SYN_RECV",
                    "FIN-WAIT-1", "FIN_WAIT1",
                    "FIN-WAIT-2", "FIN_WAIT2",
                    "TIME-WAIT", "TIME_WAIT",
                    "UNCONN", "CLOSE",
                    "CLOSE-WAIT", "CLOSE_WAIT",
                    "LAST-ACK", "LAST_ACK",
                    "LISTEN", "LISTEN");

    /** Same number, other name. */
    private static final Map<String, String> TCP_INFO =
            Map.ofEntries(
                    Map.entry("mss", "sndMss"),
                    Map.entry("pmtu", "pmtu"),
                    Map.entry("rcvmss", "rcvMss"),
                    Map.entry("advmss", "advmss"),
                    Map.entry("cwnd", "sndCwnd"),
                    Map.entry("ssthresh", "sndSsthresh"),
                    Map.entry("backoff", "backoff"),
                    Map.entry("bytes_sent", "bytesSent"),
                    Map.entry("bytes_retrans", "bytesRetrans"),
                    Map.entry("bytes_acked", "bytesAcked"),
                    Map.entry("bytes_received", "bytesReceived"),
                    Map.entry("segs_out", "segsOut"),
                    Map.entry("segs_in", "segsIn"),
                    Map.entry("data_segs_out", "dataSegsOut"),
                    Map.entry("data_segs_in", "dataSegsIn"),
                    Map.entry("delivered", "delivered"),
                    Map.entry("delivered_ce", "deliveredCe"),
                    Map.entry("unacked", "unacked"),
                    Map.entry("lost", "lost"),
                    Map.entry("sacked", "sacked"),
                    Map.entry("dsack_dups", "dsackDups"),
                    Map.entry("reordering", "reordering"),
                    Map.entry("reord_seen", "reordSeen"),
                    Map.entry("rcv_ooopack", "rcvOoopack"),
                    Map.entry("rcv_space", "rcvSpace"),
                    Map.entry("rcv_ssthresh", "rcvSsthresh"),
                    Map.entry("notsent", "notsentBytes"),
                    Map.entry("snd_wnd", "sndWnd"),
                    Map.entry("rcv_wnd", "rcvWnd"),
                    Map.entry("rehash", "rehash"));

    /** Milliseconds with a fraction; ours are µs. */
    private static final Map<String, String> MILLISECONDS =
            Map.of(
                    "rto",
                    "rto",
                    "ato",
                    "ato",
                    "minrtt",
                    "minRtt",
                    "rcv_rtt",
                    "rcvRtt",
                    "busy",
                    "busyTime",
                    "rwnd_limited",
                    "rwndLimited",
                    "sndbuf_limited",
                    "sndbufLimited");

    private static final Map<String, String> MOVING =
            Map.of("lastsnd", "lastDataSent", "lastrcv", "lastDataRecv", "lastack", "lastAckRecv");

    private static final Map<String, String> RATES =
            Map.of(
                    "pacing_rate", "pacingRate",
                    "delivery_rate", "deliveryRate",
                    "max_pacing_rate", "maxPacingRate");

    private static final Map<String, Integer> OPTIONS =
            Map.of("ts", 1, "sack", 2, "ecn", 8, "ecnseen", 16, "fastopen", 32);

    private static final Map<String, String> SKMEM =
            Map.of(
                    "r",
                    "rmemAlloc",
                    "rb",
                    "rcvbuf",
                    "t",
                    "wmemAlloc",
                    "tb",
                    "sndbuf",
                    "f",
                    "fwdAlloc",
                    "w",
                    "wmemQueued",
                    "o",
                    "optmem",
                    "bl",
                    "backlog",
                    "d",
                    "drops");

    private static final Set<String> ARROWS = Set.of("<->", "-->", "<--", "---");

    private final List<String> words;
    private final List<String> differences = new ArrayList<>();
    private JsonNode ours;
    private JsonNode info;

    private SsLine(List<String> words) {
        this.words = words;
    }

    /** Lines by the socket's cookie. */
    public static Map<Long, SsLine> parse(String output) {
        Map<Long, SsLine> lines = new HashMap<>();
        output.lines()
                .filter(line -> !line.isBlank())
                .map(line -> new SsLine(Stream.of(line.strip().split("\\s+", -1)).toList()))
                .forEach(line -> lines.put(line.cookie(), line));
        return lines;
    }

    private long cookie() {
        return words.stream()
                .filter(word -> word.startsWith("sk:"))
                .map(word -> Long.parseUnsignedLong(word.substring(3), 16))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie in " + words));
    }

    /** The words that do not move while a socket is idle. */
    public List<String> still() {
        return words.stream()
                .filter(word -> !MOVING.containsKey(word.replaceFirst(":.*", "")))
                .toList();
    }

    /** What {@code weir sockets} says otherwise. */
    public List<String> differencesFrom(JsonNode socket) {
        ours = socket;
        info = socket.path("tcpInfo");
        differences.clear();
        text("state", STATES.getOrDefault(words.get(0), words.get(0)), ours.path("state"));
        number("Recv-Q", words.get(1), ours.path("receiveQueue").asDouble(-1));
        number("Send-Q", words.get(2), ours.path("sendQueue").asDouble(-1));
        endpoint(words.get(3), ours.path("local"));
        endpoint(words.get(4), ours.path("remote"));
        for (int i = 5; i < words.size(); i++) {
            String word = words.get(i);
            boolean rate = RATES.containsKey(word) || word.equals("send");
            if (rate) {
                rate(word, words.get(++i));
            } else {
                word(word);
            }
        }
        OPTIONS.forEach((name, bit) ->
                same(name, words.contains(name), (info.path("options").asInt() & bit) != 0));
        same("app_limited", words.contains("app_limited"), limited());
        return List.copyOf(differences);
    }

    private boolean limited() {
        return info.path("deliveryRateAppLimited").asInt() == 1;
    }

    private void endpoint(String word, JsonNode end) {
        int colon = word.lastIndexOf(':');
        String address = word.substring(0, colon).replaceAll("[\\[\\]]|%.*|::ffff:", "");
        String port = word.substring(colon + 1);
        if (!address.equals("*")) {
            text("address", address, end.path("address"));
        }
        number("port", port.equals("*") ? "0" : port, end.path("port").asDouble(-1));
    }

    private void word(String word) {
        if (ARROWS.contains(word) || OPTIONS.containsKey(word) || word.equals("app_limited")) {
            return;
        }
        int colon = word.indexOf(':');
        if (colon < 0) {
            text("congestion", word, ours.path("congestion"));
            return;
        }
        String name = word.substring(0, colon);
        String value = word.substring(colon + 1);
        if (TCP_INFO.containsKey(name)) {
            number(name, value, info.path(TCP_INFO.get(name)).asDouble(-1));
        } else if (MILLISECONDS.containsKey(name)) {
            double us = info.path(MILLISECONDS.get(name)).asDouble(-1);
            number(name, value.replaceFirst("ms.*", ""), us / 1000);
        } else if (MOVING.containsKey(name)) {
            double ms = info.path(MOVING.get(name)).asDouble(-1e9);
            if (Math.abs(ms - Double.parseDouble(value)) > APART_MS) {
                differences.add(word + ", ours " + ms);
            }
        } else {
            special(name, value);
        }
    }

    private void special(String name, String value) {
        switch (name) {
            case "ino" -> number(name, value, ours.path("inode").asDouble(-1));
            case "uid" -> number(name, value, ours.path("uid").asDouble(-1));
            case "sk" -> text(name, value, ours.path("cookie").asLong());
            case "v6only" -> same(name, value.equals("1"), ours.path("v6only").asBoolean());
            case "cgroup" -> same(name, true, ours.path("cgroupId").asLong() > 0);
            case "fwmark" -> number(name, hex(value), ours.path("mark").asDouble(-1));
            case "tos" -> number(name, hex(value), ours.path("tos").asDouble(-1));
            case "tclass" -> number(name, hex(value), ours.path("tclass").asDouble(-1));
            case "class_id" -> number(name, hex(value), ours.path("classId").asDouble(-1));
            case "wscale" -> pair(name, value.split(",", 2), "sndWscale", "rcvWscale", 1);
            case "retrans" -> pair(name, value.split("/", 2), "retrans", "totalRetrans", 1);
            case "rtt" -> rtt(value.split("/", 2));
            case "timer" -> same(name, false, ours.path("timer").asText().equals("NONE"));
            case "skmem" -> skmem(parts(value));
            case "bbr" -> bbr(parts(value));
            case "dctcp" -> dctcp(parts(value));
            default -> differences.add("unknown to this test: " + name + ":" + value);
        }
    }

    private void pair(String name, String[] values, String first, String second, double unit) {
        number(name, values[0], info.path(first).asDouble(-1) / unit);
        number(name, values[1], info.path(second).asDouble(-1) / unit);
    }

    private void rtt(String[] values) {
        number("rtt", values[0], info.path("rtt").asDouble(-1) / 1000);
        number("rttvar", values[1], info.path("rttvar").asDouble(-1) / 1000);
    }

    /** What ss divides by for its rate; it prefers the one of Vegas. */
    private double rttUs() {
        long vegas = ours.path("vegas").path("rtt").asLong(0);
        boolean preferred =
                ours.path("vegas").path("enabled").asInt() == 1
                        && vegas > 0
                        && vegas != Integer.MAX_VALUE;
        return preferred ? vegas : info.path("rtt").asDouble(-1);
    }

    private void rate(String name, String value) {
        double bits =
                name.equals("send")
                        ? info.path("sndCwnd").asDouble()
                                * info.path("sndMss").asDouble()
                                * 8e6
                                / rttUs()
                        : 8 * info.path(RATES.get(name)).asDouble(-1);
        number(name, value.replace("bps", ""), bits);
    }

    private void skmem(String[] parts) {
        for (String part : parts) {
            String name = part.replaceAll("\\d", "");
            number(
                    "skmem " + name,
                    part.replaceAll("\\D", ""),
                    ours.path("skMemInfo").path(SKMEM.getOrDefault(name, "?")).asDouble(-1));
        }
    }

    private void bbr(String[] parts) {
        JsonNode bbr = ours.path("bbr");
        for (String part : parts) {
            String value = part.substring(part.indexOf(':') + 1);
            switch (part.substring(0, part.indexOf(':'))) {
                case "bw" ->
                        number("bw", value.replace("bps", ""), 8 * bbr.path("bw").asDouble(-1));
                case "mrtt" -> number("mrtt", value, bbr.path("minRtt").asDouble(-1) / 1000);
                case "pacing_gain" ->
                        number("pacing_gain", value, bbr.path("pacingGain").asDouble(-1) / 256);
                case "cwnd_gain" ->
                        number("cwnd_gain", value, bbr.path("cwndGain").asDouble(-1) / 256);
                default -> differences.add("unknown to this test: bbr " + part);
            }
        }
    }

    private void dctcp(String[] parts) {
        JsonNode dctcp = ours.path("dctcp");
        Map<String, String> names =
                Map.of(
                        "ce_state",
                        "ceState",
                        "alpha",
                        "alpha",
                        "ab_ecn",
                        "abEcn",
                        "ab_tot",
                        "abTot");
        for (String part : parts) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                same(part, part.equals("fallback_mode"), dctcp.path("enabled").asInt(-1) == 0);
            } else {
                String name = part.substring(0, colon);
                number(
                        name,
                        part.substring(colon + 1),
                        dctcp.path(names.getOrDefault(name, "?")).asDouble(-1));
            }
        }
    }

    private static String[] parts(String value) {
        return value.replaceAll("[()]", "").split(",", -1);
    }

    private static String hex(String value) {
        return Long.toString(Long.decode(value));
    }

    private void number(String name, String theirs, double our) {
        double their = Double.parseDouble(theirs);
        if (Math.abs(their - our) > DIGITS * Math.max(Math.abs(their), 1e-3)) {
            differences.add(name + ":" + theirs + ", ours " + our);
        }
    }

    private void text(String name, String theirs, JsonNode our) {
        if (!theirs.equals(our.asText())) {
            differences.add(name + ":" + theirs + ", ours " + our);
        }
    }

    private void text(String name, String theirs, long our) {
        if (!theirs.equals(Long.toHexString(our))) {
            differences.add(name + ":" + theirs + ", ours " + our);
        }
    }

    private void same(String name, boolean theirs, boolean our) {
        if (theirs != our) {
            differences.add(name + " is " + theirs + ", ours " + our);
        }
    }
}
