package io.faultline.collect.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSnifferTest {

    private final TimeSniffer sniffer =
            new TimeSniffer(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli(), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            textBlock =
                    """
            2026-03-01T10:00:01.250Z INFO up                            ! 2026-03-01T10:00:01.250Z
            2026-03-01T18:00:01.250999+08:00 INFO up                    ! 2026-03-01T10:00:01.250Z
            2026-03-01 10:00:01,250 - a - INFO - up                     ! 2026-03-01T10:00:01.250Z
            [2026-03-01 10:00:01] iteration 5/ 10                       ! 2026-03-01T10:00:01Z
            12: [rank12]: [2026-03-01 10:00:01 DP0 TP1] Decode batch    ! 2026-03-01T10:00:01Z
            (EngineCore_DP0 pid=1) INFO 03-01 10:00:01 [core.py:7] up   ! 2026-03-01T10:00:01Z
            [rank1]:[E301 10:00:01.061727749 P.cpp:683] timed out       ! 2026-03-01T10:00:01Z
            E0301 10:00:01.061727 123 api.py:7] failed                  ! 2026-03-01T10:00:01Z
            Mar  1 10:00:01 gpu-a1 kernel: NVRM: Xid                    ! 2026-03-01T10:00:01Z
            [Sun Mar  1 10:00:01 2026] NVRM: Xid                        ! 2026-03-01T10:00:01Z
            {"level":"info","time":"2026-03-01T10:00:01Z","msg":"up"}   ! 2026-03-01T10:00:01Z
            time="2026-03-01T10:00:01Z" level=info msg=up               ! 2026-03-01T10:00:01Z
            chat-1  | 2026-03-01T10:00:01Z INFO up                      ! 2026-03-01T10:00:01Z
            kern  :warn  : 2026-03-01T10:00:01,5+00:00 NVRM: Xid        ! 2026-03-01T10:00:01Z
            Feb 28 10:00:01 gpu-a1 kernel: older                        ! 2026-02-28T10:00:01Z
            WARNING 02-28 23:59:59 core.py:7] older                     ! 2026-02-28T23:59:59Z
            (ServeReplica:search:Ranker pid=12, ip=192.0.2.7) INFO 2026-03-01 10:00:01,250 search_Ranker x -- up ! 2026-03-01T10:00:01.250Z
            [Mar 01 2026 10:00:01] [INFO] [tid 18] fabric is up          ! 2026-03-01T10:00:01Z
            [03/01/2026-10:00:01] [TRT-LLM] [I] iter = 5                 ! 2026-03-01T10:00:01Z
            [GIN] 2026/03/01 - 10:00:01 | 200 | 6ms | 127.0.0.1 | GET    ! 2026-03-01T10:00:01Z
            0: :::MLLOG {"namespace": "", "time_ms": 1772359201250, "event_type": "POINT_IN_TIME"} ! 2026-03-01T10:00:01.250Z
            {"__CURSOR":"s=1;i=2","__REALTIME_TIMESTAMP":"1772359201250999","MESSAGE":"up"} ! 2026-03-01T10:00:01.250Z
            {"level":"info","ts":1772359201.25,"msg":"up"}               ! 2026-03-01T10:00:01Z
            """)
    void findsTheTimeOfALine(String line, Instant time) {
        assertThat(Instant.ofEpochMilli(sniffer.sniff(line.getBytes(UTF_8)))).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  File \"train.py\", line 2026, in step",
                "version 2026-03-01 of the model",
                "{'loss': 2.1, 'epoch': 0.1}",
                "2026-13-01 10:00:00 no such month",
                "2026-02-30 10:00:00 no such day",
                "2026-03-01 25:00:00 no such hour",
                "2031-03-01 10:00:00 a clock far ahead",
                "the lease ends 2026-03-01 11:59:00",
                "{\"tokens\":1772359201,\"bytes\":1772359201250}",
                "12/03/45-10:00:01 is no such date",
                "INFO:     token valid until 2026-03-01 11:59:00",
                "INFO 02-3"
            })
    void findsNoTimeWhereThereIsNone(String line) {
        assertThat(sniffer.sniff(line.getBytes(UTF_8))).isEqualTo(TimeSniffer.NONE);
    }

    @Test
    void takesAMissingYearFromTheFilesLastChange() {
        assertThat(yearOf("INFO 12-31 23:59:58 [core.py:7] x")).isEqualTo("2025-12-31T23:59:58Z");
        assertThat(yearOf("Mar  2 11:00:00 gpu-a1 kernel: x")).isEqualTo("2026-03-02T11:00:00Z");
        assertThat(yearOf("Mar  2 13:00:00 gpu-a1 kernel: x")).isEqualTo("2025-03-02T13:00:00Z");
        assertThat(yearOf("Feb 29 13:00:00 gpu-a1 kernel: x")).isEqualTo("2024-02-29T13:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai, INFO 03-01 18:00:01 [core.py:7] up, 2026-03-01T10:00:01Z",
        "America/New_York, [2026-03-01 05:00:01] iteration 5/ 10, 2026-03-01T10:00:01Z",
        "Europe/Berlin, 2025-07-01 12:00:01 summer time, 2025-07-01T10:00:01Z",
        "Asia/Shanghai, 2026-03-01T10:00:01Z the zone is written, 2026-03-01T10:00:01Z"
    })
    void takesAMissingZoneFromTheSettings(ZoneId zone, String line, Instant time) {
        TimeSniffer there =
                new TimeSniffer(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli(), zone);

        assertThat(Instant.ofEpochMilli(there.sniff(line.getBytes(UTF_8)))).isEqualTo(time);
    }

    private String yearOf(String line) {
        return Instant.ofEpochMilli(sniffer.sniff(line.getBytes(UTF_8))).toString();
    }
}
