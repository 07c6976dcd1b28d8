package macroscope.unit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of this package that computes in {@code float} or {@code double} although units
 * compute in integers: every one of its operations is exact for the widths that its constructor
 * admits, so the result is that of the integers, faster. Beside the mark stand the proof and a test
 * against the integer twin at full size.
 *
 * <p>Nested classes share the mark. A test reads it from the class files and refuses floating-point
 * instructions in any unmarked class except {@code IeeeArithmetic}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ExactFloatKernel {

  /** Why it is exact: {@code products below 2^22, at most 4 of them, sums below 2^24}. */
  String value();
}
