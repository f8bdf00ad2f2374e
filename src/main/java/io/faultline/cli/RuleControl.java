package io.faultline.cli;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The rules of a running job, and the way to change them. */
public interface RuleControl {

    /** What is known of all rules now: those of the job, and what was said since. */
    RuleBook read() throws IOException;

    /** Sends commands, in their order; they are kept when this comes back, and in force within two seconds. */
    void send(List<RuleCommand> commands) throws IOException;

    /** Where tasks stopped a rule because it cost more than it may: why, by the rule's id. */
    Map<String, List<String>> overLimit() throws IOException;
}
