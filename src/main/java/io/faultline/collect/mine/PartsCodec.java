package io.faultline.collect.mine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes a template for the state, some 100 to 1,000 bytes, and reads it again. */
final class PartsCodec {

    private static final int VERSION = 1;

    private PartsCodec() {}

    static byte[] write(Parts parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeShort(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                out.writeByte(parts.kinds()[i]);
                if (parts.isValue(i)) {
                    out.writeByte(parts.types()[i]);
                } else {
                    byte[] text = parts.text(i).getBytes(StandardCharsets.UTF_8);
                    out.writeShort(text.length);
                    out.write(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Parts read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("a template of version " + version + ", this reads " + VERSION);
            }
            int size = in.readUnsignedShort();
            String[] texts = new String[size];
            byte[] kinds = new byte[size];
            byte[] types = new byte[size];
            for (int i = 0; i < size; i++) {
                kinds[i] = in.readByte();
                if (kinds[i] == Pieces.VALUE) {
                    types[i] = in.readByte();
                    texts[i] = "";
                } else {
                    texts[i] = new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
                }
            }
            return new Parts(texts, kinds, types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
