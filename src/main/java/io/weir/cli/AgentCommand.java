package io.weir.cli;

import io.weir.config.AgentSettings;
import io.weir.config.Setting;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir agent}: runs until stopped and writes every record to a sink. */
@Command(
        name = "agent",
        header = "Run the node agent: write flow records to a sink.",
        description = {
            "Follows every TCP connection of this machine, in all its network namespaces, and"
                    + " writes a record per connection and window in which something moved, and"
                    + " when it opens, closes or fails. Says \"weir: watching\" on stderr once it"
                    + " misses nothing any more. SIGTERM and SIGINT write what is known and stop.",
        },
        footer = {
            "",
            "@|bold Examples:|@",
            "  sudo weir agent | jq 'select(.remote.port == 5432)'",
            "  sudo weir agent --window 1s --format table",
            "  sudo WEIR_RING_SIZE=4m weir agent --sink null --log-level info"
        })
final class AgentCommand implements Callable<Integer> {
    static final Set<Setting> SETTINGS = EnumSet.allOf(Setting.class);

    private final Session session;
    @Spec private CommandSpec spec;

    AgentCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        AgentSettings settings =
                session.settings(spec.commandLine().getParseResult(), SETTINGS, Map.of());
        session.run(settings, session.sink(settings), session.console()::notice);
        return ExitCode.OK.code();
    }
}
