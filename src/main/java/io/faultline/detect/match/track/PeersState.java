package io.faultline.detect.match.track;

/**
 * The members of a group in one round; a KiB each, a thousand at most.
 *
 * @param end when the round is over, in milliseconds
 * @param members those that spoke in this round or the last
 */
public record PeersState(long end, Member[] members) {

    /** Further members are not compared. */
    static final int MOST_MEMBERS = 1000;

    /**
     * One member.
     *
     * @param name the value of the rule's field
     * @param sum of its numbers in this round
     * @param count how many those are
     * @param run in how many rounds in a row it was unlike the others
     * @param last its last event
     */
    public record Member(String name, double sum, int count, int run, Candidate last) {

        double mean() {
            return sum / count;
        }

        Member with(Candidate event) {
            return new Member(name, sum + event.value(), count + 1, run, event);
        }

        Member nextRound(boolean odd) {
            return new Member(name, 0, 0, odd ? run + 1 : 0, last);
        }
    }
}
