package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree;
import io.faultline.detect.match.condition.ConditionTree.All;
import io.faultline.detect.match.condition.ConditionTree.Any;
import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.detect.match.condition.ConditionTree.Not;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which a condition can hold: in each of them all its literals do.
 *
 * @param complete whether these are all; of a condition with too many not all are looked at
 */
record Cases(List<List<Literal>> all, boolean complete) {

    private static final int MOST = 1000;

    Cases {
        all = List.copyOf(all);
    }

    /** @param wanted false for the ways in which it does not hold */
    static Cases of(ConditionTree tree, boolean wanted) {
        if (tree instanceof Leaf leaf) {
            return new Cases(List.of(List.of(new Literal(leaf, wanted))), true);
        }
        if (tree instanceof Not not) {
            return of(not.part(), !wanted);
        }
        List<ConditionTree> parts = tree instanceof All all ? all.parts() : ((Any) tree).parts();
        List<Cases> cases = parts.stream().map(part -> of(part, wanted)).toList();
        // not (a and b) is (not a) or (not b)
        return tree instanceof All == wanted
                ? cases.stream().reduce(new Cases(List.of(List.of()), true), Cases::and)
                : cases.stream().reduce(new Cases(List.of(), true), Cases::or);
    }

    Cases and(Cases other) {
        if (all.size() * other.all.size() > MOST) {
            return new Cases(all, false);
        }
        List<List<Literal>> product = new ArrayList<>();
        for (List<Literal> left : all) {
            for (List<Literal> right : other.all) {
                List<Literal> both = new ArrayList<>(left);
                both.addAll(right);
                product.add(both);
            }
        }
        return new Cases(product, complete && other.complete);
    }

    private Cases or(Cases other) {
        List<List<Literal>> either = new ArrayList<>(all);
        either.addAll(other.all);
        return new Cases(either, complete && other.complete && either.size() <= MOST);
    }

    /** Those that some event can meet. */
    List<List<Literal>> possible() {
        return all.stream()
                .filter(literals -> new Facts(literals).conflict().isEmpty())
                .toList();
    }

    boolean areImpossible() {
        return complete && possible().isEmpty();
    }
}
