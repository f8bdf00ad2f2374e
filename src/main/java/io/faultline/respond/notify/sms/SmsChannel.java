package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.Wording;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Sends a notice as one short text to each number. No provider takes an idempotency key, so which numbers have it is
 * remembered here: another attempt reaches only those that do not.
 */
final class SmsChannel implements Channel {

    /** More notices than this are not under way at once. */
    private static final int MAX_REMEMBERED = 1000;

    private final SmsProvider provider;
    private final List<String> numbers;
    private final Wording wording;

    /** The numbers that have a notice, by its key; guarded by itself. */
    private final Map<String, Set<String>> reached = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    SmsChannel(SmsProvider provider, List<String> numbers, Wording wording) {
        this.provider = provider;
        this.numbers = numbers;
        this.wording = wording;
    }

    /** Delivered where anybody has it and for nobody else it may work later. */
    @Override
    public Receipt deliver(Notice notice) {
        SmsText text = SmsText.of(notice, wording);
        StringJoiner details = new StringJoiner("; ");
        Duration pause = Duration.ZERO;
        boolean anyLater = false;
        boolean anyReached = false;
        for (String number : numbers) {
            Receipt receipt = isReached(notice, number) ? new Receipt.Delivered("") : send(notice, number, text);
            anyReached |= receipt instanceof Receipt.Delivered;
            if (receipt instanceof Receipt.Unavailable unavailable) {
                anyLater = true;
                pause = unavailable.retryAfter().compareTo(pause) > 0 ? unavailable.retryAfter() : pause;
            }
            details.add(masked(number + " " + receipt.detail(), number));
        }
        if (anyLater) {
            return new Receipt.Unavailable(details.toString(), pause);
        }
        forget(notice);
        return anyReached ? new Receipt.Delivered(details.toString()) : new Receipt.Refused(details.toString());
    }

    @Override
    public String preview(Notice notice) {
        return SmsText.of(notice, wording).whole();
    }

    private Receipt send(Notice notice, String number, SmsText text) {
        Receipt receipt = provider.send(number, text);
        if (receipt instanceof Receipt.Delivered && numbers.size() > 1) {
            synchronized (reached) {
                reached.computeIfAbsent(notice.key(), key -> new HashSet<>()).add(number);
            }
        }
        return receipt;
    }

    private void forget(Notice notice) {
        synchronized (reached) {
            reached.remove(notice.key());
        }
    }

    /** Providers quote the number in their errors, with its plus or without. */
    private static String masked(String text, String number) {
        String mask = PhoneNumbers.masked(number);
        return text.replace(number, mask).replace(number.substring(1), mask);
    }

    private boolean isReached(Notice notice, String number) {
        synchronized (reached) {
            return reached.getOrDefault(notice.key(), Set.of()).contains(number);
        }
    }
}
