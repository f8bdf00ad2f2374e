package io.faultline.collect.mine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateMinerTest {

    private final TemplateMiner miner = new TemplateMiner(MineSettings.defaults());

    @Test
    void givesALineItsTemplateAndItsTypedValues() {
        Mined mined = miner.add("Replica 7 of chk_99 written to 10.1.2.3:8000 in 2.5 ms");

        assertThat(mined.template().text()).isEqualTo("Replica <*> of <*> written to <*> in <*> ms");
        assertThat(mined.template().typed()).isEqualTo("Replica <number> of <id> written to <ip> in <number> ms");
        assertThat(mined.values())
                .containsExactly(
                        new Value(ValueType.NUMBER, "7"),
                        new Value(ValueType.ID, "chk_99"),
                        new Value(ValueType.IP, "10.1.2.3:8000"),
                        new Value(ValueType.NUMBER, "2.5"));
        assertThat(mined.changes()).containsExactly(new TemplateChange(mined.template(), null));
    }

    @Test
    void tellsATemplateOnceAndKnowsItAgain() {
        Template first = miner.add("volume 3 is full").template();

        Mined again = miner.add("volume 44 is full");

        assertThat(again.template()).isEqualTo(first);
        assertThat(again.changes()).isEmpty();
    }

    @Test
    void namesATemplateByItsTextAlone() {
        // By nothing else than its text: other runs and other machines give the same.
        String id = miner.add("volume 3 is full").template().id();

        TemplateMiner other = new TemplateMiner(MineSettings.defaults());
        other.add("disk 1 is full");
        other.add("volume 2 is empty");

        assertThat(other.add("volume 9999 is full").template().id())
                .isEqualTo(id)
                .hasSize(16);
    }

    @Test
    void keepsStatesApartAndMergesNames() {
        for (String state : List.of("STARTING", "SYNCING", "ONLINE", "DRAINING")) {
            miner.add("replica state is " + state + " now");
        }
        for (String name : List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta")) {
            miner.add("tenant " + name + " was throttled");
        }

        assertThat(miner.add("replica state is ONLINE now").template().text()).isEqualTo("replica state is ONLINE now");
        Mined merged = miner.add("tenant eta was throttled");
        assertThat(merged.template().text()).isEqualTo("tenant <*> was throttled");
        assertThat(merged.values()).containsExactly(new Value(ValueType.WORD, "eta"));
    }

    @Test
    void recordsWhichTemplateTookTheLinesOfAnother() {
        Template alpha = miner.add("lease of host=alpha lost in zone=a1").template();
        Template first = miner.add("owner=red holds lock").template();
        Template second = miner.add("owner=blue holds lock").template();
        Mined third = miner.add("owner=green holds lock");

        assertThat(second.text()).isEqualTo("owner=<*> holds lock");
        assertThat(third.template()).isEqualTo(second);
        assertThat(miner.latest(first)).isEqualTo(second);
        assertThat(miner.latest(alpha)).isEqualTo(alpha);
    }

    @Test
    void tellsTheWiderTemplateBeforeThoseThatWentIntoIt() {
        Template first = miner.add("owner=red holds lock").template();

        Mined second = miner.add("owner=blue holds lock");

        assertThat(second.changes())
                .containsExactly(
                        new TemplateChange(second.template(), null), new TemplateChange(first, second.template()));
    }

    @Test
    void makesOneTemplateOfListsOfAnyLength() {
        miner.add("asked 10.1.2.3 to delete blk_1 blk_2");
        miner.add("asked 10.1.2.3 to delete blk_3");

        Mined mined = miner.add("asked 10.1.2.3 to delete blk_4 blk_5 blk_6 blk_7");

        assertThat(mined.template().text()).isEqualTo("asked <*> to delete <*>");
        assertThat(mined.values())
                .containsExactly(
                        new Value(ValueType.IP, "10.1.2.3"), new Value(ValueType.TEXT, "blk_4 blk_5 blk_6 blk_7"));
    }

    @Test
    void keepsAUnitThatStaysAndTakesInOneThatChanges() {
        miner.add("used 512 MB of memory, took 3 seconds");
        miner.add("used 2.5 GB of memory, took 4 seconds");

        assertThat(miner.add("used 17 KB of memory, took 5 seconds").template().text())
                .isEqualTo("used <*> of memory, took <*> seconds");
    }

    @Test
    void takesWordsThatMeasureForAnotherTemplate() {
        miner.add("port 80 closed");

        assertThat(miner.add("port is closed").template().text()).isEqualTo("port is closed");
        assertThat(miner.add("port 81 closed").template().text()).isEqualTo("port <*> closed");
    }

    @Test
    void findsTheSameTemplatesInAnyOrderOfOtherKeys() {
        LabelledLines storage = SampleSystems.of("storage", 1);
        LabelledLines gateway = SampleSystems.of("gateway", 1);
        Set<String> alone = templates(List.of(storage.lines(), gateway.lines()));

        Set<String> turned = templates(List.of(gateway.lines(), storage.lines()));

        assertThat(turned).isEqualTo(alone);
    }

    @Test
    void keepsNotMoreTemplatesThanItMay() {
        MineSettings few = new MineSettings(6, 10, 4, 3, 20, 4_096);
        TemplateGroup group = new TemplateGroup(few);
        LineScanner scanner = new LineScanner(few.longestLine());
        Pieces pieces = new Pieces();
        Random random = new Random(1);

        for (int i = 0; i < 5_000; i++) {
            scanner.scan("failed " + words(random, 3 + random.nextInt(20)), pieces);
            group.add(pieces, 0);
        }

        assertThat(group.size()).isEqualTo(20);
    }

    @Test
    void alignsEveryLineWithItsTemplate() {
        for (String name : SampleSystems.NAMES) {
            for (String line : SampleSystems.of(name, 2).lines()) {
                Mined mined = miner.add(line);

                assertThat(filled(mined)).as(mined.template().text()).isEqualTo(line);
            }
        }
    }

    private static String filled(Mined mined) {
        StringBuilder line = new StringBuilder();
        String[] constants = mined.template().text().split("<\\*>", -1);
        assertThat(mined.values()).hasSize(constants.length - 1);
        for (int i = 0; i < constants.length; i++) {
            line.append(constants[i]);
            if (i < mined.values().size()) {
                line.append(mined.values().get(i).text());
            }
        }
        return line.toString();
    }

    private static Set<String> templates(List<List<String>> logs) {
        TemplateMiner miner = new TemplateMiner(MineSettings.defaults());
        List<Template> templates = logs.stream()
                .flatMap(List::stream)
                .map(line -> miner.add(line).template())
                .toList();
        Set<String> ids = new HashSet<>();
        templates.forEach(template -> ids.add(miner.latest(template).id()));
        return ids;
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        IntStream.range(0, count).forEach(i -> words.append(' ')
                .append(Integer.toString(random.nextInt(), 36).replaceAll("\\d", "x")));
        return words.toString();
    }
}
