package io.faultline.explain.account;

import io.faultline.model.JobAccount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a ledger has found since it was last asked, in order. */
final class Told {

    private final List<JobAccount> accounts = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();

    private @Nullable Loss last;

    /** How the loss was said to go on before. */
    void knows(Loss loss) {
        last = loss;
    }

    void account(@Nullable JobAccount account) {
        if (account != null) {
            accounts.add(account);
        }
    }

    /** Tells how the loss goes on where that is not what was told. */
    void loss(Loss loss) {
        Loss before = last;
        if (before == null || !before.continuesAs(loss)) {
            losses.add(loss);
            last = loss;
        }
    }

    /** Tells how far the loss is known. */
    void lastLoss(Loss loss) {
        losses.add(loss);
    }

    List<JobAccount> takeAccounts() {
        return take(accounts);
    }

    List<Loss> takeLosses() {
        return take(losses);
    }

    private static <T> List<T> take(List<T> found) {
        List<T> taken = List.copyOf(found);
        found.clear();
        return taken;
    }
}
