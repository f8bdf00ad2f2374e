package io.faultline.collect.enrich;

import org.jspecify.annotations.Nullable;

/**
 * Where something is, as a log itself told. About 100 bytes.
 *
 * @param node the host; null where not told
 * @param gpu its PCI address; null where not told
 * @param rank the global rank; null where not told
 */
public record Place(@Nullable String node, @Nullable String gpu, @Nullable String rank) {}
