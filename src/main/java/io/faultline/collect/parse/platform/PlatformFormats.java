package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.FormatParser;
import java.util.List;

/** What nodes, GPUs, links and schedulers write. */
public final class PlatformFormats {

    private PlatformFormats() {}

    /** In the order in which they are asked: those with a head of their own first. */
    public static List<FormatParser> all() {
        return List.of(
                new XidParser(),
                new NvSwitchParser(),
                new DcgmParser(),
                new KlogParser(),
                new FabricManagerParser(),
                new SlurmDaemonParser(),
                new SlurmParser(),
                new UcxParser(),
                new KubernetesEventParser(),
                new PodStatusParser(),
                new KernelParser(),
                new SyslogParser(),
                new NvidiaSmiParser());
    }
}
