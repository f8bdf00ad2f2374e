package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Hmac;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Alibaba Cloud's ACS3-HMAC-SHA256 for a POST whose parameters are in its query and whose body is empty
 * (help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature).
 */
final class AliyunSignature {

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String EMPTY = Sha256.hex(new byte[0]);

    private AliyunSignature() {}

    /** The headers of a request, the signature among them; without {@code host}, which the HTTP client sets. */
    static Map<String, String> headers(
            String host,
            String action,
            String version,
            String query,
            Instant now,
            String nonce,
            String account,
            String secret) {
        SortedMap<String, String> signed = new TreeMap<>();
        signed.put("host", host);
        signed.put("x-acs-action", action);
        signed.put("x-acs-content-sha256", EMPTY);
        signed.put("x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString());
        signed.put("x-acs-signature-nonce", nonce);
        signed.put("x-acs-version", version);
        StringBuilder canonical = new StringBuilder("POST\n/\n").append(query).append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signed.keySet());
        canonical.append('\n').append(names).append('\n').append(EMPTY);
        String text = ALGORITHM + "\n" + Sha256.hex(Hmac.bytes(canonical.toString()));
        String signature = HexFormat.of().formatHex(Hmac.sha256(Hmac.bytes(secret), text));
        Map<String, String> headers = new TreeMap<>(signed);
        headers.remove("host");
        headers.put(
                "Authorization",
                ALGORITHM + " Credential=" + account + ",SignedHeaders=" + names + ",Signature=" + signature);
        return headers;
    }

    /** The parameters by name, percent-encoded as RFC 3986 asks. */
    static String query(SortedMap<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
