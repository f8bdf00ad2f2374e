package io.faultline.detect.match.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.RuleKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleBookTest {

    private static final String STEPS =
            """
            kind: sequence
            match:
              - {name: timeout, where: kind == 'collective.timeout'}
              - {name: exit, where: kind == 'process.exit'%s}
            within: %s
            on-change: %s
            """;

    private final RuleBook book = new RuleBook(new RuleSet(List.of()));

    @Test
    void bringsAVersionInForceOnceItsHeadNamesIt() {
        assertThat(push(1, "5m", "reset").update()).isNull();

        RuleUpdate update = activate(1).update();

        assertThat(update.version()).isEqualTo(1);
        assertThat(update.epoch()).isEqualTo(1);
        assertThat(update.text()).isEqualTo(text("5m", "reset"));
    }

    @Test
    void keepsTheEpochWhereThePartialMatchesCanGoOn() {
        push(1, "5m", "reset");
        activate(1);
        book.apply(RuleCommand.version(
                "exits", 2, sample(STEPS.formatted(" && measures.free_bytes < 100", "5m", "keep"))));

        RuleBook.Outcome outcome = activate(2);

        assertThat(outcome.update().version()).isEqualTo(2);
        assertThat(outcome.update().epoch()).isEqualTo(1);
        assertThat(outcome.note()).isEqualTo("version 2 keeps the partial matches");
    }

    @Test
    void startsAnewAndSaysWhyWhereKeepingIsNotSound() {
        push(1, "5m", "reset");
        activate(1);
        push(2, "9m", "keep");

        RuleBook.Outcome outcome = activate(2);

        assertThat(outcome.update().epoch()).isEqualTo(2);
        assertThat(outcome.note())
                .startsWith("version 2 starts anew: on-change is keep, but what it remembers differs");
    }

    @Test
    void neverGivesAnEpochOutTwice() {
        push(1, "5m", "reset");
        push(2, "6m", "reset");

        assertThat(activate(1).update().epoch()).isEqualTo(1);
        assertThat(activate(2).update().epoch()).isEqualTo(2);
        assertThat(activate(1).update().epoch()).isEqualTo(3);
        pause("noisy");
        assertThat(activate(1).update().epoch()).isEqualTo(4);
        book.apply(RuleCommand.head("exits", ""));
        assertThat(activate(1).update().epoch()).isEqualTo(5);
    }

    @Test
    void refusesABadRuleWholeWithAllItsProblemsAndKeepsTheOldOne() {
        push(1, "5m", "reset");
        activate(1);
        String bad = sample("kind: sequence\nmatch:\n  - {name: a, where: knid == 'process.exit'}\nskip: sideways\n");

        RuleBook.Outcome outcome = book.apply(RuleCommand.version("exits", 2, bad));

        assertThat(outcome.update()).isNull();
        assertThat(outcome.problems())
                .hasSize(2)
                .allMatch(problem -> problem.startsWith("version/2/exits.yaml:"))
                .anyMatch(problem -> problem.contains("did you mean \"kind\""))
                .anyMatch(problem -> problem.contains("sideways"));
        assertThat(book.inForce("exits").version()).isEqualTo(1);
        assertThat(book.versions("exits")).containsOnlyKeys(1);
    }

    @Test
    void keepsTheOldVersionWhereTheNewOneIsNotThereAndTakesItWhenItComes() {
        push(1, "5m", "reset");
        activate(1);

        assertThat(activate(2).problems()).containsExactly("rule/exits: active: there is no version 2 of it");
        assertThat(book.inForce("exits").version()).isEqualTo(1);
        assertThat(push(2, "6m", "reset").update().version()).isEqualTo(2);
    }

    @Test
    void refusesAKeyThatIsNoneOfOurs() {
        RuleBook.Outcome outcome = book.apply(new RuleCommand("versions/exits/one", "x"));

        assertThat(outcome.problems())
                .containsExactly("versions/exits/one: is no key of a rule; write version/RULE/N or rule/RULE");
    }

    @Test
    void stopsARuleThatIsPausedAndBeginsAnewAfterwards() {
        push(1, "5m", "keep");
        activate(1);

        assertThat(pause("too noisy").update().runs()).isFalse();
        assertThat(activate(1).note()).isEqualTo("version 1 starts anew: nothing ran before");
    }

    @Test
    void runsACanaryBesideWithGroupsOfItsOwnThatGoOnWhenItIsPromoted() {
        push(1, "5m", "reset");
        push(2, "6m", "reset");
        activate(1);
        RuleUpdate trial = say(RuleHead.UNTOUCHED.withActive(1).withCanary(2)).update();
        assertThat(trial.epoch()).isEqualTo(1);
        assertThat(trial.canaryVersion()).isEqualTo(2);
        assertThat(trial.canaryEpoch()).isEqualTo(2);

        RuleUpdate promoted = activate(2).update();

        assertThat(promoted.epoch()).isEqualTo(2);
        assertThat(promoted.hasCanary()).isFalse();
    }

    @Test
    void goesBackToWhatTheJobBringsWhenARuleIsTakenAway() {
        RuleBook shipped = new RuleBook(own("5m"));
        shipped.apply(RuleCommand.version("exits", 2, text("6m", "reset")));
        shipped.apply(RuleCommand.head("exits", RuleHead.UNTOUCHED.withActive(2).document()));

        RuleUpdate update = shipped.apply(RuleCommand.head("exits", "")).update();

        assertThat(update.version()).isEqualTo(1);
        assertThat(update.text()).isEmpty();
        assertThat(update.epoch()).isEqualTo(3);
    }

    @Test
    void changesNothingWhereAFileSaysWhatTheJobBroughtAnyway() {
        RuleBook shipped = new RuleBook(own("5m"));

        assertThat(shipped.apply(RuleCommand.file("exits", text("5m", "reset"))).update())
                .isNull();
        assertThat(shipped.apply(RuleCommand.file("exits", text("6m", "reset"))).update())
                .extracting(RuleUpdate::epoch)
                .isEqualTo(2);
        assertThat(shipped.apply(RuleCommand.file("exits", "")).update())
                .extracting(RuleUpdate::runs)
                .isEqualTo(false);
    }

    @Test
    void isMadeAgainOfWhatWasKeptOfIt() {
        push(1, "5m", "reset");
        push(2, "6m", "reset");
        activate(1);
        say(RuleHead.UNTOUCHED.withActive(1).withCanary(2));

        RuleBook again = new RuleBook(new RuleSet(List.of()));
        again.restore(book.commands(), book.inForce());

        assertThat(again.inForce("exits")).isEqualTo(book.inForce("exits"));
        assertThat(again.head("exits")).isEqualTo(book.head("exits"));
        RuleCommand promote =
                RuleCommand.head("exits", RuleHead.UNTOUCHED.withActive(2).document());
        assertThat(again.apply(promote)).isEqualTo(book.apply(promote));
    }

    @Test
    void readsTheSameBookFromACompactedTopic() {
        push(1, "5m", "reset");
        activate(1);
        push(2, "6m", "reset");
        activate(2);

        // A version that was written again stands behind the head that names it.
        RuleBook compacted = new RuleBook(new RuleSet(List.of()));
        compacted.apply(
                RuleCommand.head("exits", RuleHead.UNTOUCHED.withActive(2).document()));
        compacted.apply(RuleCommand.version("exits", 2, text("6m", "reset")));

        assertThat(compacted.inForce("exits").version()).isEqualTo(2);
    }

    @Test
    void goesOnAfterARestartWhereTheJobsOtherVersionSaysSoAndThatIsSound() {
        RunningRules same = restarted(brings(1, "5m", "reset"), brings(1, "5m", "reset"));
        RunningRules kept = restarted(brings(1, "5m", "reset"), brings(2, "5m", "keep"));
        RunningRules reset = restarted(brings(1, "5m", "keep"), brings(2, "5m", "reset"));
        RunningRules longer = restarted(brings(1, "5m", "keep"), brings(2, "10m", "keep"));
        RunningRules silentlyLonger = restarted(brings(1, "5m", "keep"), brings(1, "10m", "keep"));

        assertThat(epochs(same, kept)).containsExactly(1, 1);
        assertThat(epochs(reset, longer, silentlyLonger)).containsExactly(2, 2, 2);
        assertThat(kept.of("exits").get(0).definition().version()).isEqualTo(2);
        assertThat(reset.isAwaited(new RuleKey("exits", 2, "job=a"))).isFalse();
        assertThat(reset.isAwaited(new RuleKey("exits", 3, "job=a"))).isTrue();
    }

    @Test
    void beginsAnewWhereTheJobBringsARuleAgainThatItDidNotBringForAWhile() {
        RuleSet brings = brings(1, "5m", "keep");
        RuleSet none = new RuleSet(List.of());

        RunningRules without = restarted(brings, none);
        RunningRules again = restarted(brings, none, brings);

        assertThat(without.all()).isEmpty();
        assertThat(epochs(again)).containsExactly(2);
    }

    @Test
    void agreesWithTheTasksOnWhatARestartLedTo() {
        RuleBook before = new RuleBook(brings(1, "5m", "keep"));
        RuleSet reset = brings(2, "5m", "reset");
        RuleBook after = new RuleBook(reset);

        after.restore(before.commands(), before.inForce());

        assertThat(after.inForce())
                .isEqualTo(restarted(brings(1, "5m", "keep"), reset).kept());
        assertThat(after.changed()).isZero();
    }

    /** What runs after a job was started with one set of rules after the other. */
    private static RunningRules restarted(RuleSet first, RuleSet... then) {
        RunningRules rules = new RunningRules(first);
        for (RuleSet own : then) {
            RunningRules next = new RunningRules(own);
            rules.kept().forEach(next::restore);
            rules = next;
        }
        return rules;
    }

    private static List<Integer> epochs(RunningRules... runs) {
        return Stream.of(runs)
                .flatMap(rules -> rules.of("exits").stream())
                .map(RunningRule::epoch)
                .toList();
    }

    private static RuleSet brings(int version, String within, String onChange) {
        String text = "version: " + version + "\n" + pattern(within, onChange);
        return RuleSet.of("test", List.of(SampleRules.file("exits", text)));
    }

    private RuleBook.Outcome push(int version, String within, String onChange) {
        return book.apply(RuleCommand.version("exits", version, text(within, onChange)));
    }

    private RuleBook.Outcome activate(int version) {
        return say(RuleHead.UNTOUCHED.withActive(version));
    }

    private RuleBook.Outcome pause(String why) {
        return say(RuleHead.UNTOUCHED.withActive(1).withPaused(why));
    }

    private RuleBook.Outcome say(RuleHead head) {
        return book.apply(RuleCommand.head("exits", head.document()));
    }

    private static RuleSet own(String within) {
        return RuleSet.of("test", List.of(SampleRules.file("exits", pattern(within, "reset"))));
    }

    private static String text(String within, String onChange) {
        return sample(pattern(within, onChange));
    }

    private static String pattern(String within, String onChange) {
        return STEPS.formatted("", within, onChange);
    }

    private static String sample(String pattern) {
        return SampleRules.file("exits", pattern).text();
    }
}
