package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Draft;
import io.faultline.model.EventKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What NVIDIA's DCGM exporter measures, by the names of its fields ({@code dcgm_fields.h}). A field that a GPU does not have
 * comes as a huge number: it is missing, not measured.
 */
public final class DcgmMetrics {

    private static final double MEGAHERTZ = 1e6;
    private static final double MEBIBYTE = 0x1p20;
    private static final double NANOSECOND = 1e-9;

    /** DCGM_INT64_BLANK and the blanks above it; as a double 2^63, for their last bits are lost. */
    private static final double INTEGER_BLANK = 0x1p63;
    /** DCGM_INT32_BLANK and the blanks above it. */
    private static final double SHORT_BLANK = 0x7ffffff0;
    /** DCGM_FP64_BLANK and the blanks above it (not found, not supported, not permissioned). */
    private static final double FLOAT_BLANK = 140_737_488_355_328.0;

    private static final Map<String, Metric> BY_NAME = new HashMap<>();

    /**
     * One metric.
     *
     * @param measure our name
     * @param scale from DCGM's unit to ours
     */
    private record Metric(String measure, double scale) {}

    static {
        put("DCGM_FI_DEV_SM_CLOCK", "sm_clock_hertz", MEGAHERTZ);
        put("DCGM_FI_DEV_MEM_CLOCK", "memory_clock_hertz", MEGAHERTZ);
        put("DCGM_FI_DEV_VIDEO_CLOCK", "video_clock_hertz", MEGAHERTZ);
        put("DCGM_FI_DEV_GPU_TEMP", "temperature_celsius", 1);
        put("DCGM_FI_DEV_MEMORY_TEMP", "memory_temperature_celsius", 1);
        put("DCGM_FI_DEV_POWER_USAGE", "power_watts", 1);
        put("DCGM_FI_DEV_POWER_USAGE_INSTANT", "power_watts", 1);
        put("DCGM_FI_DEV_POWER_MGMT_LIMIT", "power_limit_watts", 1);
        put("DCGM_FI_DEV_ENFORCED_POWER_LIMIT", "power_limit_watts", 1);
        put("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "energy_joules", 1e-3);
        put("DCGM_FI_DEV_GPU_UTIL", "gpu_utilization_ratio", 0.01);
        put("DCGM_FI_DEV_MEM_COPY_UTIL", "memory_utilization_ratio", 0.01);
        put("DCGM_FI_DEV_ENC_UTIL", "encoder_utilization_ratio", 0.01);
        put("DCGM_FI_DEV_DEC_UTIL", "decoder_utilization_ratio", 0.01);
        put("DCGM_FI_DEV_FAN_SPEED", "fan_speed_ratio", 0.01);
        put("DCGM_FI_DEV_FB_FREE", "memory_free_bytes", MEBIBYTE);
        put("DCGM_FI_DEV_FB_USED", "memory_used_bytes", MEBIBYTE);
        put("DCGM_FI_DEV_FB_TOTAL", "memory_total_bytes", MEBIBYTE);
        put("DCGM_FI_DEV_FB_RESERVED", "memory_reserved_bytes", MEBIBYTE);
        put("DCGM_FI_DEV_PCIE_REPLAY_COUNTER", "pcie_replays_total", 1);
        put("DCGM_FI_DEV_PCIE_LINK_GEN", "pcie_generation", 1);
        put("DCGM_FI_DEV_PCIE_LINK_WIDTH", "pcie_width", 1);
        put("DCGM_FI_DEV_ECC_SBE_VOL_TOTAL", "corrected_errors", 1);
        put("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", "uncorrected_errors", 1);
        put("DCGM_FI_DEV_ECC_SBE_AGG_TOTAL", "corrected_errors_total", 1);
        put("DCGM_FI_DEV_ECC_DBE_AGG_TOTAL", "uncorrected_errors_total", 1);
        put("DCGM_FI_DEV_RETIRED_SBE", "retired_pages_corrected", 1);
        put("DCGM_FI_DEV_RETIRED_DBE", "retired_pages_uncorrected", 1);
        put("DCGM_FI_DEV_RETIRED_PENDING", "retired_pages_pending", 1);
        put("DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS", "remapped_rows_corrected", 1);
        put("DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS", "remapped_rows_uncorrected", 1);
        put("DCGM_FI_DEV_ROW_REMAP_FAILURE", "remap_failures", 1);
        put("DCGM_FI_DEV_ROW_REMAP_PENDING", "remap_pending", 1);
        put("DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL", "nvlink_crc_errors_total", 1);
        put("DCGM_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL", "nvlink_crc_data_errors_total", 1);
        put("DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL", "nvlink_replays_total", 1);
        put("DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL", "nvlink_recoveries_total", 1);
        put("DCGM_FI_DEV_POWER_VIOLATION", "power_violation_seconds", NANOSECOND);
        put("DCGM_FI_DEV_THERMAL_VIOLATION", "thermal_violation_seconds", NANOSECOND);
        put("DCGM_FI_DEV_SYNC_BOOST_VIOLATION", "sync_boost_violation_seconds", NANOSECOND);
        put("DCGM_FI_DEV_BOARD_LIMIT_VIOLATION", "board_limit_violation_seconds", NANOSECOND);
        put("DCGM_FI_DEV_LOW_UTIL_VIOLATION", "low_utilization_violation_seconds", NANOSECOND);
        put("DCGM_FI_DEV_RELIABILITY_VIOLATION", "reliability_violation_seconds", NANOSECOND);
        put("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "engine_active_ratio", 1);
        put("DCGM_FI_PROF_SM_ACTIVE", "sm_active_ratio", 1);
        put("DCGM_FI_PROF_SM_OCCUPANCY", "sm_occupancy_ratio", 1);
        put("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "tensor_active_ratio", 1);
        put("DCGM_FI_PROF_DRAM_ACTIVE", "dram_active_ratio", 1);
        put("DCGM_FI_PROF_PIPE_FP64_ACTIVE", "double_active_ratio", 1);
        put("DCGM_FI_PROF_PIPE_FP32_ACTIVE", "single_active_ratio", 1);
        put("DCGM_FI_PROF_PIPE_FP16_ACTIVE", "half_active_ratio", 1);
        put("DCGM_FI_PROF_PCIE_TX_BYTES", "pcie_sent_bytes_per_second", 1);
        put("DCGM_FI_PROF_PCIE_RX_BYTES", "pcie_received_bytes_per_second", 1);
        put("DCGM_FI_PROF_NVLINK_TX_BYTES", "nvlink_sent_bytes_per_second", 1);
        put("DCGM_FI_PROF_NVLINK_RX_BYTES", "nvlink_received_bytes_per_second", 1);
        put("DCGM_EXP_XID_ERRORS_COUNT", "event_count", 1);
        put("DCGM_EXP_CLOCK_EVENTS_COUNT", "event_count", 1);
    }

    private DcgmMetrics() {}

    /** Whether a metric is one of DCGM's by its name. */
    public static boolean isOne(String metric) {
        return metric.startsWith("DCGM_");
    }

    /**
     * Fills a draft with one sample of one of DCGM's metrics.
     *
     * @param metric as exported
     * @param value as written; blanks and NaN are left out
     */
    public static void sample(String metric, double value, Draft draft) {
        draft.kind(EventKind.METRIC_SAMPLE).attribute("metric", metric);
        if (isBlank(value)) {
            return;
        }
        switch (metric) {
            case "DCGM_FI_DEV_XID_ERRORS" -> {
                // The last code, which stays until the driver is loaded anew: no event, and zero is none at all.
                draft.attribute("gauge", "last_xid");
                if (value > 0) {
                    draft.measure("xid_code", value);
                }
            }
            case "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS", "DCGM_FI_DEV_CLOCKS_EVENT_REASONS" ->
                ThrottleReasons.read((long) value, draft);
            default -> {
                Metric known = BY_NAME.get(metric);
                if (known == null) {
                    draft.measure("value", value);
                } else {
                    draft.measure(known.measure, value * known.scale);
                }
            }
        }
    }

    /** Our name for one of the exporter's labels; the written name where we have none. */
    public static String label(String label) {
        return switch (label) {
            case "UUID" -> "gpu_uuid";
            case "gpu" -> "gpu_index";
            case "Hostname" -> "node";
            case "modelName" -> "gpu_name";
            case "exported_pod" -> "pod";
            case "exported_namespace" -> "namespace";
            case "exported_container" -> "container";
            case "DCGM_FI_DRIVER_VERSION" -> "driver_version";
            default -> label;
        };
    }

    /** The blanks of DCGM's three widths: missing, not found, not supported, not permissioned. */
    static boolean isBlank(double value) {
        boolean shortBlank = value >= SHORT_BLANK && value <= Integer.MAX_VALUE && value == Math.rint(value);
        boolean floatBlank = value >= FLOAT_BLANK && value <= FLOAT_BLANK + 10;
        return Double.isNaN(value) || shortBlank || floatBlank || value >= INTEGER_BLANK;
    }

    private static @Nullable Metric put(String name, String measure, double scale) {
        return BY_NAME.put(name, new Metric(measure, scale));
    }
}
