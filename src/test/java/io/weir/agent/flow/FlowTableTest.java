package io.weir.agent.flow;

import static io.weir.agent.flow.Tables.ADOPTED;
import static io.weir.agent.flow.Tables.CLIENT;
import static io.weir.agent.flow.Tables.CLOSED;
import static io.weir.agent.flow.Tables.FAILED;
import static io.weir.agent.flow.Tables.OPENED;
import static io.weir.agent.flow.Tables.SECOND_NS;
import static io.weir.agent.flow.Tables.SERVER;
import static io.weir.agent.flow.Tables.WALL_NS;
import static io.weir.agent.flow.Tables.WINDOW_NS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.agent.event.abi.TcpEventAbi;
import io.weir.net.IpAddress;
import io.weir.record.CloseKind;
import io.weir.record.ClosedBy;
import io.weir.record.Closing;
import io.weir.record.Failure;
import io.weir.record.FlowRecord;
import io.weir.record.LossCounters;
import io.weir.record.Owner;
import io.weir.record.Role;
import io.weir.record.TcpState;
import io.weir.record.Traffic;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private final Tables at = new Tables();

    @Test
    void shouldTellAConnectionOnceItsWindowEnds() {
        at.update(at.event(7, OPENED | CLIENT).bytesSent(100).bytesReceived(10));
        at.tick();
        assertThat(at.taken).isEmpty();

        at.endWindow();

        FlowRecord record = at.only();
        assertThat(record.windowStartNs()).isEqualTo(WALL_NS);
        assertThat(record.windowEndNs()).isEqualTo(WALL_NS + WINDOW_NS);
        assertThat(record.connection().cookie()).isEqualTo(7);
        assertThat(record.connection().local()).hasToString("10.0.0.1:40000");
        assertThat(record.connection().remote()).hasToString("10.0.0.2:80");
        assertThat(record.connection().role()).isEqualTo(Role.CLIENT);
        assertThat(record.lifecycle().opened()).isTrue();
        assertThat(record.lifecycle().closed()).isFalse();
        assertThat(record.lifecycle().state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(record.window().bytesSent()).isEqualTo(100);
        assertThat(record.total()).isEqualTo(record.window());
    }

    @Test
    void shouldTellOnlyWhatMovedSinceTheLastRecord() {
        at.update(at.event(7, OPENED).bytesSent(100).segsOut(3));
        at.endWindow();
        at.update(at.event(7, 0).bytesSent(150).segsOut(4));
        at.endWindow();

        FlowRecord second = at.taken.get(1);
        assertThat(second.lifecycle().opened()).isFalse();
        assertThat(second.window().bytesSent()).isEqualTo(50);
        assertThat(second.window().segmentsSent()).isEqualTo(1);
        assertThat(second.total().bytesSent()).isEqualTo(150);
    }

    @Test
    void shouldBeSilentAboutAConnectionWhichDidNothing() {
        at.update(at.event(7, OPENED).bytesSent(100));
        at.endWindow();
        at.update(at.event(7, 0).bytesSent(100));
        at.endWindow();
        at.endWindow();

        assertThat(at.taken).hasSize(1);
        assertThat(at.table.size()).isEqualTo(1);
    }

    @Test
    void shouldTellAChangeOfStateWithoutTraffic() {
        at.update(at.event(7, OPENED));
        at.endWindow();
        at.update(at.event(7, 0).state(TcpState.CLOSE_WAIT.number()));
        at.endWindow();

        assertThat(at.taken).hasSize(2);
        assertThat(at.taken.get(1).lifecycle().state()).isEqualTo(TcpState.CLOSE_WAIT);
    }

    @Test
    void shouldTellAClosedConnectionAtOnceAndForgetIt() {
        at.update(at.event(7, OPENED).bytesSent(100));
        at.update(at.close(7).bytesSent(120));
        at.tick();

        FlowRecord record = at.only();
        assertThat(record.lifecycle().opened()).isTrue();
        assertThat(record.lifecycle().closed()).isTrue();
        assertThat(record.lifecycle().closing())
                .isEqualTo(new Closing(ClosedBy.REMOTE, CloseKind.FIN));
        assertThat(record.window().bytesSent()).isEqualTo(120);
        assertThat(record.windowStartNs()).isEqualTo(WALL_NS);
        assertThat(record.windowEndNs()).isEqualTo(WALL_NS + WINDOW_NS);
        assertThat(at.table.size()).isZero();
    }

    @Test
    void shouldTellACloseInTheWindowItHappenedInThoughTheAgentWasHeldUp() {
        long windowsLate = 3;
        at.update(at.close(7).timeNs(at.nowNs + windowsLate * WINDOW_NS).bytesSent(120));
        at.tick();

        assertThat(at.only().windowStartNs()).isEqualTo(WALL_NS + windowsLate * WINDOW_NS);
        assertThat(at.only().windowEndNs()).isEqualTo(WALL_NS + (windowsLate + 1) * WINDOW_NS);
    }

    @Test
    void shouldTellAShortConnectionOfASingleEvent() {
        at.update(at.close(7).addFlags(OPENED | SERVER).bytesSent(120));
        at.tick();

        assertThat(at.only().lifecycle().opened()).isTrue();
        assertThat(at.only().lifecycle().closed()).isTrue();
        assertThat(at.only().window().bytesSent()).isEqualTo(120);
    }

    @Test
    void shouldTellWhyAConnectFailed() {
        at.update(
                at.event(7, OPENED | CLOSED | FAILED | CLIENT)
                        .err(111)
                        .state(TcpState.CLOSE.number())
                        .oldState(TcpState.SYN_SENT.number()));
        at.tick();

        assertThat(at.only().lifecycle().failure()).isEqualTo(Failure.REFUSED);
        assertThat(at.only().lifecycle().closing()).isNull();
        assertThat(at.only().lifecycle().errno()).isEqualTo(111);
        assertThat(at.only().lifecycle().opened()).isTrue();
        assertThat(at.only().lifecycle().closed()).isTrue();
    }

    @Test
    void shouldIgnoreWhatComesAfterTheClose() {
        at.update(at.close(7).addFlags(OPENED).bytesSent(120));
        at.update(at.event(7, OPENED).bytesSent(80));
        at.tick();
        at.update(at.event(7, 0).bytesSent(90));
        at.update(at.close(7).bytesSent(120));
        at.endWindow();
        at.update(at.event(7, 0).bytesSent(100));
        at.endWindow();

        assertThat(at.only().window().bytesSent()).isEqualTo(120);
        assertThat(at.table.losses().late()).isEqualTo(4);
    }

    @Test
    void shouldOpenAConnectionOnceEvenIfItsFirstReportComesLast() {
        at.update(at.event(7, 0).bytesSent(200));
        at.update(at.event(7, OPENED).bytesSent(100));
        at.endWindow();
        at.update(at.close(7).bytesSent(200));
        at.tick();

        assertThat(at.taken).extracting(r -> r.lifecycle().opened()).containsExactly(true, false);
        assertThat(at.taken).extracting(r -> r.window().bytesSent()).containsExactly(200L, 0L);
    }

    @Test
    void shouldNeverMoveBackwards() {
        at.update(at.event(7, OPENED).bytesSent(200).segsOut(9).timeNs(50).srttUs(500));
        at.update(
                at.event(7, 0)
                        .bytesSent(100)
                        .segsOut(5)
                        .timeNs(40)
                        .srttUs(400)
                        .state(TcpState.SYN_SENT.number()));
        at.endWindow();

        assertThat(at.only().total().bytesSent()).isEqualTo(200);
        assertThat(at.only().total().segmentsSent()).isEqualTo(9);
        assertThat(at.only().path().srttUs()).isEqualTo(500);
        assertThat(at.only().lifecycle().state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @Test
    void shouldBelieveTheCloseWhereAnEarlierReportSaidTooMuch() {
        at.update(at.event(7, OPENED).bytesReceived(101));
        at.update(at.close(7).bytesReceived(100));
        at.tick();

        assertThat(at.only().total().bytesReceived()).isEqualTo(100);
    }

    @Test
    void shouldNotTakeBackWhatWasTold() {
        at.update(at.event(7, OPENED).bytesReceived(101));
        at.endWindow();
        at.update(at.close(7).bytesReceived(100));
        at.tick();

        assertThat(at.taken.get(1).window().bytesReceived()).isZero();
        assertThat(at.taken.get(1).total().bytesReceived()).isEqualTo(101);
    }

    @Test
    void shouldKeepConnectionsApartWhichShareACookie() {
        at.update(at.event(7, OPENED).openNs(1_000).bytesSent(1));
        at.update(at.close(7).openNs(1_000).bytesSent(2));
        at.update(at.event(7, OPENED).openNs(2_000).bytesSent(30));
        at.update(at.event(7, OPENED).openNs(2_000).netns(2).bytesSent(400));
        at.endWindow();

        assertThat(at.taken)
                .extracting(r -> r.window().bytesSent())
                .containsExactlyInAnyOrder(2L, 30L, 400L);
    }

    @Test
    void shouldNotTellHistoryOfAnAdoptedConnectionAsTraffic() {
        at.update(at.event(7, ADOPTED).openNs(0).bytesSent(1_000).segsOut(10));
        at.endWindow();
        at.update(at.event(7, ADOPTED).openNs(0).bytesSent(1_500).segsOut(11));
        at.endWindow();

        FlowRecord first = at.taken.get(0);
        assertThat(first.window()).isEqualTo(Traffic.NONE);
        assertThat(first.total().bytesSent()).isEqualTo(1_000);
        assertThat(first.lifecycle().adopted()).isTrue();
        assertThat(first.lifecycle().opened()).isFalse();
        assertThat(first.lifecycle().openedNs()).isZero();
        assertThat(first.lifecycle().durationUs()).isZero();
        assertThat(at.taken.get(1).window().bytesSent()).isEqualTo(500);
        assertThat(at.taken.get(1).window().segmentsSent()).isEqualTo(1);
    }

    @Test
    void shouldStartAnAdoptedConnectionAtItsEarliestReport() {
        at.update(at.event(7, ADOPTED).openNs(0).timeNs(30).bytesSent(1_300));
        at.update(at.event(7, ADOPTED).openNs(0).timeNs(10).bytesSent(1_100));
        at.update(at.close(7).addFlags(ADOPTED).openNs(0).timeNs(40).bytesSent(1_400));
        at.update(at.event(7, ADOPTED).openNs(0).timeNs(5).bytesSent(1_000));
        at.tick();

        assertThat(at.only().window().bytesSent()).isEqualTo(400);
        assertThat(at.only().total().bytesSent()).isEqualTo(1_400);
    }

    @Test
    void shouldWidenSegmentCountersAsTheyWrap() {
        at.update(at.event(7, OPENED).segsOut(0xffff_fff0L));
        at.update(at.event(7, 0).segsOut(0x10));
        at.update(at.event(7, 0).segsOut(0xffff_fffeL));
        at.endWindow();

        assertThat(at.only().total().segmentsSent()).isEqualTo(0x1_0000_0010L);
    }

    @Test
    void shouldRememberTheOwnerLearnedLater() {
        at.update(at.event(7, OPENED).cgroupId(55));
        at.endWindow();
        at.update(at.event(7, 0).pid(42).uid(1_000).comm("curl").cgroupId(56));
        at.update(at.event(7, 0));
        at.endWindow();

        assertThat(at.taken.get(0).owner()).isEqualTo(new Owner(0, -1, "", 55));
        assertThat(at.taken.get(1).owner()).isEqualTo(new Owner(42, 1_000, "curl", 56));
    }

    @Test
    void shouldTellTimesOfALife() {
        long openNs = 3 * SECOND_NS;
        at.update(
                at.event(7, OPENED | CLIENT)
                        .openNs(openNs)
                        .establishedNs(openNs + 250_000)
                        .timeNs(openNs + 260_000));
        at.update(at.close(7).addFlags(CLIENT).openNs(openNs).timeNs(openNs + 2_000_000));
        at.tick();

        assertThat(at.only().lifecycle().openedNs()).isEqualTo(WALL_NS + openNs);
        assertThat(at.only().lifecycle().connectUs()).isEqualTo(250);
        assertThat(at.only().lifecycle().durationUs()).isEqualTo(2_000);
    }

    @Test
    void shouldNameTheListenerOfAServerConnection() {
        at.update(at.event(1, Tables.LISTEN | OPENED).localAddr(IpAddress.ANY_V4).localPort(80));
        at.update(at.event(7, OPENED | SERVER).localPort(80));
        at.endWindow();

        assertThat(at.only().connection().listen()).hasToString("0.0.0.0:80");
    }

    @Test
    void shouldKeepTheDeltaARefusedRecordWouldHaveTold() {
        at.takes = record -> false;
        at.update(at.event(7, OPENED).bytesSent(100));
        at.endWindow();
        at.update(at.event(7, 0).bytesSent(150));
        at.endWindow();
        at.takes = record -> true;
        at.endWindow();

        FlowRecord record = at.only();
        assertThat(record.window().bytesSent()).isEqualTo(150);
        assertThat(record.lifecycle().opened()).isTrue();
        assertThat(record.windowStartNs()).isEqualTo(WALL_NS);
        assertThat(record.windowEndNs()).isEqualTo(WALL_NS + 3 * WINDOW_NS);
        assertThat(record.origin().sequence()).isEqualTo(1);
    }

    @Test
    void shouldOfferARefusedRecordAgainBeforeTheNextWindow() {
        at.takes = record -> false;
        at.update(at.close(7).bytesSent(100));
        at.tick();
        at.takes = record -> true;
        at.tick();
        assertThat(at.taken).isEmpty();

        at.nowNs += SECOND_NS / 100;
        at.tick();

        assertThat(at.only().window().bytesSent()).isEqualTo(100);
    }

    @Test
    void shouldNumberRecordsWithoutGaps() {
        for (int cookie = 1; cookie <= 5; cookie++) {
            at.update(at.close(cookie));
        }
        int[] offers = new int[1];
        at.takes = record -> offers[0]++ % 2 == 1;
        for (int i = 0; i < 10; i++) {
            at.endWindow();
        }

        assertThat(at.taken)
                .extracting(r -> r.origin().sequence())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void shouldRefuseAndCountConnectionsBeyondTheBound() {
        Tables small = new Tables(2);
        small.update(small.event(1, OPENED));
        small.update(small.event(2, OPENED));
        small.update(small.event(3, OPENED).bytesSent(10));
        small.update(small.close(4));
        assertThat(small.table.size()).isEqualTo(2);

        small.update(small.close(1));
        small.update(small.event(3, 0).bytesSent(20));
        small.endWindow();

        LossCounters losses = small.table.losses();
        assertThat(losses.tableFull()).isEqualTo(2);
        assertThat(losses.closedTableFull()).isEqualTo(1);
        assertThat(losses.connectionsLost()).isEqualTo(1);
        assertThat(small.taken)
                .filteredOn(r -> r.connection().cookie() == 3)
                .extracting(r -> r.window().bytesSent())
                .containsExactly(20L);
    }

    @Test
    void shouldGiveUpTheOldestClosedConnectionForALiveOne() {
        Tables small = new Tables(2);
        small.takes = record -> false;
        small.update(small.close(1));
        small.update(small.close(2));
        small.update(small.event(3, OPENED));
        small.takes = record -> true;
        small.endWindow();

        assertThat(small.table.losses().closedDropped()).isEqualTo(1);
        assertThat(small.taken).extracting(r -> r.connection().cookie()).containsExactly(2L, 3L);
        assertThat(small.taken).extracting(r -> r.origin().sequence()).containsExactly(2L, 3L);
        assertThat(small.taken.getLast().origin().losses().closedDropped()).isEqualTo(1);
    }

    @Test
    void shouldTellEverythingWhenFlushed() {
        at.update(at.event(1, OPENED).bytesSent(10));
        at.update(at.close(2).bytesSent(20));
        at.takes = record -> false;
        assertThat(at.table.flush(at.nowNs, WALL_NS)).isEqualTo(2);
        at.takes = record -> true;

        assertThat(at.table.flush(at.nowNs, WALL_NS)).isZero();

        assertThat(at.taken)
                .extracting(r -> r.window().bytesSent())
                .containsExactlyInAnyOrder(10L, 20L);
    }

    @Test
    void shouldCarryWhatTheKernelLost() {
        at.kernelLosses = LossCounters.ofKernel(1, 2, 3, 4, 5, 6, 7, 8);
        at.update(at.close(7));
        at.tick();

        assertThat(at.only().origin().losses()).isEqualTo(at.kernelLosses);
        assertThat(at.only().origin().agentId()).isEqualTo("node-1");
        assertThat(at.only().origin().bootId()).isEqualTo("boot-1");
    }

    @Test
    void shouldCountEventsOfAnotherVersion() {
        at.update(at.event(7, OPENED).version(TcpEventAbi.WEIR_EVENT_VERSION() + 1));
        at.endWindow();

        assertThat(at.taken).isEmpty();
        assertThat(at.table.losses().invalid()).isEqualTo(1);
    }

    @Test
    void shouldSurviveAWallClockSetBack() {
        at.update(at.event(7, OPENED).bytesSent(1));
        at.table.tick(at.nowNs, WALL_NS - 100 * WINDOW_NS);
        at.update(at.event(7, 0).bytesSent(3));
        at.table.tick(at.nowNs + WINDOW_NS, WALL_NS - 100 * WINDOW_NS);

        assertThat(at.taken).extracting(r -> r.window().bytesSent()).containsExactly(1L, 2L);
        assertThat(at.taken.get(1).windowStartNs()).isEqualTo(WALL_NS - 100 * WINDOW_NS);
    }

    @Test
    void shouldRefuseNonsenseBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tables(0))
                .withMessageContaining("maxFlows=0");
    }
}
