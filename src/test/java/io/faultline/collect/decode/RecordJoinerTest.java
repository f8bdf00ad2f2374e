package io.faultline.collect.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.TextLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJoinerTest {

    private static final DecodeSettings LIMITS =
            new DecodeSettings(1 << 20, 5, 2_000, 5_000, Duration.ofSeconds(5), ZoneOffset.UTC);

    @Test
    void joinsTracebackLinesIntoTheErrorBeforeThem() {
        List<String> records = join(
                """
                2026-03-01 10:00:00,100 - trainer - ERROR - step failed
                Traceback (most recent call last):
                  File "train.py", line 7, in step
                    ^^^^^^^
                ValueError: no data
                2026-03-01 10:00:01,100 - trainer - INFO - next
                """);

        assertThat(records)
                .containsExactly(
                        """
                        2026-03-01 10:00:00,100 - trainer - ERROR - step failed
                        Traceback (most recent call last):
                          File "train.py", line 7, in step
                            ^^^^^^^
                        ValueError: no data""",
                        "2026-03-01 10:00:01,100 - trainer - INFO - next");
    }

    @Test
    void keepsATracebackApartFromACalmLineBeforeIt() {
        List<String> records = join(
                """
                2026-03-01 10:00:00,100 - trainer - INFO - step 7
                Traceback (most recent call last):
                  File "train.py", line 7, in step
                KeyboardInterrupt
                """);

        assertThat(records)
                .containsExactly(
                        "2026-03-01 10:00:00,100 - trainer - INFO - step 7",
                        "Traceback (most recent call last):\n  File \"train.py\", line 7, in step\nKeyboardInterrupt");
    }

    @Test
    void joinsChainedTracebacks() {
        List<String> records = joinWith(
                DecodeSettings.defaults(),
                """
                Traceback (most recent call last):
                  File "a.py", line 1, in f
                KeyError: 'x'

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "a.py", line 3, in g
                torch.OutOfMemoryError: CUDA out of memory
                CUDA kernel errors might be asynchronously reported
                done
                """);

        assertThat(records).hasSize(2);
        assertThat(records.get(0)).startsWith("Traceback").endsWith("asynchronously reported");
        assertThat(records.get(1)).isEqualTo("done");
    }

    @Test
    void joinsTheTracebacksOfTwoRanksThatWriteAtOnce() {
        List<TextLog> records = records(
                LIMITS,
                """
                12: [rank12]: Traceback (most recent call last):
                13: [rank13]: Traceback (most recent call last):
                12: [rank12]:   File "train.py", line 7, in step
                13: [rank13]:   File "train.py", line 9, in step
                12: [rank12]: ValueError: twelve
                13: [rank13]: ValueError: thirteen
                """);

        assertThat(records)
                .extracting(TextLog::text)
                .containsExactly(
                        "Traceback (most recent call last):\n  File \"train.py\", line 7, in step\nValueError: twelve",
                        "Traceback (most recent call last):\n  File \"train.py\", line 9, in step\nValueError: thirteen");
        assertThat(records)
                .extracting(record -> record.attributes().get("rank"))
                .containsExactly("12", "13");
        assertThat(records).extracting(record -> record.origin().position()).containsExactly(1L, 2L);
    }

    @Test
    void joinsVllmLinesThatRepeatTheirPrefix() {
        List<String> records = join(
                """
                (EngineCore_DP0 pid=9) ERROR 03-01 10:00:00 [core.py:718] EngineCore failed to start.
                (EngineCore_DP0 pid=9) ERROR 03-01 10:00:00 [core.py:718] Traceback (most recent call last):
                (APIServer pid=1) INFO 03-01 10:00:00 [api.py:3] waiting
                (EngineCore_DP0 pid=9) ERROR 03-01 10:00:00 [core.py:718]   File "core.py", line 7, in run
                (EngineCore_DP0 pid=9) ERROR 03-01 10:00:00 [core.py:718] ValueError: too little memory
                """);

        assertThat(records)
                .containsExactly(
                        "INFO 03-01 10:00:00 [api.py:3] waiting",
                        """
                        ERROR 03-01 10:00:00 [core.py:718] EngineCore failed to start.
                        Traceback (most recent call last):
                          File "core.py", line 7, in run
                        ValueError: too little memory""");
    }

    @Test
    void joinsATracebackWhoseBeginningWasNotSeen() {
        String prefix = "ERROR 03-01 10:00:00 [core.py:718] ";

        List<String> records =
                join(prefix + "  File \"core.py\", line 7\n" + prefix + "ValueError: too little memory\n");

        assertThat(records).containsExactly(prefix + "  File \"core.py\", line 7\nValueError: too little memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "WARNING", "ERROR"})
    void keepsVllmRecordsApartThatShareASecondAndAPlace(String level) {
        String first = level + " 03-01 10:00:00 [core.py:7] request a failed";
        String second = level + " 03-01 10:00:00 [core.py:7] request b failed";

        assertThat(join(first + "\n" + second + "\n")).containsExactly(first, second);
    }

    @Test
    void keepsTwoVllmTracebacksOfTheSamePlaceAndSecondApart() {
        String one =
                """
                ERROR 03-01 10:00:00 [serving.py:7] Error in preprocessing
                ERROR 03-01 10:00:00 [serving.py:7] Traceback (most recent call last):
                ERROR 03-01 10:00:00 [serving.py:7]   File "serving.py", line 7
                ERROR 03-01 10:00:00 [serving.py:7] ValueError: too long
                """;

        assertThat(join(one + one)).hasSize(2).allSatisfy(record -> assertThat(record)
                .endsWith("ValueError: too long"));
    }

    @Test
    void unwrapsAMegatronIteration() {
        List<String> records = join(
                """
                [default7]: iteration   42/ 100 | consumed samples: 714 | learning
                 rate: 4.475E-05 | lm loss: 2.117 | number of nan
                iterations:  0 | TFLOPs: 149.10 |
                [default7]: iteration   43/ 100 | lm loss: 2.1 |
                """);

        assertThat(records)
                .containsExactly(
                        "iteration   42/ 100 | consumed samples: 714 | learning rate: 4.475E-05 | lm loss: 2.117"
                                + " | number of nan iterations:  0 | TFLOPs: 149.10 |",
                        "iteration   43/ 100 | lm loss: 2.1 |");
    }

    @Test
    void keepsATorchelasticReportTogether() {
        String report =
                """
                ============================================================
                train.py FAILED
                ------------------------------------------------------------
                Failures:
                  <NO_OTHER_FAILURES>
                Root Cause (first observed failure):
                [0]:
                  time      : 2026-03-01_10:00:00
                  host      : gpu-a1
                  rank      : 4 (local_rank: 4)
                  exitcode  : -6 (pid: 169)
                ============================================================
                """;

        List<String> records = joinWith(DecodeSettings.defaults(), "ready\n" + report + "bye\n");

        assertThat(records).containsExactly("ready", report.strip(), "bye");
    }

    @Test
    void doesNotTakeAnOrnamentForAReport() {
        assertThat(join("====================\nwelcome\nto the cluster\n"))
                .containsExactly("====================", "welcome", "to the cluster");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"level\":\"error\",\"message\":\"Error\"}",
                "{'loss': 2.1, 'epoch': 0.1}",
                "Mar  1 10:00:00 gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, gone",
                "[12345.678901] NVRM: GSP RPC history",
                "INFO 03-01 10:00:00 [loggers.py:1] Engine 000: well",
                "INFO:     10.0.0.1:5 - \"GET /health HTTP/1.1\" 200 OK",
                " [2026-03-01 10:00:00] iteration 5/ 10 | lm loss: 2.1 |",
                "  Warning  BackOff  32s (x6 over 77s)  kubelet  Back-off restarting failed container",
                "gpu-a1:12:34 [0] NCCL INFO Channel 00",
                "just a text"
            })
    void sendsARecordOfOneLineOutAtOnce(String text) {
        List<TextLog> out = new ArrayList<>();

        OpenRecords open = new RecordJoiner(LIMITS, new LineDecoder(1 << 20, ZoneOffset.UTC))
                .add(OpenRecords.NONE, line(text, 1), 0, 0, out::add);

        assertThat(open.isEmpty()).isTrue();
        assertThat(out).extracting(TextLog::text).containsExactly(text);
    }

    @Test
    void joinsTheTimingsOfLlamaCppToTheSlotThatTheyAreOf() {
        String timings =
                """
                slot print_timing: id  0 | task 7 |
                prompt eval time =     355.84 ms /   131 tokens
                       eval time =    2000.00 ms /    50 tokens
                      total time =    2355.84 ms /   181 tokens""";

        List<String> records = join(timings + "\nslot      release: id  0 | task 7 | stop processing");

        assertThat(records).containsExactly(timings, "slot      release: id  0 | task 7 | stop processing");
    }

    @Test
    void joinsTheRowsOfATableToTritonsHeadAndToNoOther() {
        String rows = "+---+---+-------+\n| a | 1 | READY |\n+---+---+-------+";
        String head = "I0301 10:00:00.000000 1 server.cc:633] ";

        assertThat(joinWith(DecodeSettings.defaults(), head + "\n" + rows)).containsExactly(head + "\n" + rows);
        assertThat(join("WARNING:root:no table\n" + rows)).hasSize(4);
    }

    @Test
    void endsAStructOfManyLinesWithItsBrace() {
        String arguments = "2026-03-01T10:00:00.000001Z  INFO launcher: Args {\n    model_id: None,\n}";

        assertThat(join(arguments + "\n2026-03-01T10:00:01.000001Z  INFO launcher: next"))
                .containsExactly(arguments, "2026-03-01T10:00:01.000001Z  INFO launcher: next");
    }

    @Test
    void keepsTheProgressOfACheckpointsShards() {
        String bar = "Loading safetensors checkpoint shards:  20% Completed | 1/5 [00:01<00:04,  1.02s/it]";

        assertThat(join(bar)).containsExactly(bar);
    }

    @Test
    void endsARecordAtTheLimitOfLinesAndLosesNone() {
        String frames = "  a\n  b\n  c\n  d\n  e\n  f\n";

        List<TextLog> records = records(LIMITS, "Traceback (most recent call last):\n" + frames);

        assertThat(records)
                .extracting(TextLog::text)
                .containsExactly("Traceback (most recent call last):\n  a\n  b\n  c\n  d", "  e\n  f");
        assertThat(records).extracting(TextLog::truncated).containsExactly(true, false);
    }

    @Test
    void sendsTheOldestWriterOutWhenTooMuchIsOpen() {
        String error = "ERROR:x:" + "e".repeat(1_800);

        RecordJoiner joiner = new RecordJoiner(LIMITS, new LineDecoder(1 << 20, ZoneOffset.UTC));
        List<TextLog> out = new ArrayList<>();
        OpenRecords open = OpenRecords.NONE;
        for (int rank = 1; rank <= 3; rank++) {
            open = joiner.add(open, line(rank + ": " + error, rank), 0, 0, out::add);
        }

        assertThat(out).extracting(record -> record.attributes().get("rank")).containsExactly("1");
        assertThat(open.chars()).isLessThanOrEqualTo(LIMITS.maxOpenChars());
    }

    @Test
    void joinsTheTimersOfAllRanks() {
        String timers =
                """
                (min, max) time across ranks (ms):
                    forward-compute ................................: (200.00, 350.00)
                    optimizer ......................................: (10.00, 10.50)""";

        assertThat(join(timers + "\nnext")).containsExactly(timers, "next");
    }

    @Test
    void joinsWhereACollectiveWasCalled() {
        String failure =
                """
                [E301 10:10:00.427312432 ProcessGroupNCCL.cpp:801] Stack trace of the failed collective:
                #0 all_reduce from /venv/torch/distributed/distributed_c10d.py:3174
                #1 wrapper from /venv/torch/distributed/c10d_logger.py:83""";

        assertThat(join(failure + "\nnext")).containsExactly(failure, "next");
    }

    @Test
    void joinsTheSecondLineOfADeviceOutOfMemory() {
        String failure =
                """
                torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 7.50 GiB.
                GPU 0 has a total capacity of 15.50 GiB of which 4.00 GiB is free.""";

        assertThat(join(failure + "\nnext")).containsExactly(failure, "next");
    }

    @Test
    void joinsTheIndentedLinesOfNemo() {
        String warning =
                """
                [NeMo W 2026-03-01 10:00:13 nemo_logging:405] /app/train.py:120: UserWarning: something
                      warnings.warn(""";

        assertThat(join(warning + "\nnext")).containsExactly(warning, "next");
    }

    @Test
    void keepsKernelLinesApartWhoseMonthIsWrittenInAnotherLanguage() {
        String first = "11月 16 10:00:00 gpu-a1 kernel: usb 1-1: error -71";
        String second = " 8月 16 10:00:01 gpu-a1 kernel: usb 1-2: error -71";
        String third = "août 25 10:00:02 gpu-a1 kernel: usb 1-3: error -71";

        assertThat(join(first + "\n" + second + "\n" + third)).containsExactly(first, second, third);
    }

    @Test
    void joinsTheHistoryOfCallsToTheXidThatItExplains() {
        String head = "[100.000001] NVRM: ";
        String xid =
                head + "Xid (PCI:0000:9b:00): 119, pid=7, name=python3, Timeout after 6s of waiting for RPC response";
        String title = "NVRM: GPU0 RPC history (CPU -> GSP):";
        String row = "NVRM:      0    76   GSP_RM_CONTROL        0x0000000020800a4c 0x0000000000000004";
        String other = "[100.000004] usb 1-1: reset";

        assertThat(join(xid + "\n[100.000002] " + title + "\n[100.000003] " + row + "\n" + other))
                .containsExactly(xid + "\n" + title + "\n" + row, other);
    }

    @Test
    void keepsWhatTheDriverTellsOfAnotherXidApart() {
        String xid = "[100.000001] NVRM: Xid (PCI:0000:9b:00): 79, pid=7, GPU has fallen off the bus.";
        String next = "[100.000002] NVRM: GPU0 RPC history (CPU -> GSP):";

        assertThat(join(xid + "\n" + next)).containsExactly(xid, next);
    }

    @Test
    void joinsTheTracebackToTheProcessThatDiedOfIt() {
        String text =
                """
                Process SpawnProcess-3:
                Traceback (most recent call last):
                  File "/app/train.py", line 12, in <module>
                    main()
                ValueError: bad""";

        assertThat(join(text + "\nnext")).containsExactly(text, "next");
    }

    @Test
    void endsATracebackWithAnErrorThatSpeaksOfNccl() {
        String text =
                """
                Traceback (most recent call last):
                  File "/app/train.py", line 12, in <module>
                    main()
                torch.distributed.DistBackendError: NCCL error in: work.cpp:1, remote process exited""";

        assertThat(join(text + "\nnext")).containsExactly(text, "next");
    }

    @Test
    void joinsThePayloadOfAMessageOfFabricManager() {
        String head =
                "[Mar 01 2026 10:00:00] [INFO] [tid 18] Received an inband message:  Message header details: type:4";
        String payload = "Message payload details:Team release request: Flags:0";
        String next = "[Mar 01 2026 10:00:01] [INFO] [tid 18] multicast group 0 is freed.";

        assertThat(join(head + "\n" + payload + "\n" + next)).containsExactly(head + "\n" + payload, next);
    }

    @Test
    void keepsAnIndentedRecordOfMegatronApartFromTheLineBeforeIt() {
        String before = "[2026-03-01 10:00:00,123] [INFO] [logging.py:107:log_dist] [Rank 0] saved";
        String saved = "  successfully saved checkpoint at iteration    1000 to /ckpt";

        assertThat(join(before + "\n" + saved)).containsExactly(before, saved);
    }

    private static List<String> join(String text) {
        return joinWith(LIMITS, text);
    }

    private static List<String> joinWith(DecodeSettings limits, String text) {
        return records(limits, text).stream().map(TextLog::text).toList();
    }

    private static List<TextLog> records(DecodeSettings limits, String text) {
        RecordJoiner joiner = new RecordJoiner(limits, new LineDecoder(1 << 20, ZoneOffset.UTC));
        List<TextLog> out = new ArrayList<>();
        OpenRecords open = OpenRecords.NONE;
        int number = 0;
        for (String one : text.lines().toList()) {
            open = joiner.add(open, line(one, ++number), number, Long.MAX_VALUE, out::add);
        }
        OpenRecords left = joiner.expire(open, number, Long.MIN_VALUE, out::add);
        assertThat(left.isEmpty()).isTrue();
        return out;
    }

    private static Line line(String text, long number) {
        RawLog raw =
                new RawLog(Origin.file("a.log", number), Instant.EPOCH, "a.log", text.getBytes(UTF_8), Attributes.NONE);
        List<Line> lines = new ArrayList<>();
        new LineDecoder(1 << 20, ZoneOffset.UTC).decode(raw, lines);
        return lines.get(0);
    }
}
