package io.faultline.cli.simulate;

/**
 * What is typical of one vLLM replica.
 *
 * @param model as the engine was started with it
 * @param coloured writes ANSI colours around the process tag, as vLLM does even into files
 * @param requestsPerSecond at the usual load
 * @param idles is left alone twice in the simulation; its stat line then disappears
 * @param saturates has more requests than it can hold for a while, and works them off
 * @param restarts is restarted on purpose once
 */
record ReplicaShape(
        String name,
        String model,
        boolean coloured,
        double requestsPerSecond,
        int tokensPerReply,
        boolean idles,
        boolean saturates,
        boolean restarts) {

    static final ReplicaShape CHAT_0 =
            new ReplicaShape("chat-0", "acme/chat-70b-instruct", false, 3.4, 310, false, true, false);
    static final ReplicaShape CHAT_1 =
            new ReplicaShape("chat-1", "acme/chat-70b-instruct", false, 3.1, 310, false, false, false);
    static final ReplicaShape CODE_0 = new ReplicaShape("code-0", "acme/code-32b", true, 1.9, 420, true, false, true);
    static final ReplicaShape LEGACY_0 =
            new ReplicaShape("legacy-0", "acme/chat-7b-v1", false, 1.1, 180, false, false, false);

    ReplicaShape named(String newName) {
        return new ReplicaShape(
                newName, model, coloured, requestsPerSecond, tokensPerReply, idles, saturates, restarts);
    }

    /** {@code chat-0} and {@code chat-1} serve {@code chat}. */
    String service() {
        return name.substring(0, name.lastIndexOf('-'));
    }
}
