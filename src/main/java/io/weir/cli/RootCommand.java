package io.weir.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir} itself: a list of what there is. */
@Command(
        name = "weir",
        description = {
            "Weir measures TCP the way a weir measures a river: without stopping it.",
            "It hears the kernel through eBPF and tells, per connection, who talks to whom, how"
                    + " much, how fast and how well. Byte counts are the kernel's own: exact."
        },
        footer = {
            "",
            "@|bold Examples:|@",
            "  sudo weir observe                   who is talking, live",
            "  sudo weir observe --port 443        only TLS, either side",
            "  sudo weir sockets                   every socket there is, in all namespaces",
            "  sudo weir agent --format jsonl      every record, for programs",
            "  sudo weir check                     what this kernel allows, and why",
            "  weir decode node.pcap               the sockets in captured netlink traffic"
        })
final class RootCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }
}
