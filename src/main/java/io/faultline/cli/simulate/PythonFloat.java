package io.faultline.cli.simulate;

import java.math.BigDecimal;
import java.math.MathContext;

/** A number as Python's {@code repr} writes it: {@code 1.98e-05}, where Java has {@code 1.98E-5}. */
final class PythonFloat {

    private PythonFloat() {}

    /** @param digits significant ones that are kept; trailing zeros are not */
    static String repr(double value, int digits) {
        if (value == 0) {
            return "0.0";
        }
        BigDecimal number = new BigDecimal(value, new MathContext(digits)).stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = number.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String mantissa = number.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
