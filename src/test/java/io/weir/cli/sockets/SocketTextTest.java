package io.weir.cli.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.netlink.SocketView;
import io.weir.agent.proc.SocketOwner;
import io.weir.agent.sink.stdout.Look;
import io.weir.cli.observe.Cidr;
import io.weir.cli.observe.ProcessName;
import io.weir.config.Given;
import io.weir.testkit.NetlinkBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SocketTextTest {
    private static final String ID = "0123456789ab" + "c".repeat(52);
    private static final SocketRow NGINX =
            row(new NetlinkBytes().socket().everyAttribute())
                    .ownedBy(new SocketOwner(12, "nginx", ID));
    private static final SocketRow LISTENER =
            row(new NetlinkBytes().socket(10, 10, "::", 8080, "::", 0));

    @Test
    void shouldAlignColumnsAndLeaveOutTheEmptyOnes() throws IOException {
        String text = table(300, NGINX, LISTENER);

        assertThat(text.lines()).hasSize(3);
        assertThat(text.lines().findFirst().orElseThrow())
                .startsWith("NETNS  STATE        PROCESS    LOCAL         REMOTE")
                .endsWith("CONTAINER");
        assertThat(text)
                .contains("blue   established  nginx(12)  10.0.0.1:443  10.0.0.2:50000")
                .contains("0123456789ab\n")
                .contains("blue   listen       -          [::]:8080     *");
        assertThat(table(300, LISTENER)).doesNotContain("CONTAINER").doesNotContain("RETR");
    }

    @Test
    void shouldFitANarrowTerminal() throws IOException {
        String text = table(80, NGINX, LISTENER);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
        assertThat(text).contains("REMOTE").doesNotContain("CONTAINER");
    }

    @Test
    void shouldNotLetAProcessSteerTheTerminal() throws IOException {
        SocketRow evil = NGINX.ownedBy(new SocketOwner(1, "a\u001b[2Jb", ""));

        assertThat(table(300, evil)).contains("a?[2Jb(1)").doesNotContain("\u001b");
    }

    @Test
    void shouldQuoteCsvAndWriteItsHeaderOnce() throws IOException {
        SocketRow odd = NGINX.ownedBy(new SocketOwner(1, "a,\"b\"", ID));
        SocketText csv = SocketFormat.CSV.text(Look.PLAIN, () -> 80);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        csv.write(List.of(odd), out);
        csv.write(List.of(LISTENER), out);

        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(3);
        assertThat(text)
                .startsWith("netns,namespace,state,pid,comm,container,")
                .contains("7,blue,ESTABLISHED,1,\"a,\"\"b\"\"\"," + ID + ",")
                .contains("7,blue,LISTEN,,,,");
    }

    @Test
    void shouldAddTheOwnerToTheJsonObject() throws IOException {
        assertThat(text(SocketFormat.JSONL, NGINX, LISTENER).lines())
                .hasSize(2)
                .first()
                .asString()
                .endsWith(
                        "\"namespace\":\"blue\",\"pid\":12,\"comm\":\"nginx\",\"container\":\""
                                + ID
                                + "\"}");
    }

    @Test
    void shouldFilterByAllKindsAtOnce() {
        SocketFilter web =
                new SocketFilter(
                        Set.of(443),
                        Set.of(443),
                        Set.of(),
                        List.of(Cidr.parse(new Given("10.0.0.0/8", ""))),
                        Set.of(),
                        List.of(ProcessName.parse(new Given("ngi*", ""))));

        assertThat(web.matches(NGINX.socket())).isTrue();
        assertThat(web.matchesOwner(NGINX)).isTrue();
        assertThat(web.matches(LISTENER.socket())).isFalse();
        assertThat(web.matchesOwner(LISTENER)).isFalse();
    }

    @Test
    void shouldSortQuantitiesFromTheLargest() {
        assertThat(SortKey.RTT.order().compare(NGINX, LISTENER)).isNegative();
        assertThat(SortKey.LOCAL.order().compare(NGINX, LISTENER)).isNegative();
        assertThat(SortKey.PROCESS.order().compare(NGINX, LISTENER)).isNegative();
    }

    private static String table(int width, SocketRow... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SocketTable(new Look(false, true, true), () -> width).write(List.of(rows), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String text(SocketFormat format, SocketRow... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.text(Look.PLAIN, () -> 80).write(List.of(rows), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SocketRow row(NetlinkBytes bytes) {
        byte[] message = bytes.array();
        return SocketRow.of(
                7,
                "blue",
                new SocketView().wrap(MemorySegment.ofArray(message), 0, message.length),
                new SocketView());
    }
}
