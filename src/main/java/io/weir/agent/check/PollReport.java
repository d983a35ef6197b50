package io.weir.agent.check;

import java.time.Duration;

/**
 * How looking at every socket of every network namespace went.
 *
 * @param interval how often it is done, at least
 * @param namespaces network namespaces found in the last round
 * @param sockets TCP sockets told in the last round
 * @param roundNs how long the last round took
 * @param hiddenProcesses processes whose namespace may not be read: what is in it alone is not seen
 * @param closedNamespaces namespaces that could not be entered so far
 * @param incomplete namespaces whose dump stayed incomplete so far
 * @param lastRefusal what the kernel refused last, empty if nothing
 */
public record PollReport(
        Duration interval,
        int namespaces,
        long sockets,
        long roundNs,
        int hiddenProcesses,
        long closedNamespaces,
        long incomplete,
        String lastRefusal) {}
