package io.faultline.collect.redact;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One made-up text of each kind that must be found nowhere, by the rule that takes it out. Put together at run time, so that
 * no scanner of repositories takes them for real.
 */
public final class Canaries {

    private static final String MIXED = "Zx8Kq2Lm9Pv4Rt7Wy1Nb6Hd3Fs5Gj0Ce8Au2Io4Xk7Qz1Vm9";
    private static final String HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String UUID = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

    private Canaries() {}

    /** The rule, and the secret itself in a text that shows what it is: the secret stands between « and ». */
    static Map<String, String> marked() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("anthropic-key", "key «sk-" + "ant-api03-" + MIXED + "»");
        all.put("openai-key", "key «sk-" + "proj-" + MIXED + "», bye");
        all.put("stripe-key", "pay «sk_" + "live_" + MIXED.substring(0, 24) + "»");
        all.put("hugging-face-token", "login «hf" + "_" + MIXED.substring(0, 34) + "»");
        all.put("github-token", "clone «gh" + "p_" + MIXED.substring(0, 36) + "»");
        all.put("github-fine-grained-token", "clone «github" + "_pat_" + MIXED + "»");
        all.put("npm-token", "//registry:_auth «np" + "m_" + MIXED.substring(0, 36) + "»");
        all.put("gitlab-token", "clone «gl" + "pat-" + MIXED.substring(0, 20) + "»");
        all.put("aws-access-key", "id «AKI" + "AQ2W3E4R5T6Y7U2I3»");
        all.put("google-api-key", "maps «AI" + "za" + MIXED.substring(0, 35) + "»");
        all.put("google-oauth-token", "oauth «ya" + "29." + MIXED + "»");
        all.put("azure-client-secret", "login «abc8" + "Q~" + MIXED.substring(0, 34) + "»");
        all.put("azure-signature", "GET /c?sv=2024&sig=«" + MIXED.substring(0, 40) + "%3D»&se=2026");
        all.put("slack-token", "bot «xo" + "xb-123456789012-123456789012-" + MIXED.substring(0, 24) + "»");
        all.put("webhook-url", "POST https://oapi.dingtalk.com/robot/send?access_token=«" + HEX + HEX + "» 200");
        all.put(
                "telegram-bot-token",
                "https://api.telegram.org/bot«123456789" + ":AA" + MIXED.substring(0, 33) + "»/send");
        all.put("nvidia-api-key", "ngc «nv" + "api-" + MIXED + "»");
        all.put("wandb-key", "$ wandb login «" + HEX + "01234567»");
        all.put("databricks-token", "dbx «da" + "pi" + HEX + "»");
        all.put("aliyun-access-key", "oss «LT" + "AI5t" + MIXED.substring(0, 18) + "»");
        all.put("tencent-access-key", "cos «AK" + "ID" + MIXED.substring(0, 32) + "»");
        all.put("sendgrid-key", "mail «S" + "G." + MIXED.substring(0, 22) + "." + MIXED.substring(0, 43) + "»");
        all.put("twilio-key", "twilio client «" + HEX + "»");
        all.put("pypi-token", "twine «py" + "pi-AgE" + MIXED + "»");
        all.put("model-service-key", "groq «gs" + "k_" + MIXED + "»");
        all.put("vault-token", "vault «hv" + "s." + MIXED + "»");
        all.put("platform-token", "grafana «gl" + "sa_" + MIXED.substring(0, 32) + "_0a1b2c3d»");
        all.put(
                "json-web-token",
                "jwt «ey" + "JhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.ey" + "JzdWIiOiI0MjQyNDI0MiJ9." + MIXED.substring(0, 43)
                        + "»");
        all.put(
                "private-key",
                "read «-----BEGIN " + "PRIVATE KEY-----\\n" + MIXED + MIXED + "\\n-----END PRIVATE KEY-----»");
        all.put("private-key-lines", "«" + MIXED + "q/r+s»");
        all.put("authorization-header", "{'Authorization': 'Basic «" + "Y2FuYXJ5OmNhbmFyeTQy" + "»'}");
        all.put("ssh-public-key", "ssh-ed25519 «AAAA" + MIXED + "» ops");
        all.put("environment", "env=\"map[«CUDA_VISIBLE_DEVICES:0 SECRET_SAUCE:canary-of-the-environment»]\"");
        all.put("payment-card", "paid with «4929 " + "1234 5678 " + "9015»");
        all.put("url-password", "connect postgresql://app:«canary-Pw-in-url»@db:5432/runs");
        all.put("cookie", "Set-Cookie: «sid=canary-in-a-cookie; HttpOnly»");
        all.put("password", "login failed, password='«canary pass word»' user=x");
        all.put("secret", "{\"api_key\": \"«canary-api-key-value»\"}");
        all.put("secret-by-name", "client secret=«canary-secret-by-name»");
        all.put("secret-by-chance", "resumed with token=«" + UUID + "»");
        all.put("email", "mail from «canary.person@" + "example.org»");
        all.put("phone", "callback «+49 151 " + "2345 6789» ok");
        all.put("phone-north-america", "callback «415-555-" + "2671» ok");
        all.put("china-mobile", "短信发送到手机 «138" + "12345675»");
        all.put("china-resident-id", "id «11010519" + "491231002X» ok");
        all.put("us-ssn", "ssn «219-09-" + "9999» ok");
        all.put(
                "prompt",
                "Received request cmpl-7: prompt: '«Why did the canary\\'s \"owner\" leave?»', params: SamplingParams(n=1)");
        all.put("chat-message", "sent {\"role\": \"user\", \"content\": \"«a canary sings, \\\"loudly\\\"»\"}");
        all.put(
                "generated-response",
                "Generated response chatcmpl-7 (streaming complete): output: '«the canary answers»', finish_reason: stop");
        all.put("request-object", "Receive: obj=GenerateReqInput(«rid='7', text='a canary (yellow) asks'») done");
        all.put("response-text", "Finish: out={'text': '«the canary was told»', 'meta_info': {}}");
        all.put("completions-table", "│ │ «canary, sing │ it sings loudly » │     0.12 │ │");
        return all;
    }

    /** The texts by rule, as they would stand in a log. */
    public static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        marked().forEach((rule, text) -> texts.put(rule, text.replace("«", "").replace("»", "")));
        return texts;
    }

    /** What must be found nowhere. */
    public static Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        marked().forEach((rule, text) -> secrets.put(
                rule, text.substring(text.indexOf('«') + 1, text.indexOf('»')).strip()));
        return secrets;
    }

    /** Whether a rule finds its text inside of a longer line too: a line of Base64 is known by having nothing beside it. */
    public static boolean isFoundAnywhere(String rule) {
        return !rule.equals("private-key-lines");
    }
}
