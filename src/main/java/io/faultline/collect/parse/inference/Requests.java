package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** Grades an answered HTTP request the same way whichever server wrote it. */
final class Requests {

    private Requests() {}

    /**
     * A server's error is {@code request.error}; what load balancers, Kubernetes and Prometheus ask every few seconds is
     * {@code health.check}, which a server that is still starting answers with 503; all else is {@code inference.request}.
     */
    static void answered(Draft draft, String path, int status) {
        draft.measure("status_code", status);
        if (isProbe(path)) {
            draft.kind(EventKind.HEALTH_CHECK);
            if (status >= 500) {
                draft.atLeast(Severity.WARN);
            }
        } else if (status >= 500) {
            draft.kind(EventKind.REQUEST_ERROR).atLeast(Severity.ERROR);
        } else {
            draft.kind(EventKind.INFERENCE_REQUEST);
        }
    }

    static boolean isProbe(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return switch (plain) {
            case "/health",
                    "/health_generate",
                    "/healthz",
                    "/livez",
                    "/readyz",
                    "/live",
                    "/ready",
                    "/ping",
                    "/metrics",
                    "/metrics/",
                    "/liveness",
                    "/readiness",
                    "/v2/health/live",
                    "/v2/health/ready",
                    "/api/version" -> true;
            default -> false;
        };
    }
}
