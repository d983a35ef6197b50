package io.weir.record;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent could not tell in time, or at all, since it started, by cause.
 *
 * <p>The first eight come from the kernel ({@code enum weir_loss} and {@code
 * bpf_prog_info.recursion_misses}), the others from the agent. Counters are cumulative at the
 * source, so most of these only delay; {@link #connectionsLost} is what was lost.
 *
 * @param ringActive interval reports which found the ring full: told by the next one
 * @param ringOpen opening reports which found the ring full: told by the next one
 * @param ringClose closing reports which found the ring full: parked, told late
 * @param parkFull closing reports which found ring and park full: lost
 * @param noState connections without kernel memory for their state: lost
 * @param noCookie sockets without a cookie yet (Linux 5.10): told by a later report
 * @param listen listener reports which found the ring full: lost
 * @param hookMissed runs of a program skipped because it interrupted itself: told by another hook
 * @param tableFull reports of connections for which the flow table had no room
 * @param closedTableFull those of them which were closing reports: lost
 * @param closedDropped closed connections given up because no sink took their record: lost
 * @param late reports which came after their connection's close: already counted
 * @param invalid events of an unknown version or a wrong length
 */
public record LossCounters(
        long ringActive,
        long ringOpen,
        long ringClose,
        long parkFull,
        long noState,
        long noCookie,
        long listen,
        long hookMissed,
        long tableFull,
        long closedTableFull,
        long closedDropped,
        long late,
        long invalid) {
    /** Nothing was missed. */
    public static final LossCounters NONE = new LossCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The kernel's part; the agent's is 0. */
    public static LossCounters ofKernel(
            long ringActive,
            long ringOpen,
            long ringClose,
            long parkFull,
            long noState,
            long noCookie,
            long listen,
            long hookMissed) {
        return new LossCounters(
                ringActive,
                ringOpen,
                ringClose,
                parkFull,
                noState,
                noCookie,
                listen,
                hookMissed,
                0,
                0,
                0,
                0,
                0);
    }

    /** The same with the agent's part replaced. */
    public LossCounters withAgent(
            long tableFull, long closedTableFull, long closedDropped, long late, long invalid) {
        return new LossCounters(
                ringActive,
                ringOpen,
                ringClose,
                parkFull,
                noState,
                noCookie,
                listen,
                hookMissed,
                tableFull,
                closedTableFull,
                closedDropped,
                late,
                invalid);
    }

    /** The same with the agent's part taken from another. */
    public LossCounters withAgent(LossCounters agent) {
        return withAgent(
                agent.tableFull,
                agent.closedTableFull,
                agent.closedDropped,
                agent.late,
                agent.invalid);
    }

    /** Each counter by its name, in the record's order. */
    public Map<String, Long> byCause() {
        Map<String, Long> causes = new LinkedHashMap<>();
        causes.put("ringActive", ringActive);
        causes.put("ringOpen", ringOpen);
        causes.put("ringClose", ringClose);
        causes.put("parkFull", parkFull);
        causes.put("noState", noState);
        causes.put("noCookie", noCookie);
        causes.put("listen", listen);
        causes.put("hookMissed", hookMissed);
        causes.put("tableFull", tableFull);
        causes.put("closedTableFull", closedTableFull);
        causes.put("closedDropped", closedDropped);
        causes.put("late", late);
        causes.put("invalid", invalid);
        return causes;
    }

    /** Ends of connections which no record will tell. */
    public long connectionsLost() {
        return parkFull + noState + closedTableFull + closedDropped;
    }
}
