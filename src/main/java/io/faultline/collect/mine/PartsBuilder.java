package io.faultline.collect.mine;

import java.util.ArrayList;
import java.util.List;

/** Parts in the making. Wild-cards that touch, or that a dot or a colon joins, become one. */
final class PartsBuilder {

    private final List<String> texts = new ArrayList<>();
    private final List<Byte> kinds = new ArrayList<>();
    private final List<Byte> types = new ArrayList<>();

    void add(Parts parts, int at) {
        if (parts.isValue(at)) {
            wildCard(parts.type(at));
        } else {
            put(parts.texts()[at], parts.kinds()[at], (byte) 0);
        }
    }

    void wildCard(ValueType type) {
        int last = texts.size() - 1;
        if (last >= 0 && kinds.get(last) == Pieces.VALUE) {
            widen(last, type);
        } else if (last >= 1
                && kinds.get(last - 1) == Pieces.VALUE
                && (texts.get(last).equals(".") || texts.get(last).equals(":"))) {
            removeLast();
            widen(last - 1, type);
        } else {
            put("", Pieces.VALUE, type.code());
        }
    }

    private void widen(int at, ValueType type) {
        types.set(at, ValueType.of(types.get(at)).or(type).code());
    }

    private void put(String text, byte kind, byte type) {
        texts.add(text);
        kinds.add(kind);
        types.add(type);
    }

    private void removeLast() {
        int last = texts.size() - 1;
        texts.remove(last);
        kinds.remove(last);
        types.remove(last);
    }

    Parts build() {
        int size = texts.size();
        byte[] builtKinds = new byte[size];
        byte[] builtTypes = new byte[size];
        for (int i = 0; i < size; i++) {
            builtKinds[i] = kinds.get(i);
            builtTypes[i] = types.get(i);
        }
        return new Parts(texts.toArray(String[]::new), builtKinds, builtTypes);
    }
}
