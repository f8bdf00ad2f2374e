package io.faultline.store;

import io.faultline.settings.SettingsReader;
import io.faultline.store.elasticsearch.ElasticsearchSettings;
import io.faultline.store.kafka.TopicSettings;
import io.faultline.store.ndjson.NdjsonSettings;
import java.io.Serializable;

/**
 * Where results are kept: the group {@code store}. Each place is off until it is named.
 *
 * @param elasticsearch the index that Kibana reads
 * @param ndjson files
 * @param kafka topics for other programs
 */
public record StoreSettings(ElasticsearchSettings elasticsearch, NdjsonSettings ndjson, TopicSettings kafka)
        implements Serializable {

    public static StoreSettings defaults() {
        return new StoreSettings(ElasticsearchSettings.defaults(), NdjsonSettings.defaults(), TopicSettings.defaults());
    }

    public static StoreSettings read(SettingsReader reader) {
        return new StoreSettings(
                ElasticsearchSettings.read(reader.group("elasticsearch")),
                NdjsonSettings.read(reader.group("ndjson")),
                TopicSettings.read(reader.group("kafka")));
    }
}
