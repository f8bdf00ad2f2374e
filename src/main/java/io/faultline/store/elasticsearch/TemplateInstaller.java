package io.faultline.store.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/**
 * Installs the index templates, and a lifecycle policy where the server has such: {@code faultline setup elasticsearch}.
 * Installing twice is installing once.
 */
public final class TemplateInstaller {

    private static final ObjectMapper JSON = new ObjectMapper();

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
        if (!settings.isOn()) {
            throw wrong("hosts: is not set; give addresses as http://localhost:9200");
        }
        List<String> installed = new ArrayList<>();
        try (RestClient client = ElasticsearchAccess.client(settings)) {
            boolean hasLifecycle = hasLifecycle(client);
            for (Map.Entry<String, JsonNode> request :
                    IndexTemplates.requests(settings, hasLifecycle).entrySet()) {
                Request put = new Request("PUT", request.getKey());
                put.setJsonEntity(request.getValue().toString());
                client.performRequest(put);
                installed.add(words(request.getKey()));
            }
        } catch (ResponseException e) {
            throw wrong(refused(e));
        } catch (IOException e) {
            throw wrong("hosts: none of " + settings.hosts() + " can be reached (" + reason(e) + ")");
        }
        return installed;
    }

    private static boolean hasLifecycle(RestClient client) throws IOException {
        try {
            Request features = new Request("GET", "/_xpack?categories=features");
            try (InputStream in = client.performRequest(features).getEntity().getContent()) {
                return JSON.readTree(in).at("/features/ilm/available").asBoolean(false);
            }
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
