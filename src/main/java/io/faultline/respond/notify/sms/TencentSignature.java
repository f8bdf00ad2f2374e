package io.faultline.respond.notify.sms;

import io.faultline.respond.notify.channel.Hmac;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Tencent Cloud's TC3-HMAC-SHA256 for a POST of JSON (cloud.tencent.com/document/api/382/52072). */
final class TencentSignature {

    static final String CONTENT_TYPE = "application/json; charset=utf-8";

    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String SIGNED = "content-type;host";
    private static final String END = "tc3_request";

    private TencentSignature() {}

    /** The header {@code Authorization}. */
    static String authorization(String host, String service, byte[] body, Instant now, String account, String secret) {
        String canonical = "POST\n/\n\ncontent-type:" + CONTENT_TYPE + "\nhost:" + host + "\n\n" + SIGNED + "\n"
                + Sha256.hex(body);
        String date = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
        String scope = date + "/" + service + "/" + END;
        String text = ALGORITHM + "\n" + now.getEpochSecond() + "\n" + scope + "\n" + Sha256.hex(Hmac.bytes(canonical));
        byte[] ofDate = Hmac.sha256(Hmac.bytes("TC3" + secret), date);
        byte[] key = Hmac.sha256(Hmac.sha256(ofDate, service), END);
        String signature = HexFormat.of().formatHex(Hmac.sha256(key, text));
        return ALGORITHM + " Credential=" + account + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature="
                + signature;
    }
}
