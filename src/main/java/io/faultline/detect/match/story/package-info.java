/**
 * Story files in, passed or failed out: events or log lines in time, told to rules, and the alerts that must come.
 *
 * <pre>{@code
 * List<Story> stories = new StoryReader(lines).read(file, problems);
 * StoryTrial.Result result = new StoryTrial(rules).run(stories.get(0));
 * }</pre>
 */
@NullMarked
package io.faultline.detect.match.story;

import org.jspecify.annotations.NullMarked;
