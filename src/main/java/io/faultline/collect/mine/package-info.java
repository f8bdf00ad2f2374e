/**
 * Finds the templates of lines that no parser knows: what such lines have in common, and where they differ. In: {@link
 * io.faultline.model.LogEvent}, those of {@link io.faultline.collect.mine.MineFunction#isMined} alone. Out: the same
 * events with the id of their template, and before them one event of kind {@code log.template} for each template that is
 * new and for each that went into a wider one. Before: {@code enrich}; after: {@code assess}.
 */
@NullMarked
package io.faultline.collect.mine;

import org.jspecify.annotations.NullMarked;
