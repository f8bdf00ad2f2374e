package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

/** The service in front of the replicas: JSON lines as python-json-logger writes them. It feels what they suffer. */
final class GatewayLog {

    private static final ReplicaShape[] REPLICAS = {ReplicaShape.CHAT_0, ReplicaShape.CHAT_1, ReplicaShape.CODE_0};

    private final Scene scene;
    private final Dice dice;
    private final LogFile log = new LogFile("gateway.json.log");

    GatewayLog(Scene scene) {
        this.scene = scene;
        this.dice = scene.dice("gateway");
    }

    /** After the replicas have run, for their outages. */
    LogFile run() {
        for (long at = scene.start() + 45_000; at < scene.end(); at += dice.millis(20, 430)) {
            ReplicaShape replica = REPLICAS[dice.between(0, REPLICAS.length - 1)];
            switch (state(replica.name(), at)) {
                case "STALLED" -> {
                    if (dice.chance(0.2)) {
                        request(at, replica, "WARNING", 504, 60_000 + dice.between(0, 40), "upstream timed out");
                    }
                }
                case "RESTARTING" -> {
                    if (dice.chance(0.3)) {
                        request(
                                at,
                                replica,
                                "WARNING",
                                503,
                                dice.between(1, 9),
                                "no healthy upstream, sent to another replica");
                    }
                }
                default -> answered(at, replica);
            }
        }
        return log;
    }

    private void answered(long at, ReplicaShape replica) {
        int duration = (int) (600 + 400 * Math.abs(dice.noise(1)) + dice.between(0, 900));
        if (dice.chance(0.006)) {
            request(at, replica, "WARNING", 401, dice.between(1, 5), "invalid API key");
        } else if (dice.chance(0.004)) {
            request(at, replica, "INFO", 400, dice.between(4, 30), "request refused by upstream");
        } else {
            request(at, replica, "INFO", 200, duration, "request completed");
        }
    }

    private void request(long at, ReplicaShape replica, String level, int status, int millis, String message) {
        log.add(
                at,
                String.format(
                        ROOT,
                        "{\"asctime\": \"%s\", \"levelname\": \"%s\", \"name\": \"gateway.proxy\", \"message\": \"%s\", \"service\": \"gateway\","
                                + " \"method\": \"POST\", \"path\": \"/v1/chat/completions\", \"status\": %d, \"duration_ms\": %d,"
                                + " \"upstream\": \"%s\", \"model\": \"%s\", \"request_id\": \"%s\"}",
                        Stamps.comma(at),
                        level,
                        message,
                        status,
                        millis,
                        replica.name(),
                        replica.model(),
                        dice.hex(16)));
    }

    private String state(String replica, long at) {
        for (Scene.Outage outage : scene.outages()) {
            if (outage.replica().equals(replica) && outage.from() <= at && at < outage.to()) {
                return outage.kind().name();
            }
        }
        return "UP";
    }
}
