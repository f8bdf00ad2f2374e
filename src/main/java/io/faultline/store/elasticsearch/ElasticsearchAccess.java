package io.faultline.store.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** Opens connections as the settings say: addresses, who we are, whom we trust. */
final class ElasticsearchAccess {

    private ElasticsearchAccess() {}

    static List<HttpHost> hosts(ElasticsearchSettings settings) {
        return settings.hosts().stream().map(ElasticsearchAccess::host).toList();
    }

    static RestClient client(ElasticsearchSettings settings) {
        RestClientBuilder builder = RestClient.builder(hosts(settings).toArray(HttpHost[]::new));
        configure(builder, settings);
        return builder.build();
    }

    /** Adds what is more than an address. */
    static void configure(RestClientBuilder builder, ElasticsearchSettings settings) {
        String authorization = authorization(settings);
        if (!authorization.isEmpty()) {
            builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", authorization)});
        }
        String path = URI.create(settings.hosts().get(0)).getPath();
        if (path.length() > 1) {
            builder.setPathPrefix(path);
        }
        if (!settings.caFile().isEmpty()) {
            SSLContext trust = trusting(Path.of(settings.caFile()));
            builder.setHttpClientConfigCallback(client -> client.setSSLContext(trust));
        }
    }

    private static HttpHost host(String address) {
        URI uri = URI.create(address);
        int standard = "https".equals(uri.getScheme()) ? 443 : 80;
        return new HttpHost(uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort(), uri.getScheme());
    }

    private static String authorization(ElasticsearchSettings settings) {
        if (!settings.apiKey().value().isEmpty()) {
            return "ApiKey " + settings.apiKey().value();
        }
        if (settings.user().isEmpty()) {
            return "";
        }
        String pair = settings.user() + ":" + settings.password().value();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private static SSLContext trusting(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsException(
                    ElasticsearchSettings.PATH,
                    List.of("ca-file: " + pem + " can not be read as certificates in PEM (" + e + ")"));
        }
    }
}
