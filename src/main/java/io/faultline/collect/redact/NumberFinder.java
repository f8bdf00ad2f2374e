package io.faultline.collect.redact;

/** Numbers of persons and cards, told by their own rules: length, ranges, checksums, and what stands around them. */
enum NumberFinder implements Finder {
    /** Luhn's checksum, and the ranges and lengths that the card networks use. */
    CARD {
        @Override
        boolean accepts(String text, DigitRun run, boolean grouped) {
            String digits = run.digits();
            return isOfANetwork(digits)
                    && hasLuhn(digits)
                    && (grouped || NumberContext.isPersonal(text, run) || !NumberContext.isQuantity(text, run));
        }
    },
    /** GB 11643-1999: region, date of birth, and a checksum modulo 11 whose tenth digit is X. */
    RESIDENT_ID {
        @Override
        boolean accepts(String text, DigitRun run, boolean grouped) {
            return run.digits().length() == 18 && !grouped && isResidentId(run.digits());
        }
    },
    /** Eleven digits from 13 to 19; alone they must not be a quantity. */
    MOBILE_CN {
        @Override
        boolean accepts(String text, DigitRun run, boolean grouped) {
            String digits = run.digits();
            if (digits.length() == 13 && digits.startsWith("86") && !grouped) {
                return isMobile(digits.substring(2)) && NumberContext.isPersonal(text, run);
            }
            boolean groups = !grouped
                    || (run.end() - run.start() == 13
                            && !Texts.isDigit(text.charAt(run.start() + 3))
                            && !Texts.isDigit(text.charAt(run.start() + 8)));
            return isMobile(digits)
                    && groups
                    && (NumberContext.isPersonal(text, run) || !NumberContext.isQuantity(text, run));
        }

        private boolean isMobile(String digits) {
            return digits.length() == 11 && digits.charAt(0) == '1' && digits.charAt(1) >= '3';
        }
    },
    /** North America's three, three and four digits, joined by hyphens, or by others where a word says what they are. */
    PHONE_NA {
        @Override
        boolean accepts(String text, DigitRun run, boolean grouped) {
            String digits = run.digits();
            boolean plausible = digits.length() == 10 && digits.charAt(0) >= '2' && digits.charAt(3) >= '2';
            boolean groups = run.end() - run.start() == 12
                    && !Texts.isDigit(text.charAt(run.start() + 3))
                    && !Texts.isDigit(text.charAt(run.start() + 7));
            return plausible && groups && (text.charAt(run.start() + 3) == '-' || NumberContext.isPersonal(text, run));
        }
    },
    /** The United States' social security number, where a word says that it is one. */
    SSN {
        @Override
        boolean accepts(String text, DigitRun run, boolean grouped) {
            String digits = run.digits();
            boolean plausible = digits.length() == 9
                    && run.end() - run.start() == 11
                    && !digits.startsWith("000")
                    && !digits.startsWith("666")
                    && digits.charAt(0) != '9'
                    && !digits.startsWith("00", 3)
                    && !digits.endsWith("0000");
            return plausible && NumberContext.isPersonal(text, run);
        }
    };

    private static final int[] ID_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String ID_CHECKS = "10X98765432";

    abstract boolean accepts(String text, DigitRun run, boolean grouped);

    @Override
    public int find(int start, int literalEnd, Findings found) {
        String text = found.text();
        char separator = 0;
        for (int i = start; i < literalEnd && separator == 0; i++) {
            separator = Texts.isDigit(text.charAt(i)) ? 0 : text.charAt(i);
        }
        DigitRun run = DigitRun.around(text, start, separator);
        if (this == RESIDENT_ID && run.digits().length() == 17 && (Texts.at(text, run.end()) | 0x20) == 'x') {
            run = new DigitRun(run.start(), run.end() + 1, run.digits() + "X");
        }
        if (run.isAlone(text) && accepts(text, run, separator != 0)) {
            found.add(run.start(), run.end());
        }
        return Math.max(run.end(), literalEnd);
    }

    static boolean hasLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** The ranges of issuers by ISO/IEC 7812, as the networks publish them; a card has a length of its network. */
    static boolean isOfANetwork(String digits) {
        if (digits.length() < 14 || digits.length() > 19) {
            return false;
        }
        int four = Integer.parseInt(digits.substring(0, 4));
        int two = four / 100;
        boolean sixteen = digits.length() == 16;
        if (two == 34 || two == 37) { // American Express
            return digits.length() == 15;
        }
        if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059)) { // Diners Club
            return digits.length() == 14;
        }
        if (two == 62) { // UnionPay
            return digits.length() >= 16;
        }
        boolean visa = four / 1000 == 4;
        boolean mastercard = (two >= 51 && two <= 55) || (four >= 2221 && four <= 2720);
        boolean discover = four == 6011 || two == 65 || (four >= 6440 && four <= 6499);
        boolean jcb = four >= 3528 && four <= 3589;
        return sixteen && (visa || mastercard || discover || jcb);
    }

    static boolean isResidentId(String id) {
        int region = Integer.parseInt(id.substring(0, 2));
        int year = Integer.parseInt(id.substring(6, 10));
        int month = Integer.parseInt(id.substring(10, 12));
        int day = Integer.parseInt(id.substring(12, 14));
        if (region < 11
                || region > 83
                || year < 1900
                || year > 2099
                || month < 1
                || month > 12
                || day < 1
                || day > 31) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < ID_WEIGHTS.length; i++) {
            sum += ID_WEIGHTS[i] * (id.charAt(i) - '0');
        }
        return ID_CHECKS.charAt(sum % 11) == id.charAt(17);
    }
}
