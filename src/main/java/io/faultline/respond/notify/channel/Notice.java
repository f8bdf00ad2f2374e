package io.faultline.respond.notify.channel;

import io.faultline.model.Incident;

/**
 * One thing to tell one receiver.
 *
 * @param receiver the receiver's name
 * @param reason why it is told
 * @param incident what it is told of
 */
public record Notice(String receiver, NotifyReason reason, Incident incident) {

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
                };
        return receiver + "/" + incident.id() + "/" + told;
    }
}
