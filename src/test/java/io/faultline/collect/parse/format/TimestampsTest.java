package io.faultline.collect.parse.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:10:00Z");

    private final Timestamps timestamps = new Timestamps(ZoneOffset.UTC);

    @Test
    void takesTheYearBeforeForALineOfNewYearsEve() {
        Instant time = timestamps.monthDay(new Cursor("12-31 23:59:58"), NEW_YEAR);

        assertThat(time).isEqualTo("2025-12-31T23:59:58Z");
    }

    @Test
    void takesTheNextYearForAClockThatIsAheadAtNewYear() {
        Instant observed = Instant.parse("2025-12-31T23:59:00Z");

        assertThat(timestamps.monthDay(new Cursor("01-01 00:00:03"), observed)).isEqualTo("2026-01-01T00:00:03Z");
    }

    @Test
    void takesTheYearBeforeForALineMoreThanADayAhead() {
        assertThat(timestamps.monthDay(new Cursor("01-02 00:10:01"), NEW_YEAR)).isEqualTo("2025-01-02T00:10:01Z");
        assertThat(timestamps.monthDay(new Cursor("01-02 00:10:00"), NEW_YEAR)).isEqualTo("2026-01-02T00:10:00Z");
    }

    @Test
    void findsTheLastLeapYearForThe29thOfFebruary() {
        assertThat(timestamps.monthDay(new Cursor("02-29 12:00:00"), NEW_YEAR)).isEqualTo("2024-02-29T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "810 03:04:11.061727749, 2025-08-10T03:04:11.061727749Z",
        "501 20:24:42.456601646, 2025-05-01T20:24:42.456601646Z",
        "1206 08:00:00.000000001, 2025-12-06T08:00:00.000000001Z",
        "0410 02:06:25.316000, 2025-04-10T02:06:25.316Z",
        "101 00:00:00.5, 2026-01-01T00:00:00.500Z",
    })
    void readsMonthAndDayAsOneNumber(String written, Instant expected) {
        assertThat(timestamps.glog(new Cursor(written), NEW_YEAR)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'2026-03-01 10:00:00', 2026-03-01T10:00:00Z",
        "'2026-03-01 10:00:00,250', 2026-03-01T10:00:00.250Z",
        "2026-03-01T10:00:00.123456789Z, 2026-03-01T10:00:00.123456789Z",
        "2026-03-01T10:00:00+08:00, 2026-03-01T02:00:00Z",
        "2026-03-01T10:00:00-0330, 2026-03-01T13:30:00Z",
        "2026-03-01_10:00:00, 2026-03-01T10:00:00Z",
        "2026/03/01 10:00:00.5, 2026-03-01T10:00:00.500Z",
    })
    void readsTimesWithAYear(String written, Instant expected) {
        assertThat(timestamps.iso(new Cursor(written))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'Mar  1 10:00:00 host', 2025-03-01T10:00:00Z",
        "'Okt 06 10:00:00 host', 2025-10-06T10:00:00Z",
        "'août 25 10:00:00 host', 2025-08-25T10:00:00Z",
        "'févr. 25 10:00:00 host', 2025-02-25T10:00:00Z",
        "'11月 16 10:00:00 host', 2025-11-16T10:00:00Z",
        "'Mar  1 2019 10:00:00 host', 2019-03-01T10:00:00Z",
    })
    void readsSyslogsTimesInManyLanguages(String written, Instant expected) {
        Cursor cursor = new Cursor(written);

        assertThat(timestamps.syslog(cursor, NEW_YEAR)).isEqualTo(expected);
        assertThat(cursor.rest()).isEqualTo(" host");
    }

    @Test
    void readsTheWeekdayFormOfDmesg() {
        assertThat(timestamps.weekday(new Cursor("Sun Feb 23 16:24:18 2025"))).isEqualTo("2025-02-23T16:24:18Z");
        assertThat(timestamps.weekday(new Cursor("Sun Mar  2 16:24:18 2025"))).isEqualTo("2025-03-02T16:24:18Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30 10:00:00",
        "2026-13-01 10:00:00",
        "2026-03-01 24:00:00",
        "2026-03-01",
        "'2026-03-01 10:00'",
        "20x6-03-01 10:00:00"
    })
    void leavesTheCursorWhereNoTimeIsWritten(String written) {
        Cursor cursor = new Cursor(written);

        assertThat(timestamps.iso(cursor)).isNull();
        assertThat(cursor.position()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1772359202.5, 2026-03-01T10:00:02.500Z",
        "1772359202500, 2026-03-01T10:00:02.500Z",
        "1772359202500000, 2026-03-01T10:00:02.500Z",
        "1772359202500000000, 2026-03-01T10:00:02.500Z",
    })
    void tellsTheUnitOfANumberByItsSize(double number, Instant expected) {
        assertThat(Timestamps.epoch(number)).isEqualTo(expected);
    }

    @Test
    void takesTimesWithoutAZoneInTheZoneThatWasSet() {
        Timestamps paris = new Timestamps(ZoneId.of("Europe/Paris"));

        assertThat(paris.iso(new Cursor("2026-07-01 10:00:00"))).isEqualTo("2026-07-01T08:00:00Z");
        assertThat(paris.iso(new Cursor("2026-01-01T10:00:00Z"))).isEqualTo("2026-01-01T10:00:00Z");
    }
}
