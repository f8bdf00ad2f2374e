package io.faultline.collect.enrich;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.settings.YamlFile;
import java.util.HashMap;
import java.util.Map;

/**
 * The inventory of a running job: the file's and the pieces that came since. A piece that is wrong is refused and what was
 * there before stays.
 */
final class LiveInventory {

    private final Map<String, JsonNode> documents = new HashMap<>();
    private Inventory joined;
    private boolean changed;

    LiveInventory(Inventory file, String fileDocument) {
        joined = file;
        if (!fileDocument.isEmpty()) {
            // Before all keys, so that each piece may say something else.
            documents.put("", YamlFile.parse("the inventory file", fileDocument));
        }
    }

    /**
     * Takes one piece more, or out where its document is empty.
     *
     * @throws io.faultline.settings.SettingsException with all that is wrong with it; nothing has changed then
     */
    void take(InventoryPiece piece) {
        if (piece.document().isEmpty()) {
            documents.remove(piece.key());
        } else {
            JsonNode tree = YamlFile.parse(piece.key(), piece.document());
            Inventory.joined(Map.of(piece.key(), tree));
            documents.put(piece.key(), tree);
        }
        changed = true;
    }

    boolean hasChanged() {
        return changed;
    }

    /** All that is known now. As much work as all pieces together, where one changed. */
    Inventory now() {
        if (changed) {
            joined = Inventory.joined(documents);
            changed = false;
        }
        return joined;
    }
}
