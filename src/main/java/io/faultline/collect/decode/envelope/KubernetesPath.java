package io.faultline.collect.decode.envelope;

/**
 * Reads pod, namespace and container out of the path where a kubelet keeps a container's log, in both of its shapes:
 * {@code /var/log/containers/<pod>_<namespace>_<container>-<id>.log} and
 * {@code /var/log/pods/<namespace>_<pod>_<uid>/<container>/0.log}. The tags that Fluentd and Fluent Bit make of the first
 * hold the same with dots for slashes.
 */
final class KubernetesPath {

    private static final String PODS = "/log/pods/";
    private static final int ID_LENGTH = 64;

    private KubernetesPath() {}

    /** Adds to an address what its path says, where the address does not say it yet. */
    static void read(Address address) {
        if (address.get("pod") != null) {
            return;
        }
        String path = address.get("log.file.path");
        if (path == null) {
            path = address.get("tag");
        }
        if (path != null) {
            read(path, address);
        }
    }

    static void read(String path, Address address) {
        int pods = path.indexOf(PODS);
        if (pods >= 0) {
            pods(path, pods + PODS.length(), address);
            return;
        }
        int containers = path.indexOf("containers/");
        containers = containers < 0 ? path.indexOf("containers.") : containers;
        if (containers >= 0) {
            containers(path, containers + 11, address);
        }
    }

    private static void pods(String path, int from, Address address) {
        int pod = path.indexOf('_', from);
        int uid = pod < 0 ? -1 : path.indexOf('_', pod + 1);
        int container = uid < 0 ? -1 : path.indexOf('/', uid);
        int end = container < 0 ? -1 : path.indexOf('/', container + 1);
        if (end > container + 1) {
            put(address, path.substring(from, pod), path.substring(pod + 1, uid), path.substring(container + 1, end));
        }
    }

    private static void containers(String path, int from, Address address) {
        int namespace = path.indexOf('_', from);
        int container = namespace < 0 ? -1 : path.indexOf('_', namespace + 1);
        int end = container < 0 ? -1 : path.lastIndexOf('-');
        if (end <= container || path.indexOf('/', from) >= 0) {
            return;
        }
        String name = path.substring(container + 1, end);
        String id = path.substring(end + 1, path.endsWith(".log") ? path.length() - 4 : path.length());
        put(address, path.substring(namespace + 1, container), path.substring(from, namespace), name);
        if (id.length() == ID_LENGTH) {
            address.putIfAbsent("container.id", id);
        }
    }

    private static void put(Address address, String namespace, String pod, String container) {
        address.put("pod", pod).putIfAbsent("namespace", namespace).putIfAbsent("container", container);
    }
}
