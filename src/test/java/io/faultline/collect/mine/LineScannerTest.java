package io.faultline.collect.mine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineScannerTest {

    private final LineScanner scanner = new LineScanner(4_096);
    private final Pieces pieces = new Pieces();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            took 25 ms, 3 retries                      | took <number> ms, <number> retries
            offset -12.5 at +3                         | offset <number> at <number>
            read 0x1fA0 of 9f4ef63                     | read <hex> of <hex>
            size=16K wait=25ms                         | size=<size> wait=<duration>
            peer 10.1.2.3:8000 left                    | peer <ip> left
            peer fe80:0:0:0:1:2:3:4 left               | peer <ip> left
            from ::ffff:10.1.2.3 port 22               | from <ip> port <number>
            mac 00:1b:44:11:3a:b7 seen                 | mac <ip> seen
            via db.example.com:5432 now                | via <host> now
            at 17:41:44,747 it began                   | at <time> it began
            since 2026-03-01 10:00:00.5 idle           | since <time> idle
            since 2026-03-01T10:00:00+08:00 idle       | since <time> idle
            on Sun Mar  1 10:00:00 2026 it ended       | on <time> it ended
            on Mar  1 10:00:00 it ended                | on <time> it ended
            id 8c5e6a2e-3b8f-4e2a-9d61-0c2f0a9b7e11 ok | id <uuid> ok
            open /var/log/app.1.log: denied            | open <path>: denied
            open C:\\data\\a b: denied                 | open <path> b: denied
            pull https://example.com/a?b=c now         | pull <url> now
            "GET /v1/models HTTP/1.1" 200              | "GET <path>" <number>
            ready=true, last=null                      | ready=<flag>, last=<flag>
            blk_-160899968 and rdd_2_0                 | <id> and <id>
            node-246 and core.2275 and leaf_a          | node-<number> and core.<number> and leaf_a
            package com.example.mail gone              | package <name> gone
            due to java.io.IOException: eof            | due to java.io.IOException: eof
            v1.26 and 2.6.32-5-amd64                   | <id> and <id>
            ssh2 over IPv4 on eth0, e1000 and L3       | ssh2 over IPv4 on eth0, e1000 and L3
            main.c:120 and Worker.java:35              | main.c:<number> and Worker.java:<number>
            nodes [40-63] of 8/12                      | nodes [<number>-<number>] of <number>/<number>
            tag="two words" user=carla                 | tag="<text>" user=<word>
            Failed password for user carla from 10.1.2.3 | Failed password for user <word> from <ip>
            check pass; user unknown                   | check pass; user unknown
            input/output error on and/or               | input/output error on and/or
            step........3                              | step........<number>
            5% of #3 at $7                             | <number>% of #<number> at $<number>
            """)
    void tellsValuesByTheirShape(String line, String template) {
        scanner.scan(line, pieces);

        assertThat(Parts.of(pieces).typed()).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesAnyTextInLinearTimeAndLosesNothingOfIt(long seed) {
        Random random = new Random(seed);
        String signs = "ab0 19.:/-_=\"'[](){}<>*|,;@#%\\~+é漢\tTZ";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 20_000; i++) {
                StringBuilder line = new StringBuilder();
                for (int length = random.nextInt(120); length > 0; length--) {
                    line.append(signs.charAt(random.nextInt(signs.length())));
                }

                scanner.scan(line.toString(), pieces);

                assertThat(whole(pieces)).isEqualTo(line.toString().strip());
            }
        });
    }

    @Test
    void findsTheAnchorWithoutTheRestOfTheLine() {
        for (String name : SampleSystems.NAMES) {
            for (String line : SampleSystems.of(name, 5).lines()) {
                scanner.scan(line, pieces);
                String anchor = pieces.anchor() < 0 ? "" : pieces.text(pieces.anchor());

                assertThat(scanner.anchor(line, new Pieces())).as(line).isEqualTo(anchor);
            }
        }
    }

    @Test
    void endsALineThatIsTooLongOrHasTooManyPieces() {
        scanner.scan("word ".repeat(10_000), pieces);

        assertThat(pieces.count).isBetween(Pieces.MOST, Pieces.MOST + 1);

        scanner.scan("x".repeat(1_000_000), pieces);

        assertThat(pieces.to[0]).isEqualTo(4_096);
    }

    private static String whole(Pieces pieces) {
        StringBuilder whole = new StringBuilder();
        int end = 0;
        for (int i = 0; i < pieces.count; i++) {
            assertThat(pieces.from[i]).isEqualTo(end);
            end = pieces.to[i];
            whole.append(pieces.text, pieces.from[i], end - pieces.from[i]);
        }
        return whole.toString();
    }
}
