package io.faultline.collect.mine;

import java.util.List;

/**
 * What one pass over lines found.
 *
 * @param atOnce the text of each line's template when the line was read
 * @param atEnd the text of the template that it has after the last line
 */
record MinedLines(List<String> atOnce, List<String> atEnd) {

    static MinedLines of(List<String> lines) {
        TemplateMiner miner = new TemplateMiner(MineSettings.defaults());
        List<Template> templates =
                lines.stream().map(line -> miner.add(line).template()).toList();
        return new MinedLines(
                templates.stream().map(Template::text).toList(),
                templates.stream()
                        .map(template -> miner.latest(template).text())
                        .toList());
    }
}
