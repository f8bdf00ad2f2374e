package io.faultline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The outermost command: {@code faultline COMMAND}. */
@Command(
        name = "faultline",
        description = "Finds what is wrong in AI infrastructure from the logs it already writes.",
        mixinStandardHelpOptions = true,
        versionProvider = Faultline.Version.class,
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Example:",
            "  faultline simulate --out target/cluster --minutes 30",
            "  faultline scan target/cluster/*.log",
            "",
            "faultline COMMAND --help tells more about a command."
        })
public final class Faultline implements Runnable {

    @Spec
    private CommandSpec spec;

    private Faultline() {
        this.spec = CommandSpec.create();
    }

    public static void main(String[] arguments) {
        PrintWriter out = utf8(FileDescriptor.out);
        PrintWriter err = utf8(FileDescriptor.err);
        CommandLine commandLine =
                commandLine(service(JobRunner.class), service(LogReader.class), CliTerminal.ofLauncher());
        int code = commandLine.setOut(out).setErr(err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** The commands over the job and the reader they call; both are asked for only by the commands that need them. */
    static CommandLine commandLine(Supplier<JobRunner> jobs, Supplier<LogReader> logs, CliTerminal terminal) {
        Function<RuleControlOptions, ControlRecords> control = options -> options.openControl(jobs);
        Clock clock = Clock.systemUTC();
        CommandLine commandLine = new CommandLine(new Faultline())
                .addSubcommand(new DemoCommand(jobs, terminal))
                .addSubcommand(new ScanCommand(jobs, terminal))
                .addSubcommand(new ParseCommand(logs, terminal))
                .addSubcommand(new CommandLine(new ParsersCommand())
                        .addSubcommand(new ParsersLintCommand())
                        .addSubcommand(new ParsersTestCommand())
                        .addSubcommand(new ParsersListCommand()))
                .addSubcommand(new CommandLine(new RulesCommand())
                        .addSubcommand(new RulesLintCommand(logs))
                        .addSubcommand(new RulesImportCommand())
                        .addSubcommand(new RulesTestCommand(logs))
                        .addSubcommand(new RulesExplainCommand(logs, terminal))
                        .addSubcommand(new RulesBacktestCommand(jobs, terminal))
                        .addSubcommand(new RulesListCommand(jobs))
                        .addSubcommand(new RulesPushCommand(jobs))
                        .addSubcommand(new RulesPauseCommand(jobs))
                        .addSubcommand(new RulesResumeCommand(jobs))
                        .addSubcommand(new RulesRollbackCommand(jobs))
                        .addSubcommand(new RulesRemoveCommand(jobs)))
                .addSubcommand(new CommandLine(new NotifyCommand())
                        .addSubcommand(new NotifyTestCommand())
                        .addSubcommand(new NotifyRenderCommand())
                        .addSubcommand(new NotifyTemplateCommand()))
                .addSubcommand(new CommandLine(new SilenceCommand())
                        .addSubcommand(new SilenceAddCommand(control, clock))
                        .addSubcommand(new SilenceListCommand(jobs))
                        .addSubcommand(new SilenceEndCommand(control, clock)))
                .addSubcommand(new AckCommand(control, clock))
                .addSubcommand(new VerdictCommand(control, clock))
                .addSubcommand(new CommandLine(new PlaybooksCommand())
                        .addSubcommand(new PlaybooksLintCommand())
                        .addSubcommand(new PlaybooksListCommand()))
                .addSubcommand(new ActCommand())
                .addSubcommand(new ApproveCommand(control, clock))
                .addSubcommand(new RefuseCommand(control, clock))
                .addSubcommand(new DrillCommand(jobs, clock))
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new RunCommand(jobs))
                .addSubcommand(new CommandLine(new SetupCommand()).addSubcommand(new SetupElasticsearchCommand(jobs)))
                .addSubcommand(new TopologyCommand(jobs))
                .addSubcommand(new CommandLine(new RejectedCommand())
                        .addSubcommand(new RejectedListCommand(jobs))
                        .addSubcommand(new RejectedReplayCommand(jobs)));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        HelpOption.addBelow(commandLine);
        return Mistakes.tellKindly(commandLine);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static <T> Supplier<T> service(Class<T> type) {
        return () -> ServiceLoader.load(type).findFirst().orElseThrow();
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Faultline.class.getPackage().getImplementationVersion();
            return new String[] {"faultline " + (version == null ? "(not packaged)" : version)};
        }
    }
}
