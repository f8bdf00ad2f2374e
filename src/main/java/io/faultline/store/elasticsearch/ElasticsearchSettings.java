package io.faultline.store.elasticsearch;

import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How to reach Elasticsearch and how to write to it: the group {@code store.elasticsearch}.
 *
 * @param hosts the nodes' addresses; none switches the store off
 * @param indexPrefix what every index's name begins with
 * @param user for basic authentication; empty for none
 * @param password for basic authentication
 * @param apiKey for an API key, as {@code id:key} in Base64; empty for none
 * @param caFile the certificate authority of the nodes in PEM; empty for the JVM's own
 * @param bulkActions a bulk is sent when it has so many documents
 * @param bulkMegabytes a bulk is sent when it is so large
 * @param bulkInterval a bulk is sent at least so often
 * @param shards primary shards of an index
 * @param replicas copies of a shard
 * @param retention how long daily indices are kept, where the server has lifecycle policies
 * @param installTemplates whether a starting job installs index templates that are missing or older than its own; where not,
 *     it does not start without them
 */
public record ElasticsearchSettings(
        List<String> hosts,
        String indexPrefix,
        String user,
        Secret password,
        Secret apiKey,
        String caFile,
        int bulkActions,
        int bulkMegabytes,
        Duration bulkInterval,
        int shards,
        int replicas,
        Duration retention,
        boolean installTemplates)
        implements Serializable {

    /** The path of this group, for messages. */
    public static final String PATH = "store.elasticsearch";

    /** Elasticsearch's rule for index names, less what only makes trouble. */
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

    public ElasticsearchSettings {
        hosts = List.copyOf(hosts);
    }

    /** Off. Bulks as Elastic's own shippers make them; one day of a thousand GPUs fits one shard. */
    public static ElasticsearchSettings defaults() {
        return new ElasticsearchSettings(
                List.of(),
                "faultline",
                "",
                new Secret(""),
                new Secret(""),
                "",
                2_000,
                5,
                Duration.ofSeconds(1),
                1,
                0,
                Duration.ofDays(30),
                true);
    }

    public static ElasticsearchSettings read(SettingsReader reader) {
        ElasticsearchSettings absent = defaults();
        ElasticsearchSettings read = new ElasticsearchSettings(
                reader.texts("hosts", absent.hosts),
                reader.text("index-prefix", absent.indexPrefix),
                reader.text("user", absent.user),
                reader.secret("password"),
                reader.secret("api-key"),
                reader.text("ca-file", absent.caFile),
                reader.number("bulk-actions", absent.bulkActions, 1, 100_000),
                reader.number("bulk-megabytes", absent.bulkMegabytes, 1, 90),
                reader.duration("bulk-interval", absent.bulkInterval),
                reader.number("shards", absent.shards, 1, 1_000),
                reader.number("replicas", absent.replicas, 0, 10),
                reader.duration("retention", absent.retention),
                reader.flag("install-templates", absent.installTemplates));
        read.check(reader);
        return read;
    }

    /** As the defaults, for these nodes. */
    public static ElasticsearchSettings of(String... hosts) {
        return defaults().withHosts(List.of(hosts));
    }

    public ElasticsearchSettings withHosts(List<String> newHosts) {
        return new ElasticsearchSettings(
                newHosts,
                indexPrefix,
                user,
                password,
                apiKey,
                caFile,
                bulkActions,
                bulkMegabytes,
                bulkInterval,
                shards,
                replicas,
                retention,
                installTemplates);
    }

    public ElasticsearchSettings withPrefix(String newPrefix) {
        return new ElasticsearchSettings(
                hosts,
                newPrefix,
                user,
                password,
                apiKey,
                caFile,
                bulkActions,
                bulkMegabytes,
                bulkInterval,
                shards,
                replicas,
                retention,
                installTemplates);
    }

    public ElasticsearchSettings withUser(String newUser, Secret newPassword) {
        return new ElasticsearchSettings(
                hosts,
                indexPrefix,
                newUser,
                newPassword,
                apiKey,
                caFile,
                bulkActions,
                bulkMegabytes,
                bulkInterval,
                shards,
                replicas,
                retention,
                installTemplates);
    }

    public ElasticsearchSettings withInstallTemplates(boolean newInstallTemplates) {
        return new ElasticsearchSettings(
                hosts,
                indexPrefix,
                user,
                password,
                apiKey,
                caFile,
                bulkActions,
                bulkMegabytes,
                bulkInterval,
                shards,
                replicas,
                retention,
                newInstallTemplates);
    }

    /** Whether there is a server to write to. */
    public boolean isOn() {
        return !hosts.isEmpty();
    }

    private void check(SettingsReader reader) {
        for (String host : hosts) {
            if (!isAddress(host)) {
                reader.problem("hosts", "\"" + host + "\" is not an address as http://localhost:9200");
            }
        }
        if (!PREFIX.matcher(indexPrefix).matches()) {
            reader.problem(
                    "index-prefix",
                    "\"" + indexPrefix + "\" is not of a-z, 0-9, - and _, beginning with a letter or digit");
        }
        if (!user.isEmpty() && !apiKey.value().isEmpty()) {
            reader.problem("api-key", "is set, and user too: one of both");
        }
        if (bulkInterval.toMillis() < 1) {
            reader.problem("bulk-interval", "is not at least 1ms");
        }
    }

    private static boolean isAddress(String host) {
        try {
            URI uri = URI.create(host);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
