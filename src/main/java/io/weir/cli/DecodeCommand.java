package io.weir.cli;

import io.weir.cli.decode.Decoding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir decode}: the sockets in captured netlink traffic. */
@Command(
        name = "decode",
        header = "Print the sockets in captured netlink traffic.",
        description = {
            "Reads what an nlmon device or weir sockets --capture recorded (pcap or pcapng of link"
                    + " type NETLINK), or bare netlink bytes, and prints one JSON object per"
                    + " socket, of all dumps in the order of the files.",
            "A damaged file is an error that names its offset, and then nothing is printed of any"
                    + " file: all are read before the first line is written."
        },
        footer = {
            "",
            "@|bold Examples:|@",
            "  weir decode node.pcap | jq 'select(.tcpInfo.totalRetrans > 0) | .remote'",
            "  weir decode --summary node.pcap",
            "  zcat node.pcap.gz | weir decode -"
        })
final class DecodeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Captures; - is standard input.")
    private List<String> files;

    @Option(
            names = "--summary",
            description = {
                "Print counts instead: messages, sockets by state and family, attributes by type,"
                        + " unknown and malformed ones. Goes on after damage."
            })
    private boolean summary;

    @Option(
            names = "--keep-going",
            description = {
                "Print what is whole of a damaged file, and say on stderr what is not."
                        + " The exit code is 8 all the same."
            })
    private boolean keepGoing;

    DecodeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Console console = session.console();
        try (Decoding decoding = new Decoding(files, System.in, console.out(), console::notice)) {
            boolean whole = summary ? decoding.printSummary() : decoding.printSockets(keepGoing);
            return (whole ? ExitCode.OK : ExitCode.DAMAGED_CAPTURE).code();
        }
    }
}
