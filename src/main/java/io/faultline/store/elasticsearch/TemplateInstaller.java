package io.faultline.store.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.http.client.config.RequestConfig;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/**
 * Installs the index templates, and a lifecycle policy where the server has such: {@code faultline setup elasticsearch}.
 * Installing twice is installing once.
 */
public final class TemplateInstaller {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The first question to a server: a person waits for the answer. */
    private static final RequestOptions ASK_BRIEFLY = RequestOptions.DEFAULT.toBuilder()
            .setRequestConfig(RequestConfig.custom()
                    .setConnectTimeout(2_000)
                    .setSocketTimeout(4_000)
                    .build())
            .build();

    private final ElasticsearchSettings settings;

    public TemplateInstaller(ElasticsearchSettings settings) {
        this.settings = settings;
    }

    /**
     * Installs everything.
     *
     * @return what was installed, as {@code index template faultline-events}
     * @throws SettingsException where the server can not be reached or does not let us, with the setting to look at
     */
    public List<String> install() {
        return with(this::installAll);
    }

    /**
     * For a job that is about to start: installs everything where a template is missing or older than ours, or says so where
     * the settings leave that to an administrator. Without its template an index maps what it meets first, and stays wrong.
     *
     * @return what was installed; nothing where all is there
     * @throws SettingsException as {@link #install()}, or where the templates are missing and may not be installed
     */
    public List<String> prepare() {
        return with(client -> {
            if (isInstalled(client)) {
                return List.of();
            }
            if (settings.installTemplates()) {
                return installAll(client);
            }
            throw wrong("install-templates: is false, and " + settings.hosts() + " lacks the index templates of "
                    + settings.indexPrefix() + "-* or has older ones; run `faultline setup elasticsearch`");
        });
    }

    private interface Work {
        List<String> on(RestClient client) throws IOException;
    }

    private List<String> with(Work work) {
        if (!settings.isOn()) {
            throw wrong("hosts: is not set; give addresses as http://localhost:9200");
        }
        try (RestClient client = ElasticsearchAccess.client(settings)) {
            return work.on(client);
        } catch (ResponseException e) {
            throw wrong(refused(e));
        } catch (IOException e) {
            throw wrong("hosts: none of " + settings.hosts() + " can be reached (" + reason(e) + ")");
        }
    }

    private List<String> installAll(RestClient client) throws IOException {
        List<String> installed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> request :
                IndexTemplates.requests(settings, hasLifecycle(client)).entrySet()) {
            Request put = new Request("PUT", request.getKey());
            put.setJsonEntity(request.getValue().toString());
            client.performRequest(put);
            installed.add(words(request.getKey()));
        }
        return installed;
    }

    /** Whether every template is there, as new as ours. */
    private boolean isInstalled(RestClient client) throws IOException {
        JsonNode found;
        try {
            found = get(client, "/_index_template/" + settings.indexPrefix() + "-*")
                    .path("index_templates");
        } catch (ResponseException e) {
            if (e.getResponse().getStatusLine().getStatusCode() == 404) {
                return false;
            }
            throw e;
        }
        Map<String, Integer> versions = new HashMap<>();
        found.forEach(one -> versions.put(
                one.path("name").asText(), one.at("/index_template/version").asInt()));
        return IndexTemplates.INDICES.stream()
                .allMatch(index -> versions.getOrDefault(settings.indexPrefix() + "-" + index, -1)
                        >= IndexTemplates.read("index-" + index).path("version").asInt());
    }

    private static JsonNode get(RestClient client, String path) throws IOException {
        Request request = new Request("GET", path);
        request.setOptions(ASK_BRIEFLY);
        try (InputStream in = client.performRequest(request).getEntity().getContent()) {
            return JSON.readTree(in);
        }
    }

    private static boolean hasLifecycle(RestClient client) throws IOException {
        try {
            return get(client, "/_xpack?categories=features")
                    .at("/features/ilm/available")
                    .asBoolean(false);
        } catch (ResponseException e) {
            if (e.getResponse().getStatusLine().getStatusCode() == 400
                    || e.getResponse().getStatusLine().getStatusCode() == 404) {
                return false; // a server without any x-pack
            }
            throw e;
        }
    }

    private String refused(ResponseException e) {
        int status = e.getResponse().getStatusLine().getStatusCode();
        return switch (status) {
            case 401 ->
                settings.user().isEmpty() && settings.apiKey().value().isEmpty()
                        ? "user: " + settings.hosts()
                                + " wants to know who we are (401); set user and password-env, or api-key-env"
                        : "password: " + settings.hosts() + " does not know this user and password or API key (401)";
            case 403 ->
                "user: may not manage index templates and policies at " + settings.hosts()
                        + " (403); the privileges are manage_index_templates and manage_ilm";
            default -> "hosts: " + settings.hosts() + " answered " + status + ": " + e.getMessage();
        };
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** {@code index template faultline-events} for {@code /_index_template/faultline-events}. */
    private static String words(String path) {
        return path.substring(path.charAt(1) == '_' ? 2 : 1).replace('_', ' ').replace('/', ' ');
    }

    private static SettingsException wrong(String problem) {
        return new SettingsException("the settings", List.of(ElasticsearchSettings.PATH + "." + problem));
    }
}
