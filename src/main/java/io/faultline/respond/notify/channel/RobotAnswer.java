package io.faultline.respond.notify.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/**
 * How chat robots answer: with HTTP 200 in any case, and a number and a text in the body that say how it went.
 *
 * @param code the field of the number; 0 is success
 * @param text the field of the text
 * @param busy the numbers that ask for another attempt
 * @param pause how long such a robot is left alone
 */
public record RobotAnswer(String code, String text, Set<Integer> busy, Duration pause) {

    public RobotAnswer {
        busy = Set.copyOf(busy);
    }

    /** What an answer with a status of 2xx means. One without a number comes from something between us and the robot. */
    public Receipt receipt(HttpPost.Answer answer) {
        JsonNode body = Json.parsed(answer.body());
        JsonNode number = body.path(code);
        if (!number.canConvertToInt()) {
            return new Receipt.Unavailable("no robot's answer: " + answer.detail());
        }
        String said = TextLine.cut(TextLine.of(body.path(text).asText()), 200);
        String detail = code + " " + number.intValue() + (said.isEmpty() ? "" : ": " + said);
        if (number.intValue() == 0) {
            return new Receipt.Delivered(detail);
        }
        return busy.contains(number.intValue()) ? new Receipt.Unavailable(detail, pause) : new Receipt.Refused(detail);
    }
}
