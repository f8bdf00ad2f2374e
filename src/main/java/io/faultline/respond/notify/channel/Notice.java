package io.faultline.respond.notify.channel;

import io.faultline.model.Company;
import io.faultline.model.Incident;
import java.util.List;

/**
 * One thing to tell one receiver: an incident, or several that are told together.
 *
 * @param receiver the receiver's name
 * @param reason why it is told
 * @param incident what it is told of; of several the worst
 * @param company the others, at most {@value #MAX_OTHERS} of them listed
 * @param occasion makes repeated notices of one reason differ: 0 for the first, then what counts them
 */
public record Notice(String receiver, NotifyReason reason, Incident incident, Company company, long occasion) {

    /** More titles than this nobody reads in a message. */
    public static final int MAX_OTHERS = 20;

    public Notice(String receiver, NotifyReason reason, Incident incident) {
        this(receiver, reason, incident, Company.NONE, 0);
    }

    /** Of several incidents. */
    public Notice(
            String receiver, NotifyReason reason, Incident incident, List<Incident> others, int more, long occasion) {
        this(receiver, reason, incident, new Company(others, more), occasion);
    }

    /** The others, the worst first. */
    public List<Incident> others() {
        return company.listed();
    }

    /** How many others there are beyond those. */
    public int more() {
        return company.more();
    }

    /** The same, told to somebody else. */
    public Notice to(String other) {
        return new Notice(other, reason, incident, company, occasion);
    }

    /** What is told of one of the others, where each has to be told by itself. */
    public Notice alone(Incident other) {
        boolean end = reason == NotifyReason.RESOLVED || reason == NotifyReason.MERGED;
        NotifyReason why =
                switch (other.state()) {
                    case OPEN -> end ? NotifyReason.OPENED : reason;
                    case RESOLVED -> NotifyReason.RESOLVED;
                    case MERGED -> NotifyReason.MERGED;
                };
        return new Notice(receiver, why, other);
    }

    /**
     * The idempotency key: the same for every attempt to tell the same receiver the same thing, also after a restart.
     * An incident opens once and rises to a severity once; it may resolve more than once.
     */
    public String key() {
        String told =
                switch (reason) {
                    case OPENED -> "opened";
                    case SEVERITY_RAISED -> "raised-" + incident.severity().id();
                    case REOPENED -> "reopened-" + incident.revision();
                    case RESOLVED -> "resolved-" + incident.revision();
                    case MERGED -> "merged";
                    case REPEATED -> "repeated-" + occasion;
                    case ESCALATED -> "escalated-" + occasion;
                    case TEST -> "test-" + occasion;
                };
        return receiver + "/" + incident.id() + "/" + told;
    }
}
