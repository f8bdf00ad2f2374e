package io.faultline.collect.parse.platform;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code nvidia-smi --query-gpu} can be asked for, as far as it is a number or names something: {@code nvidia-smi
 * --help-query-gpu} of drivers 390 to 580.
 *
 * @param measure our name; null where the column is a text
 * @param scale to our unit, where neither header nor cell writes one
 * @param attribute our name of a text; null where the column is a number
 */
record GpuColumn(@Nullable String measure, double scale, @Nullable String attribute) {

    static final String TIMESTAMP = "timestamp";
    static final String BUS = "pci.bus_id";
    static final String THROTTLE = "throttle";

    private static final double MEBIBYTE = 0x1p20;
    private static final double MEGAHERTZ = 1e6;
    private static final double PERCENT = 0.01;

    private static final Map<String, GpuColumn> BY_NAME = new HashMap<>();

    static {
        text(TIMESTAMP, TIMESTAMP);
        text(BUS, BUS, "gpu_bus_id");
        text("gpu_index", "index", "gpu_index");
        text("gpu_uuid", "uuid", "gpu_uuid");
        text("gpu_name", "name", "gpu_name");
        text("gpu_serial", "serial", "gpu_serial");
        text("driver_version", "driver_version");
        text("performance_state", "pstate");
        text("processes", "count");
        number("gpu_utilization_ratio", PERCENT, "utilization.gpu");
        number("memory_utilization_ratio", PERCENT, "utilization.memory");
        number("encoder_utilization_ratio", PERCENT, "utilization.encoder");
        number("decoder_utilization_ratio", PERCENT, "utilization.decoder");
        number("memory_used_bytes", MEBIBYTE, "memory.used", "used_memory", "used_gpu_memory");
        number("memory_free_bytes", MEBIBYTE, "memory.free");
        number("memory_total_bytes", MEBIBYTE, "memory.total");
        number("memory_reserved_bytes", MEBIBYTE, "memory.reserved");
        number("power_watts", 1, "power.draw", "power.draw.average", "power.draw.instant");
        number("power_limit_watts", 1, "power.limit", "enforced.power.limit");
        number("power_default_limit_watts", 1, "power.default_limit");
        number("power_max_limit_watts", 1, "power.max_limit");
        number("power_min_limit_watts", 1, "power.min_limit");
        number("temperature_celsius", 1, "temperature.gpu");
        number("memory_temperature_celsius", 1, "temperature.memory");
        number("temperature_margin_celsius", 1, "temperature.gpu.tlimit");
        number("sm_clock_hertz", MEGAHERTZ, "clocks.sm", "clocks.current.sm");
        number("memory_clock_hertz", MEGAHERTZ, "clocks.mem", "clocks.current.memory");
        number("graphics_clock_hertz", MEGAHERTZ, "clocks.gr", "clocks.current.graphics");
        number("video_clock_hertz", MEGAHERTZ, "clocks.video", "clocks.current.video");
        number("sm_clock_max_hertz", MEGAHERTZ, "clocks.max.sm");
        number("memory_clock_max_hertz", MEGAHERTZ, "clocks.max.mem", "clocks.max.memory");
        number("graphics_clock_max_hertz", MEGAHERTZ, "clocks.max.gr", "clocks.max.graphics");
        number("fan_speed_ratio", PERCENT, "fan.speed");
        number("pcie_generation", 1, "pcie.link.gen.current", "pcie.link.gen.gpucurrent");
        number("pcie_generation_max", 1, "pcie.link.gen.max", "pcie.link.gen.gpumax");
        number("pcie_width", 1, "pcie.link.width.current");
        number("pcie_width_max", 1, "pcie.link.width.max");
        number("corrected_errors", 1, "ecc.errors.corrected.volatile.total");
        number("uncorrected_errors", 1, "ecc.errors.uncorrected.volatile.total");
        number("corrected_errors_total", 1, "ecc.errors.corrected.aggregate.total");
        number("uncorrected_errors_total", 1, "ecc.errors.uncorrected.aggregate.total");
        number("retired_pages_corrected", 1, "retired_pages.single_bit_ecc.count", "retired_pages.sbe");
        number("retired_pages_uncorrected", 1, "retired_pages.double_bit.count", "retired_pages.dbe");
        number("remapped_rows_corrected", 1, "remapped_rows.correctable");
        number("remapped_rows_uncorrected", 1, "remapped_rows.uncorrectable");
        for (String word : new String[] {"clocks_throttle_reasons", "clocks_event_reasons"}) {
            BY_NAME.put(word + ".active", new GpuColumn("throttle_reasons", 1, THROTTLE));
        }
    }

    /** The column of a name as it stands in a header, without unit; null where it is none that we know. */
    static @Nullable GpuColumn of(String name) {
        return BY_NAME.get(name);
    }

    /** Whether nvidia-smi has a column of this name: known, or of one of its groups. */
    static boolean isOne(String name) {
        if (BY_NAME.containsKey(name)) {
            return true;
        }
        int dot = name.indexOf('.');
        String group = dot < 0 ? name : name.substring(0, dot);
        return switch (group) {
            case "ecc", "clocks", "power", "memory", "temperature", "pcie", "pci", "utilization" -> dot > 0;
            case "clocks_throttle_reasons", "clocks_event_reasons", "clocks_event_reasons_counters" -> dot > 0;
            case "retired_pages", "remapped_rows", "encoder", "inforom", "gom", "mig", "gsp", "vbios_version" -> true;
            case "compute_mode", "compute_cap", "persistence_mode", "display_mode", "display_active" -> true;
            case "accounting", "driver_model", "fabric", "c2c", "module_id", "protected_memory" -> true;
            case "pid", "process_name", "gpu_recovery_action", "addressing_mode", "hostname" -> true;
            default -> false;
        };
    }

    /** What a unit is in ours; 0 where it is no unit that we know. */
    static double scaleOf(String unit) {
        return switch (unit) {
            case "%" -> PERCENT;
            case "MiB", "MB" -> MEBIBYTE;
            case "GiB" -> 0x1p30;
            case "KiB" -> 0x1p10;
            case "W", "C" -> 1;
            case "mW" -> 1e-3;
            case "MHz" -> MEGAHERTZ;
            case "GHz" -> 1e9;
            case "J" -> 1;
            case "mJ" -> 1e-3;
            default -> 0;
        };
    }

    private static void text(String attribute, String... names) {
        for (String name : names) {
            BY_NAME.put(name, new GpuColumn(null, 1, attribute));
        }
    }

    private static void number(String measure, double scale, String... names) {
        for (String name : names) {
            BY_NAME.put(name, new GpuColumn(measure, scale, null));
        }
    }
}
